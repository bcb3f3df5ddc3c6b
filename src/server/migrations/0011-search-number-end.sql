-- Row security lets an index answer for comparisons of plain columns only: an expression could tell what it sees. So the reversed
-- number is a column.
DROP INDEX search_number_end;
ALTER TABLE search_number ADD COLUMN reversed text COLLATE "C" GENERATED ALWAYS AS (reverse(key)) STORED;
CREATE INDEX search_number_end ON search_number (reversed);
