-- SIM cards are found by any part of their number, IMSI or lot in their list, and by its beginning and end anywhere (Ctrl+K):
-- the expressions of api.sim_card.search_text and of rules.search_code.

DROP INDEX sim_card_search;
CREATE INDEX sim_card_search ON sim_card USING gin (lower(iccid || ' ' || COALESCE(imsi, '') || ' ' || COALESCE(batch, '')) gin_trgm_ops);
CREATE INDEX sim_card_key ON sim_card ((iccid COLLATE "C"));
CREATE INDEX sim_card_end ON sim_card ((reverse(iccid) COLLATE "C"));
