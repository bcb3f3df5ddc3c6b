-- Machines are a list of their own: found by typing, in the order of their names.

ALTER TABLE equipment ADD COLUMN search_text text NOT NULL DEFAULT '';
CREATE INDEX equipment_label ON equipment (label, id);
CREATE INDEX equipment_search ON equipment USING gin (search_text gin_trgm_ops);
