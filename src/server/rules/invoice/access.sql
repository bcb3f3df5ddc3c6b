-- Who reads invoices: the whole office; partners and customers theirs, without drafts. Writing is for api functions alone.

SELECT rules.let_office_read(t::regclass)
  FROM unnest('{softwhere.invoice,softwhere.invoice_line,softwhere.invoice_vat,softwhere.payment,softwhere.deposit_deduction,softwhere.document_party,softwhere.billing_site_party,softwhere.billing_site_stale}'::text[]) AS t;
SELECT rules.let_customers_read('softwhere.invoice', 'customer_id', p_condition => $$status <> 'draft'$$);
SELECT rules.let_customers_read(t::regclass, 'customer_id',
         p_condition => 'EXISTS (SELECT FROM softwhere.invoice AS i WHERE i.id = invoice_id)')
  FROM unnest('{softwhere.invoice_line,softwhere.invoice_vat,softwhere.payment,softwhere.deposit_deduction}'::text[]) AS t;

SELECT rules.let_call(f::regprocedure, 'sw_accounting', 'sw_adv')
  FROM unnest(ARRAY['api.invoice_pay(bigint, numeric, date, text)', 'api.invoice_credit(bigint, jsonb)', 'api.invoice_save_draft(jsonb)',
                    'api.invoice_issue(bigint)', 'api.invoice_delete_draft(bigint)', 'api.contract_issue_first_invoice(bigint)',
                    'api.contract_issue_due_invoice(bigint)', 'api.contract_issue_final_invoice(bigint)']) AS f;
SELECT rules.let_call('api.invoice_payment_cancel(bigint)', 'sw_accounting');
SELECT rules.let_call(f::regprocedure, VARIADIC rules.office() || '{sw_partner,sw_customer}')
  FROM unnest(ARRAY['api.invoice_record(bigint)', 'api.invoice_document(bigint)', 'api.invoice_documents(bigint[])']) AS f;

SELECT rules.watch('softwhere.invoice', 'invoice');
SELECT rules.watch('softwhere.invoice', 'customer', 'customer_id');
SELECT rules.watch('softwhere.payment', 'invoice', 'invoice_id');
