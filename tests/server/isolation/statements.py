"""Every relation a login may read and every function it may call, found in the catalogue, with arguments taken from the records
of others: their ids, numbers, names, and forms that name their rows."""

import json

from world import rows

# Calls that wait, or end the session that makes them. None reads a table.
UNCALLED = r"^pg_catalog\.(pg_sleep.*|pg_terminate_backend|pg_cancel_backend|pg_stat_reset.*|set_config|pg_export_snapshot|pg_promote)$"

EXTREMES = {
    "boolean": ["true", "NULL"], "date": ["'2026-11-01'", "'2031-02-28'"], "numeric": ["1", "-1", "'NaN'"], "integer": ["0", "1", "-1"],
    "smallint": ["1"], "real": ["1"], "double precision": ["1"], "oid": ["'softwhere.mandate'::regclass", "1260"], "regclass": ["'softwhere.mandate'"],
    "bytea": [r"'\x00'", r"'%PDF-1.4'"], "name": ["'softwhere'", "'mandate'"], "cstring": ["'softwhere.mandate'"], "\"char\"": ["'r'"],
    "timestamp with time zone": ["now()"], "timestamp without time zone": ["localtimestamp"], "interval": ["'1 day'"], "xid8": ["'1'"],
    "pg_snapshot": ["'1:1:'"], "regtype": ["'softwhere.mandate'"], "regprocedure": ["'api.level()'"], "regrole": ["'sw_owner'"],
}
UNCALLABLE = ("internal", "trigger", "event_trigger", "language_handler", "fdw_handler", "index_am_handler", "tsm_handler", "table_am_handler")
QUERIES = ["SELECT * FROM softwhere.customer", "softwhere.mandate", "/etc/passwd"]


def literal(text):
    return "'" + text.replace("'", "''") + "'"


class Corpus:
    """Values of others. Drawn with the one seed, and the same in every world, since they were read before anything was forgotten."""

    def __init__(self, random, ownership, database, login, mine, amount=6):
        self.random, self.amount, self.login = random, amount, login
        self.tables = [table for table in ownership.owner if table != "app_user"]
        self.ids, self.own_ids = ({table: [] for table in ownership.with_id} for _ in range(2))
        selects = [f"SELECT '{table}', id, ({ownership.owner[table]}) IN ({mine}) FROM softwhere.{table} AS t WHERE ({ownership.owner[table]}) IS NOT NULL"
                   for table in ownership.with_id]
        for table, key, own in rows(" UNION ALL ".join(selects) + " ORDER BY 1, 2", database):
            (self.own_ids if own == "t" else self.ids)[table].append(key)
        kinds = {}
        for kind, text in rows("""
            SELECT DISTINCT 'name', legal_name FROM softwhere.customer UNION SELECT 'siret', siret FROM softwhere.customer
             UNION SELECT 'contract', number FROM softwhere.contract UNION SELECT 'invoice', number FROM softwhere.invoice
             UNION SELECT 'e-mail', email FROM softwhere.contact UNION SELECT 'phone', phone FROM softwhere.contact
             UNION SELECT 'iban', iban FROM softwhere.mandate UNION SELECT 'login', role_name FROM softwhere.app_user ORDER BY 1, 2""", database):
            if text:
                kinds.setdefault(kind, []).append(text)
        self.texts = list(kinds.values())

    def draw(self, values, number):
        return self.random.sample(values, min(number, len(values)))

    def identifiers(self, function, parameter):
        """Ids of others of the kind the names tell, else of any; then their own, and none."""
        hint = [table for table in self.ids if parameter in (f"p_{table}_id", f"p_{table}_ids")]
        hint += [table for table in sorted(self.ids, key=len, reverse=True) if function.startswith(table + "_")][:1]
        foreign = self.draw(self.ids[hint[0]], self.amount) if hint else []
        own = self.draw(self.own_ids[hint[0]], 2) if hint else []
        for table in self.draw(sorted(self.ids), 2 if hint else self.amount):
            foreign += self.draw(self.ids[table], 1)
            own += self.draw(self.own_ids[table], 1)
        return foreign + own[:2] + ["999999999", "0"]

    def document(self, function, parameter):
        table = next((t for t in sorted(self.ids, key=len, reverse=True) if function.startswith(t + "_") and self.ids[t]), "customer")
        foreign = self.draw(self.ids[table], 1)[0] if self.ids[table] else "1"
        own = self.draw(self.own_ids[table], 1)[0] if self.own_ids[table] else "1"
        customer, site = self.draw(self.ids["customer"], 1)[0], self.draw(self.ids["billing_site"], 1)[0]
        contact = self.draw(self.ids["contact"], 1)[0]
        return [json.dumps(d) for d in (
            {}, {"id": int(foreign)}, {"id": int(foreign), "row_version": 1, "legal_name": "volé", "label": "volé", "name": "volé", "title": "volé"},
            {"id": int(own), "row_version": 1, "contacts": [{"id": int(contact), "last_name": "volé"}], "sites": [{"id": int(site), "name": "volé"}]},
            {"customer_id": int(customer), "billing_site_id": int(site), "name": "volé"}, [{"id": int(foreign)}])]

    def values(self, kind, function, parameter, system):
        """SQL expressions of a type."""
        if kind.endswith("[]"):
            inner = self.values(kind[:-2], function, parameter, system)
            # Together, and alone: others among one's own.
            return [f"ARRAY[{', '.join(inner[:6])}]::{kind}", f"ARRAY[{inner[0]}]::{kind}", f"'{{}}'::{kind}"]
        if kind == "bigint":
            found = self.identifiers(function, parameter) if not system else ["1", "'softwhere.mandate'::regclass::bigint"]
        elif kind in ("text", "character varying", "character", "anyelement", "anycompatible", "\"any\"", "anynonarray"):
            found = [literal(q) for q in QUERIES] if system else [literal(t) for texts in self.texts for t in self.draw(texts, 2)]
            if not system:
                found += [literal(t) for t in self.draw(self.tables, 3)] + ["''", "'%'", "'1:1:'", "NULL"]
            if kind.startswith(("any", '"any')):
                found = [f"{f}::text" for f in found]
                kind = "text"
        elif kind in ("json", "jsonb"):
            found = [literal(t) for t in self.document(function, parameter)]
        elif kind in EXTREMES:
            found = EXTREMES[kind]
        else:
            table = kind.removeprefix("softwhere.")
            if table in self.ids and self.ids[table]:
                found = [f"jsonb_populate_record(NULL::softwhere.{table}, '{{\"id\": {i}}}')" for i in self.draw(self.ids[table], 2)]
            else:
                found = ["NULL"]
        return [f"CAST({f} AS {kind})" for f in found]


def relations(login, database, corpus_of=None):
    """(name, statement) that reads all this login may read of each relation of every schema."""
    found = rows(f"""
        SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname), string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum)
          FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace JOIN pg_attribute AS a ON a.attrelid = c.oid
         WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND a.attnum > 0 AND NOT a.attisdropped
           AND has_schema_privilege('{login}', n.oid, 'USAGE') AND has_column_privilege('{login}', c.oid, a.attnum, 'SELECT')
           AND c.relpersistence <> 't'
         GROUP BY 1, n.nspname, c.relname ORDER BY 1""", database)
    for name, columns in found:
        yield name, f"SELECT {columns} FROM {name}"
        if not name.startswith(("pg_catalog.", "information_schema.")):
            # The error of the cast tells the first row it meets: it must not meet those that policies hide.
            yield name, f"SELECT count(*) FROM {name} AS t WHERE concat_ws(' ', {', '.join('t.' + c for c in columns.split(', '))})::int = 0"


def functions(login, database, corpus):
    """(name, statement, whether it is PostgreSQL's own) for each function this login may execute, arguments included."""
    found = rows(f"""
        SELECT p.oid::regprocedure, n.nspname, quote_ident(n.nspname) || '.' || quote_ident(p.proname), p.proname, p.prokind,
               (SELECT COALESCE(string_agg(format_type(t, NULL) || '=' || COALESCE(p.proargnames[o], '-'), ';' ORDER BY o), '')
                  FROM unnest(p.proargtypes) WITH ORDINALITY AS a (t, o)),
               p.provariadic <> 0
          FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
         WHERE has_function_privilege('{login}', p.oid, 'EXECUTE') AND has_schema_privilege('{login}', n.oid, 'USAGE')
           AND p.prokind IN ('f', 'p') AND p.prorettype::regtype::text <> ALL ('{{{','.join(UNCALLABLE)}}}')
           AND NOT EXISTS (SELECT FROM unnest(p.proargtypes) AS a WHERE a::regtype::text = 'internal')
           -- PostgreSQL's immutable functions cannot read a table; ours are not believed.
           AND NOT (p.provolatile = 'i' AND (n.nspname = 'pg_catalog' OR EXISTS (SELECT FROM pg_depend AS d WHERE d.objid = p.oid AND d.deptype = 'e')))
           AND n.nspname || '.' || p.proname !~ '{UNCALLED}'
         ORDER BY n.nspname = 'pg_catalog', 1""", database)
    for signature, schema, name, plain, kind, arguments, variadic in found:
        system = schema in ("pg_catalog", "information_schema")
        types = [a.rsplit("=", 1) for a in arguments.split(";")] if arguments else []
        pools = [corpus.values(kind, plain, parameter, system) for kind, parameter in types]
        # Each value once, beside a drawn one of the other arguments: a product would say little more at length.
        for number in range(max([len(pool) for pool in pools], default=1)):
            chosen = [pool[number] if number < len(pool) else corpus.random.choice(pool) for pool in pools]
            if variadic == "t":
                chosen[-1] = "VARIADIC " + chosen[-1]
            call = f"{name}({', '.join(chosen)})"
            yield signature, f"CALL {call}" if kind == "p" else f"SELECT {call}", system
