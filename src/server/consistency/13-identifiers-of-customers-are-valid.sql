SELECT id, number, siren, siret, vat_number, rna FROM softwhere.customer
 WHERE NOT (COALESCE(rules.is_siren(siren), true) AND COALESCE(rules.is_siret(siret), true)
            AND COALESCE(rules.is_vat(vat_number), true) AND COALESCE(rules.is_rna(rna), true)
            AND COALESCE(siren = left(siret, 9), true));
