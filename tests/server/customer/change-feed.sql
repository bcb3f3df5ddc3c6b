-- What listening clients are told: which record, never what is in it. Notices come at commit, so another psql commits for us.
\set feed `psql -X -A -t -d "$SOFTWHERE_TEST_URI" -c "LISTEN softwhere" -c "SELECT api.customer_save('{\"legal_kind\": \"company\", \"legal_name\": \"Feed\", \"number\": \"FEED\", \"contacts\": [{\"last_name\": \"A\"}]}')" -c "UPDATE softwhere.company SET tagline = tagline" -c "UPDATE softwhere.customer SET city = 'Vannes' WHERE false" -c "INSERT INTO softwhere.segment (kind, name) VALUES ('size', 'feed')" -c "DELETE FROM softwhere.segment WHERE name = 'feed'"`
\set bulk `psql -X -A -t -d "$SOFTWHERE_TEST_URI" -c "LISTEN softwhere" -c "INSERT INTO softwhere.customer (number, legal_kind, legal_name, created_on, created_by, updated_by) SELECT 'FEED' || n, 'company', 'Feed', '2026-01-01', 't', 't' FROM generate_series(1, 51) AS n"`
\set few `psql -X -A -t -d "$SOFTWHERE_TEST_URI" -c "LISTEN softwhere" -c "DELETE FROM softwhere.customer WHERE number IN ('FEED1', 'FEED2')"`
\set gone `psql -X -A -t -d "$SOFTWHERE_TEST_URI" -c "DELETE FROM softwhere.customer WHERE number LIKE 'FEED%'" -c "DELETE FROM softwhere.change_log WHERE changes ->> 'number' LIKE '%FEED%' OR customer_id NOT IN (SELECT id FROM softwhere.customer)"`
BEGIN;
SELECT plan(6);
SELECT ok((SELECT count(*) FROM regexp_matches(:'feed', 'payload "customer:[0-9]+"', 'g')) = 1, 'saving a customer with a contact tells once');
SELECT ok(:'feed' LIKE '%payload "administration:*"%', 'settings tell as a whole');
SELECT unalike(:'feed'::text, '%Vannes%', 'never what changed');
SELECT ok((SELECT count(*) FROM regexp_matches(:'bulk', 'payload', 'g')) = 1 AND :'bulk' LIKE '%payload "customer:*"%', 'above fifty rows, one notice for all');
SELECT ok((SELECT count(*) FROM regexp_matches(:'few', 'payload "customer:[0-9]+"', 'g')) = 2, 'two deleted, two notices');
SELECT alike(:'gone'::text, 'DELETE%', 'nothing is left behind');
SELECT * FROM finish();
ROLLBACK;
