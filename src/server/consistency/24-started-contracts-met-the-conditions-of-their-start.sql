SELECT c.id, c.number, m.missing
  FROM softwhere.contract AS c,
       rules.start_missing(c.issued_on, c.sent_on, c.signed_on, c.effective_on, c.end_on, c.periodicity_months, true,
         EXISTS (SELECT FROM softwhere.contract_equipment AS e WHERE e.contract_id = c.id),
         EXISTS (SELECT FROM softwhere.contract_item AS i WHERE i.contract_id = c.id)) AS m (missing)
 WHERE c.step IN ('start_billing', 'periodic_billing', 'end_of_contract', 'closed') AND m.missing <> '{}';
