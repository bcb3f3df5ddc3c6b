SELECT id, customer_id, rum FROM softwhere.mandate
 WHERE status = 'active' AND NOT (rules.is_iban(iban) AND rules.is_rum(rum) AND COALESCE(rules.is_bic(bic), true));
