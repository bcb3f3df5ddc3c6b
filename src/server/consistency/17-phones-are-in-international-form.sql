SELECT id AS customer_id, phone, mobile_phone FROM softwhere.customer
 WHERE phone <> COALESCE(rules.phone_e164(phone), '') OR mobile_phone <> COALESCE(rules.phone_e164(mobile_phone), '')
UNION ALL
SELECT customer_id, phone, mobile_phone FROM softwhere.contact
 WHERE phone <> COALESCE(rules.phone_e164(phone), '') OR mobile_phone <> COALESCE(rules.phone_e164(mobile_phone), '')
    OR direct_phone <> COALESCE(rules.phone_e164(direct_phone), '');
