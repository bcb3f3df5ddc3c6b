-- The reseller itself: identity, texts, numbering, partners, segments and the people behind the logins.

SET LOCAL ROLE admin;

SELECT api.company_save(jsonb_build_object(
  'name', 'Actif Télécom', 'tagline', 'Téléphonie · Internet · Mobile · Cybersécurité',
  'welcome_message', 'Bienvenue chez Actif Télécom. Le support répond du lundi au vendredi, de 8 h 30 à 18 h 30.',
  'address_1', '12 quai de la Rabine', 'postcode', '56000', 'city', 'Vannes', 'country', 'FR',
  'phone', '+33261910000', 'email', 'compta@actif.example', 'website', 'https://www.actif.example',
  'legal_form', 'SAS', 'share_capital', '50000.00', 'rcs_city', 'Vannes',
  'siret', demo.siret('732829320', 7), 'ape', '61.90Z', 'vat_number', demo.vat_number('732829320'),
  'vat_on_debits', true,
  'bank_name', 'Banque de l''Océan', 'iban', demo.iban('99011', '05600', '00042178305'), 'bic', 'BDLOFRP2', 'ics', 'FR72ZZZ123456',
  'brand_color', '#1a5fb4',
  'late_text_professional', 'En cas de retard de paiement : pénalités au taux de 12,15 % l''an, exigibles sans rappel dès le lendemain de '
    || 'l''échéance, et indemnité forfaitaire de 40 € pour frais de recouvrement (art. L441-10 et D441-5 du code de commerce).',
  'late_text_individual', 'En cas de retard de paiement, des intérêts au taux légal sont dus à compter de la mise en demeure.',
  'discount_text', 'Pas d''escompte pour paiement anticipé.',
  'invoice_footer', 'Actif Télécom, 12 quai de la Rabine, 56000 Vannes · Assistance : 02 61 91 00 10, support@actif.example',
  'contact_name', 'Claire Morel', 'contact_phone', '+33261910012', 'contact_email', 'claire.morel@actif.example'
));

-- psql reads the picture on this side of the connection.
\set logo `base64 -w0 demo/logo.png`
SELECT api.company_logo_save(decode(:'logo', 'base64'));

SELECT api.payment_method_save(jsonb_build_object('code', code, 'label', label, 'invoice_text', invoice_text, 'position', position))
  FROM (VALUES
    ('direct_debit', 'Prélèvement SEPA', 'Montant prélevé automatiquement à la date indiquée : vous n''avez rien à faire.', 1),
    ('transfer', 'Virement', 'Merci d''indiquer le numéro de la facture dans le libellé de votre virement.', 2),
    ('card', 'Carte bancaire', 'Paiement en ligne sur https://www.actif.example/payer.', 3),
    ('cheque', 'Chèque', 'Chèque à l''ordre d''Actif Télécom, 12 quai de la Rabine, 56000 Vannes.', 4),
    ('cash', 'Espèces', 'Paiement à l''accueil de notre agence de Vannes, dans la limite légale.', 5)
  ) AS t (code, label, invoice_text, position)
 ORDER BY position;

RESET ROLE;

CREATE TABLE demo.introducer (nth int, code text, name text, email text, phone text, rate text, active boolean, id bigint);
INSERT INTO demo.introducer VALUES
  (1, 'riou', 'Olivier Riou', 'olivier.riou@riou-conseil.example', '+33639980101', '8.00', true),
  (2, 'bureautique_ouest', 'Bureautique de l''Ouest', 'contact@bureautique-ouest.example', '+33261910201', '6.50', true),
  (3, 'lemeur', 'Solène Le Meur', 'solene@lemeur-it.example', '+33639980103', '5.00', true),
  (4, 'reseaux_golfe', 'Réseaux du Golfe', 'contact@reseaux-golfe.example', '+33261910204', '10.00', true),
  (5, 'jouan', 'Patrick Jouan', 'patrick.jouan@jouan.example', '+33639980105', '4.00', false);
DO $$
DECLARE
  v demo.introducer;
BEGIN
  FOR v IN SELECT * FROM demo.introducer ORDER BY nth LOOP
    PERFORM demo.as_user('admin');
    v.id := api.introducer_save(jsonb_build_object('name', v.name, 'email', v.email, 'phone', v.phone, 'commission_rate', v.rate,
                                                   'active', v.active));
    PERFORM demo.as_user('none');
    UPDATE demo.introducer SET id = v.id WHERE nth = v.nth;
  END LOOP;
END
$$;

INSERT INTO softwhere.segment (kind, name)
SELECT 'sector', sector FROM demo.business GROUP BY sector
UNION ALL SELECT 'size', name FROM demo.size
UNION ALL SELECT 'type', unnest(ARRAY['Multi-sites', 'Référence', 'Grand compte', 'Saisonnier'])
ORDER BY 1, 2
ON CONFLICT DO NOTHING;

INSERT INTO softwhere.app_user (role_name, display_name, email, phone, introducer_id)
SELECT role_name, display_name, email, phone, (SELECT id FROM demo.introducer WHERE code = introducer)
  FROM (VALUES
    ('admin', 'Hélène Kermarrec', 'helene.kermarrec@actif.example', '+33261910011', NULL),
    ('adv', 'Claire Morel', 'claire.morel@actif.example', '+33261910012', NULL),
    ('compta', 'Sophie Guillou', 'sophie.guillou@actif.example', '+33261910013', NULL),
    ('support', 'Luc Delaunay', 'luc.delaunay@actif.example', '+33261910014', NULL),
    ('staging', 'Yann Prigent', 'yann.prigent@actif.example', '+33261910015', NULL),
    ('deploiement', 'Nolwenn Tanguy', 'nolwenn.tanguy@actif.example', '+33261910016', NULL),
    ('technicien', 'Mathieu Le Floch', 'mathieu.lefloch@actif.example', '+33639980016', NULL),
    ('partenaire', 'Olivier Riou', 'olivier.riou@riou-conseil.example', '+33639980101', 'riou')
  ) AS t (role_name, display_name, email, phone, introducer)
ON CONFLICT (role_name) DO UPDATE
   SET (display_name, email, phone, introducer_id) = (excluded.display_name, excluded.email, excluded.phone, excluded.introducer_id);
