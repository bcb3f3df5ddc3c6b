-- What makes billing a hundred thousand contracts cheaper.

-- One-off items: few, among millions of subscriptions. Only columns that billing never writes, so that its updates stay within
-- the page (HOT).
CREATE INDEX contract_item_one_off ON contract_item (contract_id) WHERE NOT recurring;

-- Each event was entered into two indexes; the journal of a contract is all that is ever asked for.
ALTER TABLE contract_event DROP CONSTRAINT contract_event_pkey, ADD PRIMARY KEY (contract_id, id);
DROP INDEX contract_event_contract;

-- Ids of lines order the lines of one invoice, no more: a session may take them by the hundred.
ALTER TABLE invoice_line ALTER COLUMN id SET CACHE 100;

-- Snapshots of buyers: instead of the versions of all they were made from, read again for each invoice, what made them stale.
ALTER TABLE billing_site_party DROP COLUMN versions;
COMMENT ON TABLE billing_site_party IS 'The latest snapshot of each billing site. A cache, emptied at each upgrade.';
CREATE TABLE billing_site_stale (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  billing_site_id bigint NOT NULL REFERENCES billing_site ON DELETE CASCADE
);
CREATE INDEX billing_site_stale_site ON billing_site_stale (billing_site_id);
COMMENT ON TABLE billing_site_stale IS 'Something printed about these billing sites changed since their snapshot. A row for each change, removed by who makes the snapshot anew: never updated, so that two transactions never hide a change from each other.';
