SELECT meter_id FROM softwhere.meter_tranche GROUP BY meter_id HAVING count(*) FILTER (WHERE up_to IS NULL) <> 1;
