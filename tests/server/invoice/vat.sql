-- VAT per rate on the sum of the lines (BR-CO-17, SITE-04), and why a rate is zero.
BEGIN;
SELECT plan(11);
\ir ../lib/billing.sql

CREATE FUNCTION pg_temp.vat(p_items jsonb, p_site jsonb DEFAULT '{}') RETURNS text LANGUAGE sql AS $$
  SELECT pg_temp.bill(pg_temp.contract(jsonb_build_object('effective', '2031-01-01', 'site', pg_temp.site(p_site)), p_items));
  SELECT string_agg(concat_ws(' ', trim_scale(v.rate), v.category, v.base, v.amount, v.exemption), ', ' ORDER BY v.rate DESC)
         || ' = ' || concat_ws(' ', min(i.total_net), min(i.total_vat), min(i.total_gross))
    FROM softwhere.invoice AS i JOIN softwhere.invoice_vat AS v ON v.invoice_id = i.id
   WHERE i.id = (SELECT max(id) FROM softwhere.invoice)
$$;
SELECT is(pg_temp.vat('[{"price": 33.33}, {"price": 33.33}, {"price": 33.34}]'), '20 S 100.00 20.00 = 100.00 20.00 120.00', 'three lines that make a hundred');
SELECT is(pg_temp.vat('[{"price": 0.99}, {"price": 0.99}, {"price": 0.99}]'), '20 S 2.97 0.59 = 2.97 0.59 3.56', 'on the sum: 0.59 and not three times 0.20');
SELECT is(pg_temp.vat('[{"price": 10.005}]'), '20 S 10.01 2.00 = 10.01 2.00 12.01', 'the line is rounded first, half away from zero');
SELECT is(pg_temp.vat('[{"price": 100}, {"price": 9.48, "vat": 5.5}, {"price": 1, "vat": 2.1}, {"price": 1, "vat": 2.1}]'),
  '20 S 100.00 20.00, 5.5 S 9.48 0.52, 2.1 S 2.00 0.04 = 111.48 20.56 132.04', 'several rates');
SELECT is(pg_temp.vat('[{"price": 100}]', '{"vat_rate": 8.5}'), '8.5 S 100.00 8.50 = 100.00 8.50 108.50', 'the rate of the site');
SELECT is(pg_temp.vat('[{"price": 100}]', '{"vat_rate": 0, "vat_exemption": "Autoliquidation"}'), '0 AE 100.00 0.00 Autoliquidation = 100.00 0.00 100.00', 'reverse charge');
SELECT is(pg_temp.vat('[{"price": 100}, {"price": 50, "vat": 20}]', '{"vat_rate": 0, "vat_exemption": "Exonération, art. 262 ter I du CGI"}'),
  '20 S 50.00 10.00, 0 E 100.00 0.00 Exonération, art. 262 ter I du CGI = 150.00 10.00 160.00', 'an exempt site with a taxed line');
SELECT pg_temp.contract(jsonb_build_object('effective', '2031-01-01', 'site', pg_temp.site('{"vat_rate": 0}'))) AS c \gset
SELECT is(left(pg_temp.error_of('SELECT api.contract_issue_first_invoice(' || :c || ')'), 19), 'SW017 vat_exemption', 'no VAT without saying why');
UPDATE softwhere.company SET vat_franchise = true;
SELECT is(pg_temp.vat('[{"price": 100}, {"price": 50, "vat": 5.5}]'), '0 E 150.00 0.00 TVA non applicable, art. 293 B du CGI = 150.00 0.00 150.00', 'franchise: no VAT at all');
SELECT is((SELECT api.invoice_document(max(id)) #>> '{seller,franchise}' FROM softwhere.invoice), 'true', 'the document knows');
SELECT is((SELECT api.invoice_document(max(id)) #>> '{texts,vat_on_debits}' FROM softwhere.invoice), 'false', 'and mentions no option for debits');
SELECT * FROM finish();
ROLLBACK;
