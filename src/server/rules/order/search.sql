-- Search finds orders, by what is known of them before there are lines too.

CREATE VIEW rules.search_sales_order AS
SELECT o.id AS entity_id,
       -- Drafts and cancelled ones are the office's (api.sales_order).
       CASE WHEN o.status = 'validated' THEN o.customer_id END AS customer_id,
       o.id AS page_id, o.number AS title, c.legal_name AS subtitle,
       concat_ws(' ', o.number, c.legal_name, o.comment,
         (SELECT string_agg(concat_ws(' ', l.first_name, l.last_name), ' ' ORDER BY l.position, l.id) FROM softwhere.order_line AS l
           WHERE l.sales_order_id = o.id)) AS text,
       ARRAY['number:' || o.number] || ARRAY(
         SELECT 'phone:' || l.number FROM softwhere.order_line AS l WHERE l.sales_order_id = o.id AND l.number IS NOT NULL) AS numbers
  FROM softwhere.sales_order AS o JOIN softwhere.customer AS c ON c.id = o.customer_id;
COMMENT ON VIEW rules.search_sales_order IS 'Orders, by their number, customer, comment, and the users and ported numbers of their lines.';

SELECT rules.searchable('sales_order', 'sales_order', 10);

SELECT rules.search_follow('sales_order', 'softwhere.sales_order', '{id,customer_id,number,status,comment}');
SELECT rules.search_follow('sales_order', 'softwhere.order_line', '{sales_order_id,position,first_name,last_name,number}');
SELECT rules.search_follow('sales_order', 'softwhere.customer', '{id,legal_name}', 'SELECT id FROM sales_order WHERE customer_id IN (SELECT id FROM changed)', '{UPDATE}');
