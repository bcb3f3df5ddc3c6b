"""Scratch databases in which other customers are marked, or never existed.

A login that sees only its own must get the same answers in a database where the others are and in one where they are not.
Whose a row is comes from the catalogue, so that a table added tomorrow is covered by its foreign keys alone: its customer_id,
or that of the row it refers to. A row of nobody stays only while a kept row refers to it, or in a SHARED table."""

import os
import re
import subprocess

URI = os.environ["SOFTWHERE_TEST_URI"]

# Tables whose rows belong to nobody and are there for everybody, or for the rules themselves. Any other table without a
# customer is emptied: an answer that then changes says that the table is missing here, or open by mistake.
SHARED = """migration installation country postcode activity_code company parameter payment_method number_series contract_type
operator technology search_source live_state""".split()

# What is appended to the texts of everybody but the login's own customers, by who they are.
MARKS = {"partner": "Zqpartnerzq", "others": "Zqotherszq"}


def database_uri(database, uri=URI):
    return re.sub(r"/softwhere\?", f"/{database}?", uri)


def sql(text, database="softwhere"):
    """What a superuser reads: lines of fields separated by tabs."""
    done = subprocess.run(["psql", "-X", "-q", "-A", "-t", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-d", database_uri(database)],
                          input="SET client_min_messages = warning;\n" + text, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode:
        raise RuntimeError(f"{done.stderr.strip()}\n{text[:2000]}")
    return done.stdout.rstrip("\n")


def rows(text, database="softwhere"):
    answer = sql(text, database)
    return [line.split("\t") for line in answer.split("\n")] if answer else []


def copy(database, of):
    sql(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)", "postgres")
    # pg_cron keeps a connection to its database, and makes it again a second after it was ended.
    sql(f"""SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{of}' AND backend_type = 'pg_cron launcher' \\g /dev/null
            CREATE DATABASE {database} TEMPLATE {of}""", "postgres")
    # Settings and rights of a database are not copied with it.
    sql(f"""REVOKE ALL ON DATABASE {database} FROM PUBLIC;
            ALTER DATABASE {database} SET timezone = 'Europe/Paris'; ALTER DATABASE {database} SET lc_messages = 'C';
            ALTER DATABASE {database} SET jit = off;
            GRANT CONNECT ON DATABASE {database} TO sw_admin, sw_support, sw_staging, sw_adv, sw_accounting, sw_deployment,
              sw_technician, sw_partner, sw_customer""", "postgres")


def drop(*databases):
    for database in databases:
        sql(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)", "postgres")


def unguarded(text, database):
    """Runs @text past keys and triggers, those that hold even superusers included; they are back afterwards."""
    guards = rows("""SELECT tgrelid::regclass, quote_ident(tgname) FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
                      WHERE relnamespace = 'softwhere'::regnamespace AND tgenabled = 'A'""", database)
    before = "".join(f"ALTER TABLE {table} DISABLE TRIGGER {name};\n" for table, name in guards)
    after = "".join(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name};\n" for table, name in guards)
    return rows(f"BEGIN;\n{before}SET LOCAL session_replication_role = replica;\n{text}\n{after}COMMIT;", database)


def is_shared(table):
    # State diagrams are the program's.
    return table in SHARED or table.endswith("_arc")


class Ownership:
    """Which customer the rows of each table are of, as an SQL expression on its alias t."""

    def __init__(self, database):
        self.tables = [r[0] for r in rows("""SELECT relname FROM pg_class WHERE relnamespace = 'softwhere'::regnamespace
                                              AND relkind IN ('r', 'p') ORDER BY 1""", database)]
        has_customer = {r[0] for r in rows("""SELECT relname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
            WHERE relnamespace = 'softwhere'::regnamespace AND relkind IN ('r', 'p') AND attname = 'customer_id'""", database)}
        # Keys of one column: (table, column, table referred to, its column).
        self.keys = [tuple(r) for r in rows("""
            SELECT t.relname, a.attname, r.relname, b.attname
              FROM pg_constraint AS k JOIN pg_class AS t ON t.oid = k.conrelid JOIN pg_class AS r ON r.oid = k.confrelid
              JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum = k.conkey[1]
              JOIN pg_attribute AS b ON b.attrelid = r.oid AND b.attnum = k.confkey[1]
             WHERE k.contype = 'f' AND t.relnamespace = 'softwhere'::regnamespace ORDER BY k.conname""", database)]
        self.owner = {"customer": "t.id"} | {table: "t.customer_id" for table in self.tables if table in has_customer}
        found = True
        while found:
            found = False
            for table, column, target, key in self.keys:
                if table in self.owner or target not in self.owner or is_shared(table) or table in ("app_user", "introducer"):
                    continue
                inner = self.owner[target].replace("t.", "r.") if self.owner[target].startswith("t.") else None
                if inner:
                    self.owner[table] = f"(SELECT {inner} FROM softwhere.{target} AS r WHERE r.{key} = t.{column})"
                    found = True
        keyed = {r[0] for r in rows("""SELECT relname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
            WHERE relnamespace = 'softwhere'::regnamespace AND relkind IN ('r', 'p') AND attname = 'id' AND atttypid = 'bigint'::regtype""", database)}
        self.with_id = sorted(keyed & set(self.owner))
        # Whom a login is for; not a record of the customer.
        self.owner["app_user"] = "NULL::bigint"

    def forget_others(self, database, login, mine):
        """Deletes all that is not of the customers @mine, an SQL list of ids, as if it had never been."""
        statements = []
        # Those whose owner is read through another table go before it.
        for table, owner in sorted(self.owner.items(), key=lambda item: not item[1].startswith("(")):
            # A notice of something done in bulk names nobody: everybody then reads their own again.
            bulk = " AND NOT (t.customer_id = 0 AND t.entity_id = 0)" if table == "change_feed" else ""
            if table != "app_user":
                statements.append(f"DELETE FROM softwhere.{table} AS t WHERE (({owner}) IS NULL OR ({owner}) NOT IN ({mine})){bulk};")
        statements.append(f"DELETE FROM softwhere.app_user WHERE role_name <> '{login}';")
        kept = [table for table in self.tables if table not in self.owner and not is_shared(table)]
        for _ in range(4):
            for table in kept:
                uses = [f"NOT EXISTS (SELECT FROM softwhere.{t} AS u WHERE u.{column} = t.{key})"
                        for t, column, target, key in self.keys if target == table and t != table]
                statements.append(f"DELETE FROM softwhere.{table} AS t WHERE {' AND '.join(uses) or 'true'};")
        unguarded("\n".join(statements), database)

    def fingerprint(self, database, mine, login):
        """One number for each table: the content of all rows that are neither of @mine nor what @login keeps for themselves."""
        personal = dict(rows("""SELECT relname, attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
            WHERE relnamespace = 'softwhere'::regnamespace AND relkind = 'r' AND attname IN ('login', 'user_name', 'role_name')
              AND relname <> 'app_user'""", database))
        parts = []
        for table in self.tables:
            condition = f"({self.owner[table]}) IS NULL OR ({self.owner[table]}) NOT IN ({mine})" if table in self.owner else "true"
            if table in personal:
                condition = f"({condition}) AND t.{personal[table]} <> '{login}'"
            parts.append(f"SELECT '{table}', concat_ws(' ', count(*), sum(hashtextextended(t::text, 0))) FROM softwhere.{table} AS t WHERE {condition}")
        parts.append("SELECT 'large objects', count(*)::text FROM pg_largeobject_metadata")
        parts.append("SELECT 'objects', count(*)::text FROM pg_class WHERE relnamespace::regnamespace::text NOT LIKE 'pg_t%'")
        return dict(rows("\nUNION ALL ".join(parts), database))

    def mark(self, database, partner_only):
        """Appends a word to every text of customers: @partner_only is an SQL list of those the partner sees and the customer
        does not. Returns the (table, column) where a constraint forbids it."""
        texts = rows("""SELECT c.relname, a.attname, t.typname FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid
            JOIN pg_type AS t ON t.oid = a.atttypid
            WHERE c.relnamespace = 'softwhere'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
              AND a.attgenerated = '' AND t.typname IN ('text', 'bytea') ORDER BY 1, a.attnum""", database)
        refers = {(table, column) for table, column, _, _ in self.keys}
        codes = self.codes(database, texts)
        statements = ["CREATE TEMPORARY TABLE unmarked (relname text, attname text) ON COMMIT DROP;"]
        for table, column, kind in texts:
            owner = self.owner.get(table)
            # Codes stay what they are: joins and conditions are to work for the others too.
            if owner in (None, "NULL::bigint") or (table, column) in refers or (table, column) in codes:
                continue
            word = f"CASE WHEN ({owner}) IN ({partner_only}) THEN '{MARKS['partner']}' ELSE '{MARKS['others']}' END"
            value = f"{column} || ' ' || {word}" if kind == "text" else f"{column} || convert_to({word}, 'UTF8')"
            mine = f"{owner} IS NOT NULL AND {owner} NOT IN (SELECT customer_id FROM softwhere.app_user WHERE customer_id IS NOT NULL)"
            statements.append(f"""DO $do$ BEGIN
                UPDATE softwhere.{table} AS t SET {column} = {value} WHERE {mine};
              EXCEPTION WHEN integrity_constraint_violation THEN INSERT INTO unmarked VALUES ('{table}', '{column}'); END $do$;""")
        statements.append("SELECT * FROM unmarked;")
        unmarked = [(r[0], r[1]) for r in unguarded("\n".join(statements), database)]
        sql("ANALYZE", database)
        return unmarked

    @staticmethod
    def codes(database, texts):
        """Columns that hold a few lower-case words: states, kinds, methods, entities."""
        asked = [f"""SELECT '{table}', '{column}', count(DISTINCT {column}) BETWEEN 1 AND 40 AND bool_and({column} ~ '^[a-z_]*$')
                       FROM softwhere.{table}""" for table, column, kind in texts if kind == "text"]
        return {(table, column) for table, column, few in rows("\nUNION ALL ".join(asked), database) if few == "t"}
