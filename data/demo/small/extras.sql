-- What makes an office more than its contracts: notes, signed papers, invoices by hand, credit notes, a failure.

CREATE TABLE demo.cast_note AS
SELECT row_number() OVER () AS id, t.*
  FROM (VALUES
    ('plescop', 'Numéro d''engagement à rappeler sur chaque facture (Chorus Pro).', 'compta', 200),
    ('vincent', 'Toute coupure à annoncer au moins 10 jours avant (bloc opératoire).', 'support', 120),
    ('port', 'Livrer par la cour, sonner deux fois.', 'support', 41),
    ('intersport', 'Second magasin prévu au printemps : proposer la fibre dédiée.', 'adv', 30),
    ('camping', 'Fermé hors saison, gardien joignable sur le mobile.', 'support', 25),
    ('port', 'Mme Le Bris souhaite regrouper les lignes mobiles sur une seule facture.', 'adv', 12),
    ('logistique', 'Litige sur les cartes M2M inactives : relances suspendues jusqu''au rendez-vous.', 'compta', 6),
    ('infirmiers', 'Se dit exonéré de TVA (soins) : passé à 0 %, justificatif à demander.', 'adv', 6),
    ('taxis', 'Déménage le mois prochain, nouvelle adresse à demander.', 'adv', 5),
    ('lemoine', 'Portabilité des deux numéros confirmée par l''opérateur cédant.', 'deploiement', 2)
  ) AS t (customer, body, login, days_ago);

CREATE FUNCTION demo.pdf(p_text text) RETURNS bytea
LANGUAGE plpgsql
AS $$
DECLARE
  v_stream text := format('BT /F1 14 Tf 72 770 Td (%s) Tj ET', translate(p_text, '()\', '   '));
  v_objects text[] := ARRAY['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>',
    format(E'<< /Length %s >>\nstream\n%s\nendstream', length(v_stream), v_stream),
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>'];
  v_file text := E'%PDF-1.4\n';
  v_table text := E'0000000000 65535 f \n';
  v_start int;
BEGIN
  FOR i IN 1 .. 5 LOOP
    v_table := v_table || lpad(length(v_file)::text, 10, '0') || E' 00000 n \n';
    v_file := v_file || i || E' 0 obj\n' || v_objects[i] || E'\nendobj\n';
  END LOOP;
  v_start := length(v_file);
  RETURN convert_to(v_file || E'xref\n0 6\n' || v_table || E'trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n' || v_start || E'\n%%EOF\n',
                    'LATIN1');
END
$$;
COMMENT ON FUNCTION demo.pdf(text) IS 'A page of PDF with one line of text: the signed papers of the demonstration.';

CREATE FUNCTION demo.last_invoice(p_customer_id bigint) RETURNS bigint
LANGUAGE sql STABLE
AS $$
  SELECT max(id) FROM softwhere.invoice
   WHERE customer_id = p_customer_id AND kind IN ('first', 'periodic', 'manual') AND status IN ('issued', 'paid') AND number IS NOT NULL
$$;

CREATE FUNCTION demo.hand_made(p_customer_id bigint, p_site_id bigint, p_kind text, p_contract_id bigint, VARIADIC p_lines jsonb[]) RETURNS bigint
LANGUAGE sql
AS $$
  SELECT api.invoice_save_draft(jsonb_strip_nulls(jsonb_build_object('kind', p_kind, 'customer_id', p_customer_id,
    'billing_site_id', p_site_id,
    'contract_id', p_contract_id, 'lines', p_lines)))
$$;

CREATE FUNCTION demo.line(p_label text, p_quantity text, p_unit_price text, p_detail text DEFAULT NULL) RETURNS jsonb
LANGUAGE sql IMMUTABLE
AS $$
  SELECT jsonb_strip_nulls(jsonb_build_object('section', 'one_off', 'label', p_label, 'detail', p_detail,
                                              'quantity', p_quantity, 'unit_price', p_unit_price))
$$;

CREATE FUNCTION demo.act_extra(p_what text, p_customer text) RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
  v_customer bigint := (SELECT customer_id FROM demo.cast_customer WHERE code = p_customer);
  v_contract bigint := (SELECT min(contract_id) FROM demo.cast_contract WHERE customer = p_customer);
  v_site bigint := (SELECT min(id) FROM softwhere.billing_site WHERE customer_id = v_customer);
  v_debited boolean := (SELECT payment_method = 'direct_debit' FROM softwhere.billing_site WHERE id = v_site);
  v_invoice bigint := demo.last_invoice(v_customer);
  v_line bigint := (SELECT id FROM softwhere.invoice_line WHERE invoice_id = v_invoice AND net > 0 ORDER BY position, id LIMIT 1);
  v_note demo.cast_note := (SELECT n FROM demo.cast_note AS n WHERE p_what = 'note ' || id);
BEGIN
  PERFORM demo.as_user(CASE WHEN p_what LIKE 'note%' THEN v_note.login WHEN p_what IN ('papers', 'exempt') THEN 'adv' ELSE 'compta' END);
  CASE split_part(p_what, ' ', 1)
    WHEN 'note' THEN
      PERFORM api.note_add(v_customer, v_note.body);
    WHEN 'papers' THEN
      PERFORM api.attachment_add('customer', v_customer, 'Extrait Kbis.pdf', demo.pdf('Extrait Kbis - exemplaire de démonstration'));
      PERFORM api.attachment_add('contract', v_contract, 'Contrat signé.pdf', demo.pdf('Contrat signé - exemplaire de démonstration'));
      IF v_debited THEN
        PERFORM api.attachment_add('billing_site', v_site, 'Mandat SEPA signé.pdf',
                                   demo.pdf('Mandat de prélèvement SEPA - exemplaire de démonstration'));
      END IF;
    WHEN 'credit' THEN
      -- One unit of the first line: a handset returned, a line cut for a month.
      PERFORM api.invoice_credit(v_invoice, jsonb_build_array(jsonb_build_object('line_id', v_line, 'quantity', '1')));
    WHEN 'credit_all' THEN
      PERFORM api.invoice_credit(v_invoice);
    WHEN 'sale' THEN
      PERFORM api.invoice_issue(demo.hand_made(v_customer, v_site, 'manual', NULL,
        demo.line('Téléphone Yealink T54W', '4', '149.00', 'Numéros de série sur le bon de livraison'),
        demo.line('Installation sur site, demi-journée', '1', '290.00')));
    WHEN 'mistake' THEN
      PERFORM api.invoice_issue(demo.hand_made(v_customer, v_site, 'manual', NULL, demo.line('Casque sans fil Jabra', '6', '189.00')));
    WHEN 'deposit' THEN
      PERFORM api.invoice_issue(demo.hand_made(v_customer, v_site, 'deposit', v_contract,
        demo.line('Acompte de 30 % sur les travaux de raccordement', '1', '450.00')));
    WHEN 'exempt' THEN
      -- The mistake behind the failure in Administration: a rate of zero without the text that exempts cannot be invoiced.
      PERFORM api.customer_save(jsonb_build_object('id', v_customer, 'sites', jsonb_build_array(
        jsonb_build_object('id', v_site, 'vat_rate', '0'))));
    WHEN 'draft' THEN
      PERFORM demo.hand_made(v_customer, v_site, 'manual', NULL, demo.line('Audit de couverture Wi-Fi', '1', '480.00'),
        demo.line('Borne Wi-Fi Aruba AP22, pose comprise', '3', '219.00'));
  END CASE;
  PERFORM demo.as_user('none');
END
$$;

INSERT INTO demo.agenda
SELECT demo.today() - days_ago, 90, 'note ' || id, customer FROM demo.cast_note
UNION ALL SELECT c.created_on + 6, 91, 'papers', c.code FROM demo.cast_contract AS c
           WHERE c.code IN ('port', 'vincent', 'intersport', 'plage', 'notaires', 'lemoine')
UNION ALL
SELECT on_day, 92, what, code
  FROM (VALUES
    (demo.month(-5) + 17, 'sale', 'elec'), (demo.month(-4) + 4, 'credit', 'intersport'), (demo.month(-3) + 8, 'mistake', 'mutuelle'),
    (demo.month(-3) + 11, 'credit_all', 'mutuelle'), (demo.month(-2) + 6, 'credit', 'kerguelen'), (demo.today() - 9, 'sale', 'thalasso'),
    (demo.today() - 6, 'exempt', 'infirmiers'), (demo.today() - 2, 'deposit', 'chantier'), (demo.today() - 1, 'draft', 'plage'), (demo.today(), 'draft', 'vincent')
  ) AS t (on_day, what, code);
