-- Two lines of one batch with the same number are found by it, not by comparing each with each.

CREATE INDEX sync_line_number ON sync_line (run_id, number);
