-- What every issue has in common: when it is to be paid, and what a rate of VAT says about itself.

CREATE FUNCTION rules.payment_due_on
  (p_issued_on date, p_payment_days int, p_direct_debit boolean, p_prenotification_days int) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN p_direct_debit THEN rules.next_target_day(p_issued_on + GREATEST(p_payment_days, p_prenotification_days))
  ELSE p_issued_on + p_payment_days
END;
COMMENT ON FUNCTION rules.payment_due_on(date, int, boolean, int) IS
  'When an invoice is to be paid; a direct debit is announced p_prenotification_days ahead and falls on a TARGET day (DOMAIN 3.5).';

CREATE FUNCTION rules.vat_category(p_rate numeric, p_franchise boolean, p_exemption text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN p_rate > 0 THEN 'S'
  WHEN p_franchise THEN 'E'
  WHEN p_exemption ILIKE '%autoliquidation%' THEN 'AE'
  WHEN p_exemption <> '' THEN 'E'
  ELSE 'Z'
END;
COMMENT ON FUNCTION rules.vat_category(numeric, boolean, text) IS 'EN 16931 category (BT-118) of a rate: S, or why it is zero.';

CREATE FUNCTION rules.vat_exemption(p_rate numeric, p_franchise boolean, p_exemption text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN p_rate > 0 THEN NULL WHEN p_franchise THEN 'TVA non applicable, art. 293 B du CGI' ELSE p_exemption END;
COMMENT ON FUNCTION rules.vat_exemption(numeric, boolean, text) IS 'The mention a zero rate owes the reader.';
