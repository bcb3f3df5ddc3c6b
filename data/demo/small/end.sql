-- Who sees only a part: a customer's login. (The partner's is in office.sql.)

INSERT INTO softwhere.app_user (role_name, display_name, email, phone, customer_id)
SELECT 'client', 'Anne Le Bris', 'anne.lebris@pharmacie-du-port.example', demo.mobile_phone('cast', id), customer_id
  FROM demo.cast_customer WHERE code = 'port'
ON CONFLICT (role_name) DO UPDATE
   SET (display_name, email, phone, customer_id) = (excluded.display_name, excluded.email, excluded.phone, excluded.customer_id);
