-- Versions, journal, change feed and policies of the customers' tables.

CREATE FUNCTION rules.customer_touch() RETURNS trigger
LANGUAGE plpgsql
SET search_path = rules, pg_temp
AS $$
BEGIN
  NEW.row_version := OLD.row_version + 1;
  NEW.updated_at := clock_timestamp();
  NEW.updated_by := rules.caller();
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION rules.customer_touch() IS 'Row trigger: a new version, by whom and when. Not when only the search text is refreshed.';

CREATE TRIGGER a_version BEFORE UPDATE ON softwhere.customer FOR EACH ROW
  WHEN (OLD.* IS DISTINCT FROM NEW.* AND OLD.search_text = NEW.search_text) EXECUTE FUNCTION rules.customer_touch();
SELECT rules.versioned(t) FROM unnest('{softwhere.contact,softwhere.billing_site,softwhere.mandate}'::regclass[]) AS t;

SELECT rules.journal('softwhere.customer', 'customer');
SELECT rules.journal('softwhere.contact', 'contact');
SELECT rules.journal('softwhere.billing_site', 'billing_site');
SELECT rules.journal('softwhere.mandate', 'mandate');

SELECT rules.watch('softwhere.customer', 'customer');
SELECT rules.watch(t, 'customer', 'customer_id')
  FROM unnest('{softwhere.contact,softwhere.billing_site,softwhere.mandate,softwhere.note,softwhere.attachment,softwhere.customer_segment}'::regclass[]) AS t;

SELECT rules.let_office_read(t)
  FROM unnest('{softwhere.customer,softwhere.contact,softwhere.billing_site,softwhere.segment,softwhere.customer_segment,softwhere.note,softwhere.change_log}'::regclass[]) AS t;
SELECT rules.let_customers_read('softwhere.customer', 'id');
SELECT rules.let_customers_read('softwhere.contact', 'customer_id');
SELECT rules.let_customers_read('softwhere.billing_site', 'customer_id');
-- What the office thinks of a customer is not the customer's to read: segments, notes and journal show them nothing.
SELECT rules.let_read(t, '{sw_partner,sw_customer}', NULL, 'false')
  FROM unnest('{softwhere.segment,softwhere.customer_segment,softwhere.note,softwhere.change_log}'::regclass[]) AS t;

-- IBAN and BIC are nobody's to select: rules.mandate_iban() and rules.mandate_bic() show them as far as the caller may see.
SELECT rules.let_office_read('softwhere.mandate',
  '{id,billing_site_id,customer_id,holder,rum,scheme,recurrent,signed_on,signed_place,status,last_collection_on,row_version}');
SELECT rules.let_customers_read('softwhere.mandate', 'customer_id',
  '{id,billing_site_id,customer_id,holder,rum,scheme,recurrent,signed_on,signed_place,status,last_collection_on,row_version}');

-- The bytes of a file are read through api.attachment_content().
SELECT rules.let_office_read('softwhere.attachment',
  '{id,entity,entity_id,customer_id,name,media_type,size,sha256,created_at,created_by}');
SELECT rules.let_customers_read('softwhere.attachment', 'customer_id',
  '{id,entity,entity_id,customer_id,name,media_type,size,sha256,created_at,created_by}', $$entity IN ('contract', 'invoice')$$);
