-- Snapshots of buyers: kept as long as nothing printed changes, made anew after any change of what they are made of.
BEGIN;
\ir ../lib/billing.sql
SELECT plan(11);
SELECT pg_temp.site('{}') AS s \gset
SELECT customer_id AS k FROM softwhere.billing_site WHERE id = :s \gset

CREATE FUNCTION pg_temp.snapshot(p_site bigint) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_party bigint := (SELECT party_id FROM rules.buyer_parties(ARRAY[p_site]));
BEGIN
  RETURN (SELECT content FROM softwhere.document_party WHERE id = v_party);
END
$$;
CREATE FUNCTION pg_temp.follows(p_site bigint, p_change text, p_what text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_before jsonb := pg_temp.snapshot(p_site);
BEGIN
  EXECUTE p_change;
  RETURN ok(pg_temp.snapshot(p_site) <> v_before AND pg_temp.snapshot(p_site) = (SELECT content FROM rules.buyers(ARRAY[p_site])), p_what);
END
$$;
SELECT is(pg_temp.snapshot(:s), (SELECT content FROM rules.buyers(ARRAY[:s]::bigint[])), 'the first snapshot');
SELECT pg_temp.follows(:s, format('UPDATE softwhere.customer SET legal_name = ''Neuf'' WHERE id = %s', :k), 'a name');
SELECT pg_temp.follows(:s, format('UPDATE softwhere.billing_site SET billing_city = ''Auray'' WHERE id = %s', :s), 'an address of the site');
SELECT pg_temp.follows(:s, format('INSERT INTO softwhere.contact (customer_id, last_name, is_billing_manager) VALUES (%s, ''Le Bris'', true)', :k), 'a contact comes');
SELECT pg_temp.follows(:s, format('UPDATE softwhere.contact SET last_name = ''Le Goff'' WHERE customer_id = %s', :k), 'changes');
SELECT pg_temp.follows(:s, format('DELETE FROM softwhere.contact WHERE customer_id = %s', :k), 'goes');
SELECT pg_temp.follows(:s, 'UPDATE softwhere.payment_method SET invoice_text = ''Autrement'' WHERE code = (SELECT payment_method FROM softwhere.billing_site WHERE id = ' || :s || ')',
  'the text of a payment method');
SELECT pg_temp.follows(:s, format('UPDATE softwhere.billing_site SET payment_method = ''direct_debit'' WHERE id = %s;
  INSERT INTO softwhere.mandate (billing_site_id, customer_id, holder, rum, signed_on, iban, bic)
  VALUES (%1$s, %s, ''NEUF'', ''T-1'', ''2030-01-01'', ''FR7630006000011234567890189'', ''AGRIFRPPXXX'')', :s, :k), 'a mandate');
SELECT is((SELECT mandate_id FROM rules.buyer_parties(ARRAY[:s]::bigint[])), (SELECT id FROM softwhere.mandate WHERE billing_site_id = :s), 'and which one');
SELECT pg_temp.follows(:s, format('UPDATE softwhere.mandate SET holder = ''AUTRE'' WHERE billing_site_id = %s', :s), 'its holder');
SELECT is((SELECT count(*) FROM softwhere.billing_site_stale WHERE billing_site_id = :s), 0::bigint, 'nothing stays to be made anew');
SELECT * FROM finish();
ROLLBACK;
