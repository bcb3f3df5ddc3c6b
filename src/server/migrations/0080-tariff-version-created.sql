-- A version is filled by what creates it; later, from its first day on, its prices are those calls were billed with.

ALTER TABLE tariff_grid_version ADD COLUMN created_at timestamptz NOT NULL DEFAULT now();
COMMENT ON COLUMN tariff_grid_version.created_at IS 'Start of the transaction that made it, the only one that may fill a version whose first day is not in the future.';
