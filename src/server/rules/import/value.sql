-- What a cell says, as the save functions want it: French dates, numbers and words; what a spreadsheet spoilt is refused.

CREATE FUNCTION rules.import_word() RETURNS TABLE (kind text, code text, words text)
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog
AS $$
  VALUES
    ('legal_kind', 'company', 'company|entreprise|societe|professionnel|client professionnel'),
    ('legal_kind', 'liberal_profession', 'liberal_profession|profession liberale|liberal'),
    ('legal_kind', 'individual', 'individual|particulier|client particulier'),
    ('legal_kind', 'public_body', 'public_body|etablissement public|public|collectivite'),
    ('legal_kind', 'association', 'association'),
    ('customer_status', 'active', 'active|actif|conforme|actif conforme'),
    ('customer_status', 'awaiting_signature', 'awaiting_signature|attente de signature|a signer'),
    ('customer_status', 'signed', 'signed|signe'),
    ('customer_status', 'obsolete', 'obsolete'),
    ('customer_status', 'terminated', 'terminated|resilie'),
    ('title', 'mr', 'mr|m|monsieur'),
    ('title', 'mrs', 'mrs|mme|madame|mlle|mademoiselle'),
    ('periodicity', '1', '1|mensuelle|mensuel|mois'),
    ('periodicity', '3', '3|trimestrielle|trimestriel|trimestre'),
    ('periodicity', '6', '6|semestrielle|semestriel|semestre'),
    ('periodicity', '12', '12|annuelle|annuel|an'),
    ('payment_method', 'direct_debit', 'direct_debit|prelevement|prelevement sepa'),
    ('payment_method', 'transfer', 'transfer|virement'),
    ('payment_method', 'card', 'card|carte|carte bancaire|cb'),
    ('payment_method', 'cheque', 'cheque|check'),
    ('payment_method', 'cash', 'cash|especes'),
    ('sim_form', 'card', 'card|carte|sim'),
    ('sim_form', 'esim', 'esim|e sim'),
    ('service_kind', 'fixed', 'fixed|fixe|telephonie|telephonie fixe|voip'),
    ('service_kind', 'internet', 'internet|adsl|fibre|vdsl|acces internet'),
    ('service_kind', 'mobile', 'mobile|telephonie mobile|gsm'),
    ('service_kind', 'cybersecurity', 'cybersecurity|cybersecurite|securite|cyber'),
    ('service_activity', 'active', 'active|actif|en service'),
    ('service_activity', 'terminated', 'terminated|resilie|resiliee'),
    ('service_status', 'main', 'main|principale|principal|siege'),
    ('service_status', 'branch', 'branch|agence|succursale|secondaire'),
    ('service_status', 'other', 'other|autre|autres'),
    ('line_activity', 'active', 'active|actif|en service'),
    ('line_activity', 'inactive', 'inactive|inactif|en pause|suspendue|suspendu'),
    ('line_activity', 'terminated', 'terminated|resilie|resiliee'),
    ('line_activity', 'obsolete', 'obsolete|archivee|archive'),
    ('line_activity', 'under_construction', 'under_construction|en cours de construction|en construction|en cours|commandee'),
    ('offer_kind', 'subscription', 'subscription|abonnement|forfait'),
    ('offer_kind', 'option', 'option'),
    ('offer_kind', 'service', 'service|prestation'),
    ('offer_kind', 'equipment', 'equipment|materiel|equipement|terminal'),
    ('number_type', 'e164', 'e164|international|normal'),
    ('number_type', 'short', 'short|court|numero court'),
    ('tariff_category', 'voice', 'voice|voix|appel'),
    ('tariff_category', 'sms', 'sms'),
    ('tariff_category', 'mms', 'mms'),
    ('tariff_category', 'data', 'data|donnees'),
    ('tariff_category', 'special', 'special|service|sva'),
    ('tariff_unit', 'minute', 'minute|min|seconde|s'),
    ('tariff_unit', 'item', 'item|unite|appel|message'),
    ('tariff_unit', 'mb', 'mb|mo|megaoctet'),
    ('boolean', 'true', 'true|oui|o|vrai|1|x|yes|y'),
    ('boolean', 'false', 'false|non|n|faux|0|no')
$$;
COMMENT ON FUNCTION rules.import_word() IS 'The words a file may use for a code, folded, separated by |.';

CREATE FUNCTION rules.import_read(p_kind text, p_cell text, OUT value text, OUT reason text)
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_cell text := btrim(p_cell, E' \t\r\n\u00a0\u202f\ufeff');
BEGIN
  IF v_cell IS NULL OR v_cell = '' THEN
    RETURN;
  ELSIF length(v_cell) > 2000 THEN
    reason := 'too_long';
    RETURN;
  -- A spreadsheet that took a long identifier for a number has lost its last digits for good.
  ELSIF p_kind IN ('text', 'code', 'postcode', 'iccid', 'line_number', 'siret') AND upper(v_cell) LIKE '%E%' AND v_cell ~ '^[0-9]+([.,][0-9]+)?[eE]\+?[0-9]{1,2}$' THEN
    reason := 'spoilt_by_spreadsheet';
    RETURN;
  END IF;
  CASE p_kind
    WHEN 'text', 'code' THEN
      value := v_cell;
    -- Spreadsheets drop the zero of 01000 Bourg-en-Bresse, and that of 06 12 34 56 78.
    WHEN 'postcode' THEN
      value := CASE WHEN v_cell ~ '^[0-9]{4}$' THEN '0' || v_cell ELSE v_cell END;
    WHEN 'line_number' THEN
      value := replace(v_cell, ' ', '');
      value := rules.normal(p_kind, CASE WHEN length(value) = 9 AND left(value, 1) <> '0' OR length(value) = 13 AND left(value, 3) = '700'
                                         THEN '0' || value ELSE value END);
      reason := CASE WHEN value IS NULL THEN 'invalid_line_number' END;
    WHEN 'iccid', 'siret' THEN
      value := rules.normal(p_kind, v_cell);
      reason := CASE WHEN value IS NULL THEN 'invalid_' || p_kind END;
    WHEN 'date' THEN
      value := rules.import_date(v_cell);
      reason := CASE WHEN value IS NULL THEN 'invalid_date' END;
    WHEN 'number' THEN
      value := replace(regexp_replace(v_cell, '[\s\u00a0\u202f€%]', '', 'g'), ',', '.');
      IF value !~ '^-?[0-9]{1,9}(\.[0-9]+)?$' THEN
        value := NULL; reason := 'invalid_number';
      END IF;
    ELSE
      value := CASE p_kind
        WHEN 'country' THEN (SELECT code FROM country WHERE code = upper(v_cell) OR rules.import_fold(name) = rules.import_fold(v_cell) LIMIT 1)
        WHEN 'operator' THEN (SELECT id::text FROM operator WHERE rules.import_fold(name) = rules.import_fold(v_cell) LIMIT 1)
        WHEN 'catalogue' THEN (SELECT id::text FROM catalogue WHERE rules.import_fold(name) = rules.import_fold(v_cell) LIMIT 1)
        ELSE (SELECT w.code FROM rules.import_word() AS w
               WHERE w.kind = p_kind AND rules.import_fold(v_cell) = ANY (string_to_array(w.words, '|'))) END;
      reason := CASE WHEN value IS NULL THEN 'unknown_word' END;
  END CASE;
END
$$;
COMMENT ON FUNCTION rules.import_read(text, text) IS
  'A cell read as a kind of import_field: text for the save functions, null when empty, or the reason it cannot be (spoilt_by_spreadsheet, invalid_…, unknown_word, too_long).';

CREATE FUNCTION rules.import_value(p_kind text, p_cell text, p_field text) RETURNS text
LANGUAGE plpgsql STABLE
SET search_path = rules, pg_catalog, pg_temp
AS $$
DECLARE
  v_read record := rules.import_read(p_kind, p_cell);
BEGIN
  IF v_read.reason IS NOT NULL THEN
    PERFORM rules.invalid(p_field, v_read.reason, format('this is not read as %s', p_kind));
  END IF;
  RETURN v_read.value;
END
$$;
COMMENT ON FUNCTION rules.import_value(text, text, text) IS 'rules.import_read(), or SW005 with its reason on the field.';

CREATE FUNCTION rules.import_date(p_cell text) RETURNS text
LANGUAGE plpgsql STABLE
SET search_path = rules, pg_catalog, pg_temp
AS $$
DECLARE
  v_part text[] := regexp_match(p_cell, '^([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})(?:\s.*)?$');
BEGIN
  IF v_part IS NULL THEN
    v_part := regexp_match(p_cell, '^([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T\s].*)?$');
    v_part := ARRAY[v_part[3], v_part[2], v_part[1]];
  END IF;
  RETURN make_date(v_part[3]::int, v_part[2]::int, v_part[1]::int)::text;
EXCEPTION WHEN data_exception OR null_value_not_allowed THEN
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION rules.import_date(text) IS 'A date as 31/12/2026, 31.12.2026 or 2026-12-31, in ISO; null when it is none.';
