-- Towns where customers are, as postcode/INSEE code/weight: mostly the Morbihan around Vannes, then Brittany
-- and the Loire, then large French cities. Names and coordinates come from softwhere.postcode.

CREATE TABLE demo.place AS
WITH listed AS (
  SELECT split_part(entry, '/', 1) AS postcode, split_part(entry, '/', 2) AS insee_code, split_part(entry, '/', 3)::int AS weight,
         ordinality
    FROM regexp_split_to_table(btrim($places$
06000/06088/11, 13080/13001/4, 13008/13208/29, 14000/14118/3, 21000/21231/5, 22100/22050/5, 22400/22093/6,
22300/22113/8, 22600/22136/3, 22190/22187/5, 22440/22215/4, 22000/22278/17, 25000/25056/3, 29200/29019/55,
29900/29039/8, 29100/29046/5, 29170/29058/4, 29490/29075/6, 29800/29103/6, 29400/29105/3, 29600/29151/5,
29470/29189/5, 29280/29212/5, 29000/29232/25, 29300/29233/4, 29480/29235/4, 30000/30189/4, 31000/31555/16,
33000/33063/8, 34000/34172/10, 35830/35024/5, 35170/35047/7, 35510/35051/7, 35135/35055/4, 35410/35069/4,
35800/35093/4, 35300/35115/8, 35740/35210/4, 35600/35236/3, 35000/35238/90, 35650/35240/3, 35760/35278/3,
35136/35281/5, 35400/35288/18, 35500/35360/7, 37000/37261/4, 38000/38185/5, 42000/42218/5, 44150/44003/4,
44115/44009/3, 44130/44015/4, 44340/44020/8, 44470/44026/8, 44240/44035/8, 44110/44036/4, 44220/44047/9,
44500/44055/6, 44350/44069/6, 44000/44109/129, 44390/44110/3, 44700/44114/11, 44160/44129/4, 44210/44131/7,
44380/44132/4, 44400/44143/17, 44250/44154/5, 44800/44162/19, 44980/44172/6, 44600/44184/28, 44310/44188/3,
44230/44190/11, 44260/44195/3, 44840/44198/3, 44470/44204/4, 44119/44209/4, 44330/44212/3, 44120/44215/10,
45000/45234/3, 49000/49007/5, 51100/51454/5, 54000/54395/3, 56350/56001/9, 56610/56003/14, 56400/56007/35,
56870/56008/11, 56150/56010/15, 56550/56013/9, 56400/56023/17, 56340/56034/10, 56850/56036/17, 56250/56053/16,
56410/56054/9, 56200/56061/9, 56110/56066/9, 56390/56067/14, 56380/56075/15, 56520/56078/29, 56700/56083/39,
56650/56090/16, 56700/56094/17, 56690/56097/10, 56600/56098/57, 56440/56101/20, 56260/56107/20,
56500/56117/11, 56570/56118/10, 56550/56119/8, 56100/56121/130, 56500/56140/9, 56190/56143/12, 56130/56147/12,
56920/56151/9, 56890/56158/15, 56270/56162/46, 56880/56164/16, 56800/56165/24, 56240/56166/14, 56680/56169/13,
56310/56173/11, 56400/56175/10, 56400/56176/15, 56330/56177/19, 56300/56178/36, 56620/56179/9, 56230/56184/20,
56530/56185/21, 56170/56186/11, 56670/56193/14, 56890/56206/29, 56250/56231/9, 56370/56240/22, 56860/56243/22,
56250/56247/9, 56450/56248/12, 56450/56251/21, 56000/56260/130, 57000/57463/4, 59000/59350/7, 59100/59512/3,
59200/59599/3, 63000/63113/4, 66000/66136/3, 67000/67482/9, 68100/68224/3, 69003/69383/17, 69100/69266/5,
72000/72181/4, 74000/74010/4, 75009/75109/71, 76600/76351/5, 76000/76540/3, 80000/80021/4, 83000/83137/6,
84000/84007/3, 86000/86194/3, 87000/87085/4, 92100/92012/3, 92000/92050/3, 93300/93001/3, 93100/93048/3,
93200/93066/3, 94000/94028/3, 94400/94081/3, 95100/95018/3, 98800/98818/3$places$, E' \n'), ',\s+') WITH ORDINALITY AS t (entry, ordinality)
)
-- One row per unit of weight: a draw is a number.
SELECT row_number() OVER (ORDER BY ordinality, unit) - 1 AS id, listed.postcode, town.city, town.latitude, town.longitude
  FROM listed
 CROSS JOIN LATERAL (SELECT city, latitude, longitude FROM softwhere.postcode
                      WHERE postcode.postcode = listed.postcode AND postcode.insee_code = listed.insee_code
                        AND latitude IS NOT NULL
                      ORDER BY length(city), city LIMIT 1) AS town
 CROSS JOIN generate_series(1, listed.weight) AS unit;
CREATE UNIQUE INDEX ON demo.place (id);

CREATE TABLE demo.street AS
SELECT row_number() OVER () - 1 AS id, btrim(name, E' \n') AS name
  FROM unnest(string_to_array('rue de la République,rue du Port,avenue de la Marne,place de la Mairie,rue des Halles,quai de la Rabine,
    rue du Général de Gaulle,boulevard de la Paix,rue Saint-Vincent,rue de l''Église,avenue Victor Hugo,rue Jean Jaurès,
    rue des Ajoncs,rue de la Fontaine,allée des Tilleuls,rue Anne de Bretagne,rue du Moulin,rue Pasteur,place Gambetta,
    rue des Écoles,avenue du 4 Août 1944,rue de Kerlann,rue des Vénètes,rue de Bretagne,rue du Commerce,rue Nationale,
    chemin de la Lande,rue de la Gare,rue Théophraste Renaudot,rue Aristide Briand,boulevard Clemenceau,rue des Rosiers,
    impasse du Verger,rue Lamartine,route de Sainte-Anne,rue Alain Gerbault,rue Ampère,rue Marcellin Berthelot,
    zone artisanale de Kerniol,parc d''activités du Prat,rue Louis Blériot,rue Gutenberg', ',')) AS name;

CREATE UNIQUE INDEX ON demo.street (id);

CREATE FUNCTION demo.places() RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT count(*) FROM demo.place $$;

CREATE FUNCTION demo.address(p_seed text, p_n bigint)
RETURNS TABLE (address_1 text, postcode text, city text, latitude double precision, longitude double precision)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  -- A few hundred metres around the town's centre, so that markers do not hide each other on the map.
  SELECT 1 + demo.pick(p_seed || ' house', p_n, 120) || ' ' || s.name, p.postcode, p.city,
         round((p.latitude + (demo.pick(p_seed || ' latitude', p_n, 121) - 60) / 10000.0)::numeric, 5)::double precision,
         round((p.longitude + (demo.pick(p_seed || ' longitude', p_n, 181) - 90) / 10000.0)::numeric, 5)::double precision
    FROM demo.place AS p, demo.street AS s
   WHERE p.id = demo.pick(p_seed || ' place', p_n, demo.places())
     AND s.id = demo.pick(p_seed || ' street', p_n, 42)
$$;
