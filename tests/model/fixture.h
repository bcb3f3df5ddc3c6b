/* A small database with an api schema of its own, so that these tests do not depend on the rules of
 * the product. Made in the server of tests/with-server, dropped afterwards. */
#pragma once

#include "model/sw-session.h"
#include "../postgres/connect.h"

#include <unistd.h>

#define FIXTURE_ROWS 100000

static char *fixture_database;

static const char *const fixture_sql[] = {
  "CREATE SCHEMA api",
  "CREATE TABLE public.setting (level int NOT NULL)",
  "INSERT INTO public.setting VALUES (1)",
  /* Numbered in the order of commits, since nobody here writes beside another. */
  "CREATE TABLE public.told (n bigint GENERATED ALWAYS AS IDENTITY, entity text, id bigint)",
  "CREATE FUNCTION public.tell(p_entity text, p_id bigint) RETURNS void LANGUAGE sql AS $$"
  " INSERT INTO public.told (entity, id) VALUES (p_entity, p_id);"
  " SELECT pg_notify('softwhere', '') $$",
  "CREATE FUNCTION api.changes_since(p_position text) RETURNS jsonb LANGUAGE sql AS $$"
  " SELECT jsonb_build_object('position', coalesce((SELECT max(n) FROM public.told), 0)::text,"
  " 'changes', CASE WHEN p_position IS NULL THEN '{\"*\": [0]}' ELSE coalesce("
  " (SELECT jsonb_object_agg(entity, ids) FROM (SELECT entity, CASE WHEN 0 = ANY (array_agg(id))"
  " THEN '[0]' ELSE to_jsonb(array_agg(DISTINCT id)) END AS ids FROM public.told"
  " WHERE n > p_position::bigint GROUP BY entity) AS t), '{}') END) $$",
  "CREATE FUNCTION api.session() RETURNS jsonb LANGUAGE sql AS $$ SELECT jsonb_build_object("
  "'user_name', session_user, 'display_name', 'Anne Bré', 'role_label', 'Sales office',"
  "'roles', jsonb_build_array('sw_adv', 'sw_support'), 'company_name', 'Réseau & Cie',"
  "'today', '2026-11-22', 'position', coalesce((SELECT max(n) FROM public.told), 0)::text,"
  "'api_level', (SELECT level FROM public.setting)) $$",
  "CREATE TABLE public.customer (id bigint PRIMARY KEY, name text, city text, active boolean,"
  " balance numeric(12,2), created_on date, row_version int NOT NULL DEFAULT 1)",
  "INSERT INTO public.customer SELECT n, 'Client ' || lpad(n::text, 6, '0'),"
  " CASE n % 3 WHEN 0 THEN 'Lyon' WHEN 1 THEN 'Saint-Étienne' END, n % 2 = 0, n / 100.0,"
  " DATE '2026-01-01' + (n % 365)::int FROM generate_series(1, 100000) AS n",
  "ANALYZE public.customer",
  "CREATE VIEW api.customer AS SELECT *, lower(name || ' ' || coalesce(city, '') || ' +3361234'"
  " || lpad((id % 10000)::text, 4, '0')) AS search_text FROM public.customer",
  "CREATE FUNCTION public.tell() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
  " PERFORM public.tell('customer', coalesce(NEW.id, OLD.id)); RETURN NULL; END $$",
  "CREATE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE ON public.customer"
  " FOR EACH ROW EXECUTE FUNCTION public.tell()",
  "CREATE FUNCTION api.customer_record(p_id bigint) RETURNS jsonb LANGUAGE sql AS $$"
  " SELECT to_jsonb(c) || jsonb_build_object('balance', c.balance::text, 'contacts',"
  " jsonb_build_array(jsonb_build_object('id', 7, 'email', 'a@b.fr')))"
  " FROM public.customer AS c WHERE id = p_id $$",
  "CREATE FUNCTION api.customer_save(p_record jsonb) RETURNS bigint LANGUAGE plpgsql AS $$"
  " DECLARE v_id bigint; BEGIN"
  " UPDATE public.customer SET name = coalesce(p_record->>'name', name),"
  "   city = coalesce(p_record->>'city', city), row_version = row_version + 1"
  "  WHERE id = (p_record->>'id')::bigint AND row_version = (p_record->>'row_version')::int"
  "  RETURNING id INTO v_id;"
  " IF v_id IS NULL THEN RAISE EXCEPTION 'changed meanwhile' USING ERRCODE = 'SW001'; END IF;"
  " RETURN v_id; END $$",
  "CREATE FUNCTION api.echo(p_a text, p_b numeric DEFAULT NULL, p_c date DEFAULT NULL,"
  " p_d bytea DEFAULT NULL, p_e bigint[] DEFAULT NULL, p_f boolean DEFAULT NULL) RETURNS text"
  " LANGUAGE sql AS $$ SELECT concat_ws('|', p_a, p_b, p_c, encode(p_d, 'hex'), p_e::text, p_f) $$",
};

/* A target for the database @name, as the superuser of the throw-away server. */
static inline SwPgTarget *
fixture_target (const char *name)
{
  SwPgTarget *target = test_target ();

  sw_pg_target_set (target, "dbname", name);
  return target;
}

static inline SwPgConnection *
fixture_connection (void)
{
  SwPgConnection *connection = sw_pg_connection_new ();
  g_autoptr (SwPgTarget) target = fixture_target (fixture_database);
  g_autoptr (GError) error = NULL;

  try_open (connection, target, NULL, &error);
  g_assert_no_error (error);
  return connection;
}

static inline void
fixture_run (const char *sql)
{
  g_autoptr (SwPgConnection) connection = fixture_connection ();

  run (connection, sql);
}

static inline void
fixture_set_up (void)
{
  g_autoptr (SwPgConnection) owner = test_connection ();
  g_autoptr (SwPgConnection) connection = NULL;
  g_autofree char *create = NULL;

  fixture_database = g_strdup_printf ("sw_test_model_%d", (int) getpid ());
  create = g_strdup_printf ("CREATE DATABASE %s TEMPLATE template0", fixture_database);
  run (owner, create);
  connection = fixture_connection ();
  for (gsize i = 0; i < G_N_ELEMENTS (fixture_sql); i++)
    run (connection, fixture_sql[i]);
}

static inline void
fixture_tear_down (void)
{
  g_autoptr (SwPgConnection) owner = test_connection ();
  g_autofree char *drop = g_strdup_printf ("DROP DATABASE %s WITH (FORCE)", fixture_database);

  run (owner, drop);
  g_clear_pointer (&fixture_database, g_free);
}

static inline SwServer *
fixture_server (void)
{
  g_autoptr (SwPgTarget) target = test_target ();

  return sw_server_new ("Test", sw_pg_target_get (target, "host"),
                        sw_pg_target_get (target, "port"), fixture_database);
}

static inline gboolean
try_open_session (SwSession *session, GError **error)
{
  g_autoptr (SwServer) server = fixture_server ();
  g_autoptr (SwPgTarget) target = test_target ();
  g_autoptr (GAsyncResult) result = NULL;

  sw_session_open_async (session, server, sw_pg_target_get (target, "user"), NULL, NULL, wait_keep,
                         &result);
  WAIT_FOR (result != NULL);
  return sw_session_open_finish (session, result, error);
}

static inline SwSession *
fixture_session (void)
{
  SwSession *session = sw_session_new ();
  g_autoptr (GError) error = NULL;

  try_open_session (session, &error);
  g_assert_no_error (error);
  return session;
}
