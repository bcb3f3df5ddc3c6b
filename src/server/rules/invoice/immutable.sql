-- An issued invoice never changes and never disappears (WF-34, CGI 286-I-3 bis): by nobody, not even a superuser's UPDATE.
-- Only what payments move does: paid, balance, status.

CREATE FUNCTION rules.invoice_refuse_change() RETURNS trigger
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  PERFORM rules.fail('SW008', NULL, 'an issued invoice cannot change; issue a credit note');
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION rules.invoice_refuse_change() IS 'Raises SW008, whatever is done.';

CREATE FUNCTION rules.invoice_guard_update() RETURNS trigger
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  IF to_jsonb(NEW) - '{paid,balance,status,row_version}'::text[]
       IS DISTINCT FROM to_jsonb(OLD) - '{paid,balance,status,row_version}'::text[]
     OR NEW.status = 'draft' OR NEW.balance <> NEW.total_gross - NEW.paid
     OR (NEW.balance = 0) <> (NEW.status IN ('paid', 'cancelled')) THEN
    PERFORM rules.fail('SW008', NULL, 'an issued invoice cannot change; issue a credit note');
  ELSIF NEW.paid IS DISTINCT FROM (SELECT COALESCE(sum(amount), 0) FROM payment WHERE invoice_id = NEW.id) THEN
    PERFORM rules.fail('SW008', 'paid', 'the paid amount of an invoice is the sum of its payments');
  END IF;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION rules.invoice_guard_update() IS
  'Lets an issued invoice change in nothing but paid, balance, status and row_version, and paid only as payments say (SW008).';

CREATE FUNCTION rules.invoice_guard_issue() RETURNS trigger
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  IF NEW.kind IN ('first', 'periodic', 'final') OR NEW.id <> OLD.id OR NEW.kind <> OLD.kind AND 'credit_note' IN (OLD.kind, NEW.kind) THEN
    PERFORM rules.fail('SW008', 'kind', 'the invoices of a contract are issued by its workflow, never edited');
  ELSIF NEW.status <> 'draft' AND (NEW.total_net, NEW.total_vat) NOT IN
      (SELECT COALESCE(sum(base), 0), COALESCE(sum(amount), 0) FROM invoice_vat WHERE invoice_id = NEW.id) THEN
    PERFORM rules.fail('SW008', 'total_net', 'the totals of an invoice are the sums of its lines');
  END IF;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION rules.invoice_guard_issue() IS 'Drafts change freely, but never become an invoice of the contract workflow, nor one whose totals are not its lines'' (SW008).';

CREATE TRIGGER invoice_issued_never_changes BEFORE UPDATE ON softwhere.invoice FOR EACH ROW
  WHEN (OLD.status <> 'draft') EXECUTE FUNCTION rules.invoice_guard_update();
CREATE TRIGGER invoice_draft_keeps_its_place BEFORE UPDATE ON softwhere.invoice FOR EACH ROW
  WHEN (OLD.status = 'draft') EXECUTE FUNCTION rules.invoice_guard_issue();
CREATE TRIGGER invoice_issued_never_disappears BEFORE DELETE ON softwhere.invoice FOR EACH ROW
  WHEN (OLD.status <> 'draft') EXECUTE FUNCTION rules.invoice_refuse_change();

-- Lines and VAT follow their invoice. They come in the statement that issues it, or while it is a draft.
CREATE FUNCTION rules.invoice_part_guard() RETURNS trigger
LANGUAGE plpgsql
SET search_path = softwhere, rules, pg_temp
AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF current_setting('softwhere.issuing', true) = pg_current_xact_id()::text THEN
      RETURN NULL;
    ELSIF EXISTS (SELECT FROM new_part JOIN invoice AS i ON i.id = new_part.invoice_id WHERE i.status <> 'draft') THEN
      PERFORM rules.fail('SW008', 'lines', 'an issued invoice cannot change; issue a credit note');
    END IF;
  ELSIF TG_OP = 'DELETE' THEN
    IF EXISTS (SELECT FROM old_part JOIN invoice AS i ON i.id = old_part.invoice_id WHERE i.status <> 'draft') THEN
      PERFORM rules.fail('SW008', 'lines', 'an issued invoice cannot change; issue a credit note');
    END IF;
  ELSIF EXISTS (SELECT FROM (SELECT invoice_id FROM old_part UNION SELECT invoice_id FROM new_part) AS p
                  JOIN invoice AS i ON i.id = p.invoice_id WHERE i.status <> 'draft') THEN
    PERFORM rules.fail('SW008', 'lines', 'an issued invoice cannot change; issue a credit note');
  END IF;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION rules.invoice_part_guard() IS
  'Refuses lines and VAT rows of issued invoices (SW008), statement by statement. rules.bill, which inserts invoice and lines at once, says so in softwhere.issuing.';

DO $$
DECLARE
  v_table text;
BEGIN
  FOREACH v_table IN ARRAY ARRAY['invoice_line', 'invoice_vat'] LOOP
    EXECUTE format('CREATE TRIGGER %1$s_comes_with_its_invoice AFTER INSERT ON softwhere.%1$s
      REFERENCING NEW TABLE AS new_part FOR EACH STATEMENT EXECUTE FUNCTION rules.invoice_part_guard()', v_table);
    EXECUTE format('CREATE TRIGGER %1$s_never_changes AFTER UPDATE ON softwhere.%1$s
      REFERENCING OLD TABLE AS old_part NEW TABLE AS new_part FOR EACH STATEMENT EXECUTE FUNCTION rules.invoice_part_guard()', v_table);
    EXECUTE format('CREATE TRIGGER %1$s_never_disappears AFTER DELETE ON softwhere.%1$s
      REFERENCING OLD TABLE AS old_part FOR EACH STATEMENT EXECUTE FUNCTION rules.invoice_part_guard()', v_table);
  END LOOP;
  FOREACH v_table IN ARRAY ARRAY['invoice', 'invoice_line', 'invoice_vat', 'payment', 'document_party', 'deposit_deduction'] LOOP
    EXECUTE format('CREATE TRIGGER %1$s_is_never_emptied BEFORE TRUNCATE ON softwhere.%1$s
      FOR EACH STATEMENT EXECUTE FUNCTION rules.invoice_refuse_change()', v_table);
  END LOOP;
  FOREACH v_table IN ARRAY ARRAY['payment', 'document_party', 'deposit_deduction'] LOOP
    EXECUTE format('CREATE TRIGGER %1$s_is_for_ever BEFORE UPDATE OR DELETE ON softwhere.%1$s
      FOR EACH ROW EXECUTE FUNCTION rules.invoice_refuse_change()', v_table);
  END LOOP;
END
$$;
