"""Finds what an outsider's login learns of others, or changes of them."""

import datetime
import re

import person
import statements
import world


class Finding:
    def __init__(self, what, how, statement, detail):
        self.what, self.how, self.statement, self.detail = what, how, statement, detail

    def __str__(self):
        return f"{self.what}: {self.how}\n  {self.statement[:400]}\n  {self.detail[:600]}"


def difference(first, second):
    a, b = first.split("\n"), second.split("\n")
    only = [line for line in a if line not in set(b)][:2] + ["—"] + [line for line in b if line not in set(a)][:2]
    return " | ".join(only)


class Outsider:
    """@login sees the customers @mine (SQL). @there is the database with everybody, @alone the one without the others."""

    def __init__(self, random, ownership, login, uri, mine, marks, there, alone, system=True):
        self.login, self.uri, self.marks, self.there, self.alone = login, uri, marks, there, alone
        self.ownership, self.mine = ownership, mine
        self.corpus = statements.Corpus(random, ownership, there, login, mine)
        self.asked = [(name, text, name.startswith(("pg_catalog.", "information_schema.")))
                      for name, text in statements.relations(login, there)]
        self.asked += list(statements.functions(login, there, self.corpus))
        self.asked = [one for one in self.asked if system or not one[2]]
        self.relations = len({name for name, _, _ in self.asked if "(" not in name})
        self.functions = len({name for name, _, _ in self.asked if "(" in name})

    def run(self):
        """All findings of one run in both worlds."""
        since = datetime.datetime.now() - datetime.timedelta(minutes=2)
        texts = [text for _, text, _ in self.asked]
        before = self.ownership.fingerprint(self.there, self.mine, self.login)
        self.answers = person.ask(world.database_uri(self.there, self.uri), texts)
        after = self.ownership.fingerprint(self.there, self.mine, self.login)
        ours = [n for n, (_, _, system) in enumerate(self.asked) if not system]
        lonely = dict(zip(ours, person.ask(world.database_uri(self.alone, self.uri), [texts[n] for n in ours])))
        found = [Finding(table, "changed rows of others", "", f"{before.get(table)} became {after.get(table)}")
                 for table in after if after[table] != before.get(table)]
        for number, (name, text, system) in enumerate(self.asked):
            answer = self.answers[number]
            if "57014:" in answer:
                found.append(Finding(name, "did not end", text, ""))
            # What the caller wrote and an error repeats tells nothing.
            told = [mark for mark in self.marks if mark in answer and mark in answer.replace(text, "") and mark not in text]
            if told:
                found.append(Finding(name, "tells of others", text, self.around(answer, told[0])))
            elif not system and answer != lonely[number]:
                first, second = (person.settled(a, since) for a in (answer, lonely[number]))
                if first != second:
                    found.append(Finding(name, "answers otherwise when the others are not there", text, difference(first, second)))
        return found

    @staticmethod
    def around(answer, word):
        at = answer.find(word)
        return re.sub(r"\s+", " ", answer[max(0, at - 100):at + 60])
