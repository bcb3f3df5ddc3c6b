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

CREATE FUNCTION rules.import_value(p_kind text, p_cell text, p_field text) RETURNS text
LANGUAGE plpgsql STABLE
SET search_path = softwhere, rules, pg_temp
AS $$
DECLARE
  v_cell text := btrim(p_cell, E' \t\r\n\u00a0\u202f\ufeff');
  v_value text;
BEGIN
  IF v_cell IS NULL OR v_cell = '' THEN
    RETURN NULL;
  -- A spreadsheet that took a long identifier for a number has lost its last digits for good.
  ELSIF p_kind IN ('text', 'code', 'postcode') AND v_cell ~ '^[0-9]+([.,][0-9]+)?[eE]\+?[0-9]{1,2}$' THEN
    PERFORM rules.invalid(p_field, 'spoilt_by_spreadsheet', 'a spreadsheet turned this identifier into a rounded number');
  END IF;
  CASE p_kind
    WHEN 'text', 'code' THEN RETURN v_cell;
    -- Spreadsheets drop the zero of 01000 Bourg-en-Bresse.
    WHEN 'postcode' THEN RETURN CASE WHEN v_cell ~ '^[0-9]{4}$' THEN '0' || v_cell ELSE v_cell END;
    WHEN 'date' THEN RETURN rules.import_date(v_cell, p_field);
    WHEN 'number' THEN
      v_value := replace(regexp_replace(v_cell, '[\s\u00a0\u202f€%]', '', 'g'), ',', '.');
      IF v_value !~ '^-?[0-9]+(\.[0-9]+)?$' THEN
        PERFORM rules.invalid(p_field, 'invalid_number', 'this is no number');
      END IF;
      RETURN v_value;
    WHEN 'country' THEN
      SELECT code INTO v_value FROM country WHERE code = upper(v_cell) OR rules.import_fold(name) = rules.import_fold(v_cell);
    WHEN 'operator' THEN
      SELECT id INTO v_value FROM operator WHERE rules.import_fold(name) = rules.import_fold(v_cell);
    WHEN 'catalogue' THEN
      SELECT id INTO v_value FROM catalogue WHERE rules.import_fold(name) = rules.import_fold(v_cell);
    ELSE
      SELECT w.code INTO v_value FROM rules.import_word() AS w
       WHERE w.kind = p_kind AND rules.import_fold(v_cell) = ANY (string_to_array(w.words, '|'));
  END CASE;
  IF v_value IS NULL THEN
    PERFORM rules.invalid(p_field, 'unknown_word', 'this word is not known here');
  END IF;
  RETURN v_value;
END
$$;
COMMENT ON FUNCTION rules.import_value(text, text, text) IS
  'A cell read as a kind of import_field: text for the save functions, null when empty; SW005 (spoilt_by_spreadsheet, invalid_date, invalid_number, unknown_word) on the field.';

CREATE FUNCTION rules.import_date(p_cell text, p_field text) RETURNS text
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
  PERFORM rules.invalid(p_field, 'invalid_date', 'this is no date');
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION rules.import_date(text, text) IS 'A date as 31/12/2026, 31.12.2026 or 2026-12-31, in ISO; SW005 invalid_date on the field.';
