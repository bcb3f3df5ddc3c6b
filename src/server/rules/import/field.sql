-- What can be imported, and the fields of each: a table, so that a new target is a few lines here and one function.

CREATE FUNCTION rules.import_field_of_clientele()
RETURNS TABLE (target text, field text, kind text, required boolean, title text, synonyms text)
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog
AS $$
  VALUES
    ('customer', 'number', 'text', false, 'Customer number', 'numero|numero client|numero de client|n client|code client|reference|ref interne|customer_number'),
    ('customer', 'legal_kind', 'legal_kind', false, 'Legal kind', 'type|type juridique|type client'),
    ('customer', 'legal_name', 'text', false, 'Legal name', 'raison sociale|nom du compte|societe|client|denomination|customer_name'),
    ('customer', 'trading_name', 'text', false, 'Trading name', 'enseigne|nom commercial'),
    ('customer', 'status', 'customer_status', false, 'Status', 'statut|etat'),
    ('customer', 'title', 'title', false, 'Title', 'civilite'),
    ('customer', 'first_name', 'text', false, 'First name', 'prenom'),
    ('customer', 'last_name', 'text', false, 'Last name', 'nom|nom de famille'),
    ('customer', 'address_1', 'text', false, 'Address', 'adresse|adresse 1|rue|voie'),
    ('customer', 'address_2', 'text', false, 'Address, continued', 'adresse 2|complement|complement d adresse'),
    ('customer', 'postcode', 'postcode', false, 'Postcode', 'cp|code postal'),
    ('customer', 'city', 'text', false, 'City', 'ville|commune'),
    ('customer', 'country', 'country', false, 'Country', 'pays'),
    ('customer', 'email', 'text', false, 'E-mail', 'email|mail|courriel|e mail|adresse mail'),
    ('customer', 'phone', 'text', false, 'Phone', 'telephone|tel|tel fixe'),
    ('customer', 'mobile_phone', 'text', false, 'Mobile phone', 'mobile|portable|telephone mobile'),
    ('customer', 'siren', 'text', false, 'SIREN', 'siren'),
    ('customer', 'siret', 'code', false, 'SIRET', 'siret|n siret|numero siret'),
    ('customer', 'ape', 'text', false, 'APE code', 'ape|naf|code ape|code naf'),
    ('customer', 'vat_number', 'text', false, 'VAT number', 'tva|n tva|tva intracommunautaire|numero de tva'),
    ('customer', 'legal_form', 'text', false, 'Legal form', 'forme juridique'),
    ('customer', 'rna', 'text', false, 'RNA', 'rna|numero rna'),
    ('customer', 'birth_on', 'date', false, 'Date of birth', 'date de naissance|ne le'),
    ('contact', 'customer', 'text', true, 'Customer (number, SIRET or name)', 'client|numero client|n client|code client|societe|raison sociale|siret'),
    ('contact', 'title', 'title', false, 'Title', 'civilite'),
    ('contact', 'first_name', 'text', false, 'First name', 'prenom'),
    ('contact', 'last_name', 'text', true, 'Last name', 'nom|nom de famille|contact'),
    ('contact', 'job', 'text', false, 'Job', 'fonction|poste'),
    ('contact', 'phone', 'text', false, 'Phone', 'telephone|tel'),
    ('contact', 'direct_phone', 'text', false, 'Direct phone', 'telephone direct|ligne directe'),
    ('contact', 'mobile_phone', 'text', false, 'Mobile phone', 'mobile|portable|telephone mobile'),
    ('contact', 'email', 'text', false, 'E-mail', 'email|mail|courriel|e mail'),
    ('site', 'customer', 'text', true, 'Customer (number, SIRET or name)', 'client|numero client|n client|code client|societe|raison sociale|siret'),
    ('site', 'name', 'text', true, 'Site name', 'site|nom du site|denomination'),
    ('site', 'vat_rate', 'number', false, 'VAT rate', 'tva|taux tva|taux de tva'),
    ('site', 'periodicity_months', 'periodicity', false, 'Periodicity', 'periodicite|periodicite de facturation'),
    ('site', 'payment_method', 'payment_method', false, 'Payment method', 'mode de paiement|mode de reglement|paiement|reglement'),
    ('site', 'payment_days', 'number', false, 'Payment delay, in days', 'delai|delai de paiement'),
    ('site', 'billing_email', 'text', false, 'E-mail for invoices', 'email|mail|courriel|e mail|email facturation'),
    ('site', 'billing_name', 'text', false, 'Name on invoices', 'nom de facturation|destinataire'),
    ('site', 'billing_address_1', 'text', false, 'Address', 'adresse|adresse de facturation|rue'),
    ('site', 'billing_address_2', 'text', false, 'Address, continued', 'adresse 2|complement'),
    ('site', 'billing_postcode', 'postcode', false, 'Postcode', 'cp|code postal'),
    ('site', 'billing_city', 'text', false, 'City', 'ville|commune'),
    ('site', 'mandate_iban', 'text', false, 'IBAN', 'iban'),
    ('site', 'mandate_bic', 'text', false, 'BIC', 'bic|swift'),
    ('site', 'mandate_rum', 'text', false, 'Mandate reference (RUM)', 'rum|reference mandat'),
    ('site', 'mandate_holder', 'text', false, 'Account holder', 'titulaire|titulaire du compte'),
    ('site', 'mandate_signed_on', 'date', false, 'Mandate signed on', 'date de signature|signature mandat')
$$;
COMMENT ON FUNCTION rules.import_field_of_clientele() IS 'Fields of customers and what belongs to them: see rules.import_field().';

CREATE FUNCTION rules.import_field_of_telecom()
RETURNS TABLE (target text, field text, kind text, required boolean, title text, synonyms text)
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog
AS $$
  VALUES
    ('service', 'customer', 'text', true, 'Customer (number, SIRET or name)', 'client|numero client|n client|code client|societe|raison sociale|siret client|compte'),
    ('service', 'number', 'text', false, 'Site number', 'numero|n parc|numero de parc|numero de site|n site|code site'),
    ('service', 'name', 'text', false, 'Site name', 'site|parc|nom du site|denomination|nom du parc|libelle'),
    ('service', 'kind', 'service_kind', false, 'Type', 'type|technologie|famille|service'),
    ('service', 'operator_id', 'operator', false, 'Operator', 'operateur|fournisseur'),
    ('service', 'activity', 'service_activity', false, 'Activity', 'activite|etat|actif'),
    ('service', 'status', 'service_status', false, 'Status', 'statut|nature'),
    ('service', 'billing_site', 'text', false, 'Billing site', 'site de facturation|facturation'),
    ('service', 'address_1', 'text', false, 'Address', 'adresse|adresse 1|rue|voie'),
    ('service', 'address_2', 'text', false, 'Address, continued', 'adresse 2|complement|complement d adresse'),
    ('service', 'postcode', 'postcode', false, 'Postcode', 'cp|code postal'),
    ('service', 'city', 'text', false, 'City', 'ville|commune'),
    ('service', 'country', 'country', false, 'Country', 'pays'),
    ('service', 'siret', 'siret', false, 'SIRET', 'siret|n siret|numero siret'),
    ('service', 'internal_reference', 'text', false, 'Internal reference', 'ref interne|reference interne|reference|ref'),
    ('service', 'private_installer', 'text', false, 'Private installer', 'installateur prive|installateur'),
    ('service', 'it_contractor', 'text', false, 'IT contractor', 'presta info|prestataire informatique|prestataire'),
    ('service', 'free_text', 'text', false, 'Free text', 'saisie libre|commentaire|remarque|note'),
    ('service', 'external_id', 'text', false, 'Identifier elsewhere', 'identifiant|id|identifiant externe|cfast'),
    ('line', 'number', 'line_number', true, 'Line number', 'numero|n ligne|numero de ligne|numero ligne|ligne|msisdn|numero de service|telephone|mobile|n de telephone'),
    ('line', 'customer', 'text', false, 'Customer (number, SIRET or name)', 'client|numero client|n client|code client|societe|raison sociale|siret|siret client'),
    ('line', 'site', 'text', false, 'Site (number, name or identifier)', 'site|parc|nom du site|numero de site|n parc|numero de parc|service'),
    ('line', 'first_name', 'text', false, 'First name', 'prenom'),
    ('line', 'last_name', 'text', false, 'User', 'nom|utilisateur|nom user ligne|nom utilisateur|user|nom de l utilisateur'),
    ('line', 'operator_id', 'operator', false, 'Operator', 'operateur|fournisseur|reseau'),
    ('line', 'activity', 'line_activity', false, 'Activity', 'activite|etat|statut'),
    ('line', 'hide_called_numbers', 'boolean', false, 'Hide called numbers', 'masquer les numeros appeles|masquer|masquage'),
    ('line', 'subscription', 'text', false, 'Subscription (code or label)', 'abonnement|offre|forfait|code offre|abonnement s'),
    ('line', 'price', 'number', false, 'Price excl. VAT', 'prix|prix ht|prix de vente|prix vente ht|tarif'),
    ('line', 'throughput_mbps', 'number', false, 'Throughput, in Mbit/s', 'debit|mbps|mbit s'),
    ('line', 'options', 'text', false, 'Options (codes or labels)', 'options|option|option s'),
    ('line', 'starts_on', 'date', false, 'Subscribed since', 'abonne depuis|date d abonnement|depuis|debut abonnement'),
    ('line', 'iccid', 'iccid', false, 'SIM card (ICCID)', 'iccid|sim|carte sim|n sim|numero sim'),
    ('line', 'activated_on', 'date', false, 'Activated on', 'activee le|date d activation|mise en service|date de mise en service'),
    ('line', 'committed_until_on', 'date', false, 'Committed until', 'engagee jusqu au|fin d engagement|date de fin d engagement|engagement'),
    ('line', 'terminated_on', 'date', false, 'Terminated on', 'resiliee le|date de resiliation|resiliation'),
    ('line', 'cfast_account', 'text', false, 'CFAST account', 'compte cfast|compte client cfast'),
    ('line', 'external_id', 'text', false, 'Identifier elsewhere', 'identifiant|id|identifiant externe'),
    ('sim', 'iccid', 'iccid', true, 'ICCID', 'iccid|sim|carte sim|n sim|numero sim'),
    ('sim', 'operator_id', 'operator', false, 'Operator', 'operateur|fournisseur'),
    ('sim', 'form', 'sim_form', false, 'Form', 'format|forme|type'),
    ('sim', 'imsi', 'text', false, 'IMSI', 'imsi'),
    ('sim', 'pin', 'text', false, 'PIN', 'pin|code pin|pin 1'),
    ('sim', 'puk_1', 'text', false, 'PUK', 'puk|puk 1|code puk'),
    ('sim', 'puk_2', 'text', false, 'PUK 2', 'puk 2'),
    ('sim', 'batch', 'text', false, 'Batch', 'lot|bon de livraison|commande'),
    ('sim', 'received_on', 'date', false, 'Received on', 'recue le|date de reception|reception'),
    ('offer', 'code', 'text', true, 'Code', 'code|code produit|reference|ref'),
    ('offer', 'label', 'text', false, 'Label', 'libelle|designation|offre|nom'),
    ('offer', 'kind', 'offer_kind', false, 'Kind', 'type|nature'),
    ('offer', 'catalogue_id', 'catalogue', false, 'Catalogue', 'catalogue'),
    ('offer', 'description', 'text', false, 'Description', 'description'),
    ('offer', 'recurring', 'boolean', false, 'Recurring', 'recurrent|service recurrent'),
    ('offer', 'price', 'number', false, 'Price excl. VAT', 'prix|prix ht|prix de vente|prix vente ht|tarif'),
    ('offer', 'purchase_price', 'number', false, 'Purchase price excl. VAT', 'prix d achat|prix achat|prix achat ht|achat'),
    ('offer', 'price_months', 'periodicity', false, 'Price for', 'periodicite'),
    ('offer', 'vat_rate', 'number', false, 'VAT rate', 'tva|taux tva|taux de tva'),
    ('offer', 'commitment_months', 'number', false, 'Commitment, in months', 'engagement|duree d engagement'),
    ('offer', 'data_gb', 'number', false, 'Data, in GB', 'data|go|volume'),
    ('offer', 'throughput_mbps', 'number', false, 'Throughput, in Mbit/s', 'debit|mbps|mbit s'),
    ('offer', 'valid_from_on', 'date', false, 'On sale from', 'valide du|debut'),
    ('offer', 'valid_until_on', 'date', false, 'On sale until', 'valide au|fin'),
    ('tariff', 'grid', 'text', true, 'Code of the grid', 'code grille|grille|code_grille'),
    ('tariff', 'valid_from_on', 'date', true, 'Valid from', 'valide du|debut|valide_du'),
    ('tariff', 'valid_until_on', 'date', false, 'Valid until', 'valide au|fin|valide_au'),
    ('tariff', 'number_type', 'number_type', false, 'Type of number', 'type numero|type_numero'),
    ('tariff', 'prefix', 'text', true, 'Prefix', 'prefixe|indicatif'),
    ('tariff', 'destination', 'text', true, 'Destination', 'destination|pays'),
    ('tariff', 'category', 'tariff_category', false, 'Category', 'categorie|type'),
    ('tariff', 'zone', 'text', false, 'Zone', 'zone'),
    ('tariff', 'connection_price', 'number', false, 'Connection price excl. VAT', 'mise en relation|mise_en_relation_ht|connexion'),
    ('tariff', 'unit_price', 'number', true, 'Unit price excl. VAT', 'prix|prix ht|prix minute|prix_minute_ht|prix minute ht|tarif'),
    ('tariff', 'unit', 'tariff_unit', false, 'Unit', 'unite'),
    ('tariff', 'first_step_s', 'number', false, 'First step, in seconds', 'palier initial|palier_initial_s|1er palier'),
    ('tariff', 'next_step_s', 'number', false, 'Next steps, in seconds', 'palier suivant|palier_suivant_s'),
    ('tariff', 'minimum_s', 'number', false, 'Minimum, in seconds', 'duree mini|duree_mini_s|minimum'),
    ('tariff', 'included', 'boolean', false, 'Within the allowance', 'inclus|inclus forfait|inclus_forfait')
$$;
COMMENT ON FUNCTION rules.import_field_of_telecom() IS 'Fields of the parc, its cards and prices: see rules.import_field().';

CREATE FUNCTION rules.import_field()
RETURNS TABLE (target text, field text, kind text, required boolean, title text, synonyms text)
LANGUAGE sql IMMUTABLE
SET search_path = rules, pg_catalog
AS $$ SELECT * FROM rules.import_field_of_clientele() UNION ALL SELECT * FROM rules.import_field_of_telecom() $$;
COMMENT ON FUNCTION rules.import_field() IS
  'Fields of each target in order: kind (how a cell is read, rules.import_value), title (a msgid of the client), synonyms (titles of columns, folded, separated by |).';

CREATE FUNCTION rules.import_fold(p_text text) RETURNS text
LANGUAGE sql STABLE
RETURN btrim(regexp_replace(rules.fold(p_text), '[^a-z0-9_]+', ' ', 'g'));
COMMENT ON FUNCTION rules.import_fold(text) IS 'A title or a word as it is compared: lower case, without accents, one space for anything else.';

CREATE FUNCTION api.import_targets() RETURNS jsonb
LANGUAGE sql STABLE
SET search_path = rules, pg_catalog, pg_temp
AS $$
  SELECT jsonb_agg(jsonb_build_object('target', target, 'fields', fields) ORDER BY position)
    FROM (SELECT target, min(n) AS position,
                 jsonb_agg(jsonb_build_object('field', field, 'title', title, 'required', required) ORDER BY n) AS fields
            FROM rules.import_field() WITH ORDINALITY AS f (target, field, kind, required, title, synonyms, n)
           GROUP BY target) AS t
$$;
COMMENT ON FUNCTION api.import_targets() IS
  'What can be imported: [{target, fields: [{field, title, required}]}]; titles are msgids. Sales administration.';
SELECT rules.let_call('api.import_targets()', 'sw_adv');
