-- Who reads and who changes what is sold.

SELECT rules.let_office_read(t)
  FROM unnest('{softwhere.operator,softwhere.technology,softwhere.catalogue,softwhere.offer_option,softwhere.bundle,softwhere.bundle_item,softwhere.tariff_grid,softwhere.tariff_grid_version,softwhere.tariff_price}'::regclass[]) AS t;
SELECT rules.let_office_read_but_cost('softwhere.offer');
-- What forms offer, for whoever opens one.
SELECT rules.let_read('softwhere.technology', '{sw_partner,sw_customer}');

SELECT rules.let_call(f, VARIADIC rules.office())
  FROM unnest('{api.operator_record(bigint),api.catalogue_record(bigint),api.offer_record(bigint),api.bundle_record(bigint),api.tariff_grid_record(bigint),api.tariff_price_record(bigint)}'::regprocedure[]) AS f;
SELECT rules.let_call(f, 'sw_adv')
  FROM unnest('{api.operator_save(jsonb),api.catalogue_save(jsonb),api.bundle_save(jsonb),"api.contract_add_bundle(bigint,bigint)"}'::regprocedure[]) AS f;
SELECT rules.let_call(f, 'sw_adv', 'sw_accounting')
  FROM unnest('{api.offer_save(jsonb),api.tariff_grid_save(jsonb),api.tariff_price_save(jsonb),"api.tariff_grid_copy(bigint,date)"}'::regprocedure[]) AS f;

SELECT rules.versioned(t), rules.watch(t, entity, id_column)
  FROM (VALUES ('softwhere.operator'::regclass, 'catalogue', ''), ('softwhere.catalogue', 'catalogue', 'id'),
               ('softwhere.offer', 'offer', 'id'), ('softwhere.offer_option', 'offer', 'offer_id'),
               ('softwhere.bundle', 'bundle', 'id'), ('softwhere.bundle_item', 'bundle', 'bundle_id'),
               ('softwhere.tariff_grid', 'tariff_grid', 'id'), ('softwhere.tariff_grid_version', 'tariff_grid', 'tariff_grid_id'),
               ('softwhere.tariff_price', 'tariff_price', '')) AS t (t, entity, id_column);
SELECT rules.journal(t, e)
  FROM (VALUES ('softwhere.operator'::regclass, 'operator'), ('softwhere.catalogue', 'catalogue'), ('softwhere.offer', 'offer'),
               ('softwhere.bundle', 'bundle'), ('softwhere.tariff_grid', 'tariff_grid')) AS t (t, e);
