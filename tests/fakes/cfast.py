#!/usr/bin/python3
"""An operator's system that speaks like CFAST, with faults on command.

    cfast.py [--lines N] [--per-service N] [--per-customer N] [--changes N] [--references A,B,…]
                [--secret WORD] [--tls CERTIFICATE KEY]

It listens on a free port of this machine and prints "ready PORT", then answers each line of its input with one line:

    slow MS             every answer waits so long first
    fault KIND [N]      the next N answers (1; 0: all until "well") are faulty: cut, malformed, deep, giant, types, nul, control,
                        huge, empty, array, wrongpage, unicode, trickle, redirect, 401, 404, 429, 500, 503
    retry-after S       what 429 and 503 say
    only REGEX          faults concern these paths only
    well                no fault any more, no delay, all paths
    shuffle SEED        rows of a page and articles of a line in another order, and every answer at its own pace; 0: in order
    duplicate on|off    every row twice, and the last row of a page again on the next
    after N             everything is cut from the Nth answer on, until "well"
    change ID PRICE     the last plan of a line costs PRICE from now on; its customer has changed
    count               requests since the last time this was asked
    last HEADER         what the last request said in a header

The customers are numbered from 1; the nth refers to the nth of --references, the others to nobody."""

import argparse
import datetime
import json
import random
import re
import ssl
import sys
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

EPOCH = datetime.date(2023, 1, 1)


def luhn(digits):
    """@digits with their key."""
    total = sum(sum(divmod(int(d) * (2 - i % 2), 10)) for i, d in enumerate(reversed(digits)))
    return digits + str(-total % 10)


class World:
    """What the operator knows, made from numbers when it is asked."""

    def __init__(self, options):
        self.options = options
        self.references = [r for r in (options.references or "").split(",") if r]
        self.changed = {}  # line -> price
        self.touched = {}  # customer -> instant
        per = options.per_customer
        self.customers = -(-options.lines // per)

    def lines_of_service(self, number):
        first = (number - 1) * self.options.per_service + 1
        return range(first, min(first + self.options.per_service, self.options.lines + 1))

    def customer(self, n):
        reference = self.references[n - 1] if n <= len(self.references) else f"FAKE-{n}"
        return {"customer_id": f"1000-{n:06d}", "account_type": 1000, "customer_name": f"CLIENT {n}", "internal_ref": reference, "siret": None,
                "status": "ACTIF_CONFORME", "contacts": [], "updatedAt": self.touched.get(n, "2026-01-01T08:00:00Z")}

    def site(self, n):
        return {"site_id": f"5000-{n:06d}", "account_type": 5000, "parent_id": f"1000-{n:06d}", "name": f"CLIENT {n}", "status": "ACTIF"}

    def services_of(self, customer):
        each = self.options.per_customer // self.options.per_service
        total = -(-self.options.lines // self.options.per_service)
        return [n for n in range((customer - 1) * each + 1, customer * each + 1) if n <= total]

    def service(self, n, customer):
        return {"service_id": f"9000-{n:06d}", "account_type": 9000, "parent_id": f"5000-{customer:06d}", "name": f"PARC {n}", "kind": "MOBILE",
                "operator": "ORANGE", "activity": "ACTIF", "status": "PRINCIPALE", "address": {"line1": "12 cours Lafayette", "zip": "69003", "city": "LYON", "country": "FR"}}

    def line(self, n):
        changes = self.options.changes
        months = [EPOCH.replace(year=EPOCH.year + (2 * k) // 12, month=(2 * k) % 12 + 1) for k in range(changes + 2)]
        articles = [{"article_id": f"A{k + 1}", "kind": "SUBSCRIPTION", "code": f"PLAN-{k % 5 + 1}", "label": f"Forfait {10 * (k % 5 + 1)} Go",
                     "articlePeriodicPrice": f"{10 + k}.00" if k % 2 else 10 + k, "periodicBuyPrice": f"{5 + k}.50", "quantity": 1, "period": "MONTH",
                     "start": str(months[k]) if k % 3 else f"{months[k]}T00:00:00+01:00",
                     "end": str(months[k + 1] - datetime.timedelta(1)) if k < changes else None} for k in range(changes + 1)]
        if n in self.changed:
            articles[-1]["articlePeriodicPrice"] = self.changed[n]
        if n % 3 == 0:
            articles.append({"article_id": "O1", "kind": "OPTION", "code": "OPT-INT", "label": "Option internationale", "articlePeriodicPrice": "5.00",
                             "periodicBuyPrice": None, "quantity": 1, "period": "MONTH", "start": str(months[-2]), "end": None})
        return {"line_id": f"L-{n:06d}", "service_number": f"07{49000000 + n:08d}", "msisdn": f"+337{49000000 + n:08d}", "iccid": luhn(f"8933019{n:011d}"),
                "first_name": "Zoé", "last_name": f"Utilisateur {n}", "activity": "ACTIF", "hide_called_numbers": True, "articles": articles, "futur": {"x": [1]}}

    def rows(self, path, query):
        """The rows of a path, or None."""
        match = re.fullmatch(r"/customers(?:/1000-(\d+)/sites)?|/sites/5000-(\d+)/services|/services/9000-(\d+)/lines", path)
        if not match:
            return None
        account, site, service = (int(g) if g else None for g in match.groups())
        if account:
            return [self.site(account)]
        if site:
            return [self.service(n, site) for n in self.services_of(site)]
        if service:
            return [self.line(n) for n in self.lines_of_service(service)]
        since = query.get("updatedSince", [""])[0]
        return [c for c in map(self.customer, range(1, self.customers + 1)) if c["updatedAt"] >= since]


class State:
    """What is commanded."""

    def __init__(self):
        self.lock = threading.Lock()
        self.reset()
        self.shuffle = 0
        self.duplicate = False
        self.count = 0
        self.answered = 0
        self.headers = {}

    def reset(self):
        self.delay = 0.0
        self.fault, self.times = None, 0
        self.only = ""
        self.retry_after = None
        self.after = None

    def take_fault(self, path):
        with self.lock:
            self.count += 1
            self.answered += 1
            if self.after is not None and self.answered > self.after:
                return "cut"
            if not self.fault or not re.search(self.only, path):
                return None
            fault = self.fault
            if self.times:
                self.times -= 1
                if self.times == 0:
                    self.fault = None
            return fault


state = State()
world = None


def page_of(rows, path, query):
    """The answer of a path as text."""
    size = min(int(query.get("pageSize", ["100"])[0]), 100)
    page = int(query.get("page", ["1"])[0])
    total = len(rows)
    order = list(rows)
    if path == "/customers":
        order = order[(page - 1) * size:page * size]
    if state.duplicate:
        order = [row for row in order for _ in (0, 1)]
        if path == "/customers" and page > 1:
            order.insert(0, rows[(page - 1) * size - 1])
    if state.shuffle:
        dice = random.Random(f"{state.shuffle}{path}{page}")
        dice.shuffle(order)
        for row in order:
            dice.shuffle(row.get("articles", []))
    answer = {"items": order}
    if path == "/customers":
        answer |= {"page": page, "pageSize": size, "total": total}
    return answer


def spoil(fault, answer):
    """The text of an answer with a fault in it."""
    text = json.dumps(answer, ensure_ascii=False)
    if fault == "malformed":
        return text[:-2] + "},"
    if fault == "deep":
        return '{"items": ' + "[" * 100000 + "]" * 100000 + "}"
    if fault == "types":
        return json.dumps({"items": [dict.fromkeys(row, {"no": ["thing"]}) for row in answer["items"]] + [None, 7, "text"]})
    if fault == "nul":
        return json.dumps({"items": [dict(row, name="A\0B", customer_name="A\0B") for row in answer["items"]]})
    if fault == "control":
        return json.dumps({"items": [dict(row, name="A\x1fB", customer_name="A\x1fB", first_name="A\x1fB") for row in answer["items"]]})
    if fault == "huge":
        return '{"items": [], "total": 1e999999999}'
    if fault == "array":
        return "[" + text + "]"
    if fault == "empty":
        return ""
    if fault == "unicode":
        return '{"items": [{"line_id": "\\ud800"}]}'
    if fault == "wrongpage":
        return json.dumps(dict(answer, page=99))
    return text


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *_arguments):
        pass

    def say(self, status, body, **headers):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def error(self, status, code, message, **headers):
        self.say(status, json.dumps({"error": {"code": code, "message": message}}).encode(), **headers)

    def give(self, body, fault):
        """Sends a good status, and a body that may not come to its end."""
        if fault == "cut":
            self.send_response(200)
            self.send_header("Content-Length", str(len(body) + 100))
            self.end_headers()
            self.wfile.write(body[:len(body) // 2])
            self.close_connection = True
        elif fault == "giant":
            self.send_response(200)
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            try:
                for _ in range(1000):
                    self.wfile.write(b"100000\r\n" + b" " * 0x100000 + b"\r\n")
            except OSError:
                pass
            self.close_connection = True
        elif fault == "trickle":
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            try:
                for byte in body:
                    self.wfile.write(bytes([byte]))
                    time.sleep(0.2)
            except OSError:
                pass
            self.close_connection = True
        else:
            self.say(200, body)

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        query = urllib.parse.parse_qs(url.query)
        fault = state.take_fault(url.path)
        state.headers = dict(self.headers)
        pace = random.random() * 0.02 if state.shuffle else 0
        if state.delay or pace:
            time.sleep(state.delay + pace)
        if world.options.secret and world.options.secret not in self.headers.get("Authorization", ""):
            return self.error(401, "UNAUTHORIZED", "who are you?")
        if fault == "redirect":
            return self.say(302, b"", Location="http://127.0.0.1:1/elsewhere")
        if fault and fault.isdigit():
            waits = {"Retry-After": state.retry_after} if state.retry_after and fault in ("429", "503") else {}
            return self.error(int(fault), "RATE_LIMIT" if fault == "429" else "FAULT", f"fault {fault}", **waits)
        rows = world.rows(url.path, query)
        if rows is None:
            return self.error(404, "NOT_FOUND", "there is no such thing")
        return self.give(spoil(fault, page_of(rows, url.path, query)).encode(), fault)

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.do_GET()


def command(words):
    """Does what a line of the input says; returns what is answered."""
    verb, *rest = words
    if verb == "slow":
        state.delay = float(rest[0]) / 1000
    elif verb == "fault":
        state.times = int(rest[1]) if len(rest) > 1 else 1
        state.fault = rest[0]
    elif verb == "retry-after":
        state.retry_after = rest[0]
    elif verb == "only":
        state.only = rest[0]
    elif verb == "well":
        state.reset()
    elif verb == "shuffle":
        state.shuffle = int(rest[0])
    elif verb == "duplicate":
        state.duplicate = rest[0] == "on"
    elif verb == "after":
        state.after = state.answered + int(rest[0])
    elif verb == "change":
        line = int(rest[0])
        world.changed[line] = rest[1]
        customer = -(-line // world.options.per_customer)
        world.touched[customer] = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    elif verb == "count":
        with state.lock:
            count, state.count = state.count, 0
        return str(count)
    elif verb == "last":
        return state.headers.get(rest[0], "-")
    else:
        return "unknown"
    return "ok"


def main():
    global world  # pylint: disable=global-statement
    parser = argparse.ArgumentParser()
    parser.add_argument("--lines", type=int, default=100)
    parser.add_argument("--per-service", type=int, default=20)
    parser.add_argument("--per-customer", type=int, default=60)
    parser.add_argument("--changes", type=int, default=12)
    parser.add_argument("--references")
    parser.add_argument("--secret")
    parser.add_argument("--tls", nargs=2)
    world = World(parser.parse_args())
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_arguments: None  # a client that went away
    if world.options.tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*world.options.tls)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"ready {server.server_address[1]}", flush=True)
    for line in sys.stdin:
        print(command(line.split()), flush=True)


main()
