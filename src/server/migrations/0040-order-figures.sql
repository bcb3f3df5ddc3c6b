-- What an order says on its own: labels and amounts as they were sold (like contract items and the offers of lines), and why it was given up.

ALTER TABLE sales_order
  ADD COLUMN monthly_net numeric(16,2) NOT NULL DEFAULT 0,
  ADD COLUMN one_off_net numeric(16,2) NOT NULL DEFAULT 0,
  ADD COLUMN cancelled_at timestamptz,
  ADD COLUMN cancelled_by text,
  ADD COLUMN cancel_reason text;
COMMENT ON COLUMN sales_order.monthly_net IS '€ excl. VAT a month of all it holds, discounts included, kept by rules.order_figures(); one_off_net: once.';

ALTER TABLE order_line
  ADD COLUMN offer_label text,
  ADD COLUMN terminal_label text,
  ADD COLUMN tariff_grid_label text,
  ADD COLUMN monthly_net numeric(16,2) NOT NULL DEFAULT 0,
  ADD COLUMN one_off_net numeric(16,2) NOT NULL DEFAULT 0;
COMMENT ON COLUMN order_line.monthly_net IS '€ excl. VAT a month of subscription less discount and options; one_off_net: the terminal, when sold.';

ALTER TABLE order_line_option ADD COLUMN offer_label text;
ALTER TABLE order_service ADD COLUMN offer_label text;

UPDATE order_line AS l SET offer_label = (SELECT f.label FROM offer AS f WHERE f.id = l.offer_id), terminal_label = (SELECT f.label FROM offer AS f WHERE f.id = l.terminal_offer_id),
  tariff_grid_label = (SELECT g.label FROM tariff_grid AS g WHERE g.id = l.tariff_grid_id);
UPDATE order_line_option AS o SET offer_label = f.label FROM offer AS f WHERE f.id = o.offer_id;
UPDATE order_service AS s SET offer_label = f.label FROM offer AS f WHERE f.id = s.offer_id;
