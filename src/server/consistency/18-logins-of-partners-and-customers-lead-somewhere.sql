SELECT u.role_name FROM softwhere.app_user AS u JOIN pg_roles AS r ON r.rolname = u.role_name
 WHERE u.active AND NOT r.rolsuper
   AND (pg_has_role(u.role_name, 'sw_partner', 'MEMBER') AND u.introducer_id IS NULL
        OR pg_has_role(u.role_name, 'sw_customer', 'MEMBER') AND u.customer_id IS NULL);
