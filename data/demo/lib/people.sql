-- First names, family names and jobs.

CREATE TABLE demo.first_name AS
SELECT row_number() OVER () - 1 AS id, name, title
  FROM (
    SELECT unnest(string_to_array('Anne Camille Chloé Christine Claire Élise Emma Florence Françoise Gaëlle Gwenaëlle Hélène Isabelle
      Julie Justine Karine Laura Léa Louise Lucie Maëlle Manon Margaux Marie Marion Mathilde Morgane Nathalie Nolwenn Océane
      Pauline Rozenn Sandrine Sarah Solène Sophie Stéphanie Sylvie Valérie Virginie Yasmine Zoé', ' ')), 'mrs'
    UNION ALL
    SELECT unnest(string_to_array('Alain Alexandre Antoine Arnaud Baptiste Benoît Bruno Christophe Clément Damien David Denis
      Erwan Fabien Florian François Gildas Guillaume Gwendal Hugo Jacques Jérôme Joël Julien Karim Laurent Loïc Lucas Marc
      Mathieu Maxime Mehdi Mickaël Nicolas Olivier Pascal Patrick Pierre Quentin Romain Ronan Sébastien Stéphane Thierry
      Thomas Tristan Vincent Xavier Yann Yves', ' ')), 'mr'
  ) AS t (name, title)
 WHERE btrim(name, E' \n') <> '';
UPDATE demo.first_name SET name = btrim(name, E' \n');

CREATE TABLE demo.last_name AS
SELECT row_number() OVER () - 1 AS id, btrim(name, E' \n') AS name
  FROM unnest(string_to_array('Abgrall,Allain,Bertrand,Bihan,Blanchard,Boulay,Briand,Cadoret,Caradec,Carer,Chapelain,Chevalier,
    Cloarec,Corre,Daniel,Danet,Denis,Derrien,Dréan,Dupont,Even,Évanno,Fontaine,Fournier,Gallic,Garnier,Gautier,Gicquel,
    Gloaguen,Goasguen,Gourvennec,Guéguen,Guillemot,Guillou,Hamon,Hascoët,Hervé,Huet,Jaffré,Jégo,Jouan,Kerdoncuff,Kermarrec,
    Kervella,Lambert,Landais,Lavigne,Le Bihan,Le Bris,Le Corre,Le Dantec,Le Fur,Le Floch,Le Gall,Le Goff,Le Guen,Le Meur,
    Le Roux,Le Tallec,Lemoine,Lorho,Madec,Mahé,Marchand,Martin,Meunier,Morel,Morvan,Nicolas,Nédélec,Olivier,Pasco,Pellerin,
    Perrin,Picard,Pichon,Prigent,Quéméner,Quéré,Renaud,Richard,Rio,Robert,Rolland,Rousseau,Salaün,Simon,Tanguy,Thomas,
    Trébuchet,Vaillant,Vidal,Yvon', ',')) AS name;

CREATE UNIQUE INDEX ON demo.first_name (id);
CREATE UNIQUE INDEX ON demo.last_name (id);

CREATE FUNCTION demo.person(p_seed text, p_n bigint) RETURNS TABLE (title text, first_name text, last_name text, job text)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT f.title, f.name, l.name,
         demo.one_of(p_seed || ' job', p_n, ARRAY['Direction', 'Comptabilité', 'Secrétariat', 'Informatique', 'Achats',
           'Administration', 'Responsable de site', 'Office manager', 'Accueil', 'Logistique'])
    FROM demo.first_name AS f, demo.last_name AS l
   WHERE f.id = demo.pick(p_seed || ' first name', p_n, 92)
     AND l.id = demo.pick(p_seed || ' last name', p_n, 93)
$$;
