-- A check and then the import write what each line of a file does beside it, twice: with room on its page neither touches the indexes.

ALTER TABLE import_line SET (fillfactor = 40);
