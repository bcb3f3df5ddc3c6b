-- A list of pending entries is read from end to end by every search until it is merged: an import looks each name up among those it
-- has just written, thousands of times before that.

ALTER INDEX customer_search SET (fastupdate = off);
SELECT gin_clean_pending_list('customer_search');
