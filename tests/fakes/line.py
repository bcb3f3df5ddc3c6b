#!/usr/bin/python3
"""A line between a client and PostgreSQL that can be slow, cut, silent, or stopped at one message.

    line.py LISTEN_DIRECTORY SERVER

Both are socket directories, or SERVER is host:port. It prints "ready", then answers each line of its input with one line:

    rtt MS           every byte takes half of it, each way
    rate BITS        a second, each way, for all connections together; 0 for no limit
    count            trips a client has waited for since the last time this was asked, and bytes received by it
    hold request TEXT   stops at the next message of a client that contains TEXT; "held" is printed then
    hold answer TEXT    lets that message pass and stops at its answer
    hold part TEXT      lets half of its answer pass too
    go               lets pass what was held
    cut              breaks every connection; what was held is lost
    hole             nothing passes any more and nobody is told; what was held is lost
    up               the end of a hole: its connections are broken, new ones work
"""

import asyncio
import sys


class Line:
    def __init__(self, server):
        self.server = server
        self.delay = 0.0
        self.rate = 0
        self.free_at = {"request": 0.0, "answer": 0.0}
        self.trips = self.received = 0
        self.wanted = None
        self.gate = None
        self.silent = False
        self.links = set()

    async def connect(self, reader, writer):
        link = Link(self, writer)
        self.links.add(link)
        try:
            if self.silent:
                await asyncio.Event().wait()
            there, back = await self.reach()
            link.writers.append(back)
            pumps = [asyncio.create_task(link.pump(reader, back, "request")),
                     asyncio.create_task(link.pump(there, writer, "answer"))]
            link.tasks += pumps
            await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        except OSError:
            pass
        finally:
            link.abort()
            self.links.discard(link)

    def reach(self):
        if self.server.startswith("/"):
            return asyncio.open_unix_connection(f"{self.server}/.s.PGSQL.5432")
        return asyncio.open_connection(*self.server.split(":"))

    def due(self, way, size):
        now = asyncio.get_running_loop().time()
        start = max(now, self.free_at[way])
        self.free_at[way] = start + (size * 8 / self.rate if self.rate else 0)
        return self.free_at[way] + self.delay

    def cut(self):
        self.wanted = self.gate = None
        for link in list(self.links):
            link.abort()


class Link:
    def __init__(self, line, writer):
        self.line = line
        self.writers = [writer]
        self.tasks = [asyncio.current_task()]
        self.last = "answer"
        self.answer_held = None

    def abort(self):
        for writer in self.writers:
            writer.transport.abort()
        for task in self.tasks:
            if task is not asyncio.current_task():
                task.cancel()

    def look(self, way, data):
        """How many bytes pass before it stops; None when it does not."""
        line = self.line
        if way == "answer":
            held, self.answer_held = self.answer_held, None
            return {None: None, "answer": 0, "part": len(data) // 2}[held]
        if line.wanted is None or line.wanted[1] not in data:
            return None
        step, line.wanted = line.wanted[0], None
        if step == "request":
            return 0
        self.answer_held = step
        return None

    async def pump(self, reader, writer, way):
        line = self.line
        queue = asyncio.Queue()
        sender = asyncio.create_task(self.send(queue, writer))
        self.tasks.append(sender)
        while data := await reader.read(65536):
            if line.silent:
                await asyncio.Event().wait()
            if self.last != way:
                self.last = way
                line.trips += way == "request"
            line.received += len(data) if way == "answer" else 0
            stop = self.look(way, data)
            if stop is not None:
                queue.put_nowait((line.due(way, stop), data[:stop]))
                data = data[stop:]
                await queue.join()
                line.gate = asyncio.Event()
                print("held", flush=True)
                await line.gate.wait()
            queue.put_nowait((line.due(way, len(data)), data))
        queue.put_nowait((line.due(way, 0), None))
        await sender

    async def send(self, queue, writer):
        loop = asyncio.get_running_loop()
        while True:
            due, data = await queue.get()
            if due > loop.time():
                await asyncio.sleep(due - loop.time())
            if data is None:
                return
            if self.line.silent:
                await asyncio.Event().wait()
            writer.write(data)
            await writer.drain()
            queue.task_done()


def obey(line, words):
    answer = "ok"
    if words[0] == "rtt":
        line.delay = float(words[1]) / 2000
    elif words[0] == "rate":
        line.rate = int(words[1])
    elif words[0] == "count":
        answer = f"{line.trips} {line.received}"
        line.trips = line.received = 0
    elif words[0] == "hold":
        line.wanted = (words[1], " ".join(words[2:]).encode())
    elif words[0] == "go":
        line.gate.set()
    elif words[0] == "cut":
        line.cut()
    elif words[0] == "hole":
        line.silent = True
    elif words[0] == "up":
        line.silent = False
        line.cut()
    else:
        answer = "unknown"
    print(answer, flush=True)


async def main(listen, server):
    line = Line(server)
    await asyncio.start_unix_server(line.connect, f"{listen}/.s.PGSQL.5432")
    commands = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(commands), sys.stdin)
    print("ready", flush=True)
    while text := await commands.readline():
        obey(line, text.decode().split())
    line.cut()


asyncio.run(main(*sys.argv[1:]))
