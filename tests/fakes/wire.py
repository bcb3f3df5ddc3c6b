#!/usr/bin/python3
"""A wire between two network namespaces that is slow, thin and lossy like a real line: the kernel's own TCP on both sides,
with its handshakes, its windows and its repetitions.

    wire.py --rtt MS --rate BITS --loss PERCENT COMMAND [ARGUMENT…]

COMMAND runs in the namespace of the client; SOFTWHERE_WIRE_HOST there is, on port 5432, the server of SOFTWHERE_TEST_URI. It finds
the wire's own input in SOFTWHERE_WIRE, a socket that answers each line with one line:

    rtt MS, rate BITS, loss PERCENT    as above; rate 0 is none
    drop             nothing passes any more, and nobody is told
    pass             the end of that
    count            bytes the client received since the last time

Both ends are TUN devices and the packets pass through this program, which loses and delays them: what `tc netem` does, on kernels
built without it too. Needs CAP_NET_ADMIN and /dev/net/tun; ends with 77, as a skipped test does, where the machine has none."""

import argparse
import asyncio
import ctypes
import fcntl
import os
import random
import re
import socket
import struct
import subprocess
import sys
import tempfile

CLIENT, SERVER, PORT = "10.77.0.1", "10.77.0.2", 5432
TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 1, 0x1000
CLONE_NEWNET = 0x40000000
QUEUE = 200  # packets that wait for their turn, as in a modem; more are lost

libc = ctypes.CDLL(None, use_errno=True)


def enter(namespace):
    """Moves this thread to the network namespace of an open file; None for a new one."""
    result = libc.unshare(CLONE_NEWNET) if namespace is None else libc.setns(namespace, CLONE_NEWNET)
    if result != 0:
        raise OSError(ctypes.get_errno(), "network namespace")


def make_end(own, other):
    """A TUN device of this namespace."""
    tun = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(tun, TUNSETIFF, struct.pack("16sH22x", b"wire", IFF_TUN | IFF_NO_PI))
    for command in (f"address add {own} peer {other} dev wire", "link set wire mtu 1500 up", "link set lo up"):
        subprocess.run(["ip", *command.split()], check=True)
    return tun


class Wire:
    def __init__(self, client, server, rtt, rate, loss):
        self.ends = {client: server, server: client}
        self.client = client
        self.delay, self.rate, self.loss = rtt / 2000, rate, loss / 100
        self.dropping = False
        self.received = 0
        self.free_at = {client: 0.0, server: 0.0}
        self.waiting = {client: 0, server: 0}
        self.random = random.Random(20261123)

    def start(self):
        for end in self.ends:
            asyncio.get_running_loop().add_reader(end, self.take, end)

    def take(self, end):
        """A packet that leaves @end: its bits take their turn on the wire, then its way."""
        loop = asyncio.get_running_loop()
        try:
            packet = os.read(end, 65536)
        except BlockingIOError:
            return
        if self.dropping or self.random.random() < self.loss or self.waiting[end] >= QUEUE:
            return
        now = loop.time()
        self.free_at[end] = max(now, self.free_at[end]) + (len(packet) * 8 / self.rate if self.rate else 0)
        self.waiting[end] += 1
        loop.call_at(self.free_at[end] + self.delay, self.give, end, packet)

    def give(self, end, packet):
        self.waiting[end] -= 1
        if self.dropping:
            return
        self.received += len(packet) if self.ends[end] == self.client else 0
        try:
            os.write(self.ends[end], packet)
        except BlockingIOError:
            pass  # as a full modem: lost

    def obey(self, words):
        answer = "ok"
        if words[0] == "rtt":
            self.delay = float(words[1]) / 2000
        elif words[0] == "rate":
            self.rate = int(words[1])
        elif words[0] == "loss":
            self.loss = float(words[1]) / 100
        elif words[0] in ("drop", "pass"):
            self.dropping = words[0] == "drop"
        elif words[0] == "count":
            answer, self.received = str(self.received), 0
        else:
            answer = "unknown"
        return answer


async def pump(reader, writer):
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.close()


async def serve(directory, reader, writer):
    """What comes out of the wire at the server's end goes to its socket."""
    there, back = await asyncio.open_unix_connection(f"{directory}/.s.PGSQL.{PORT}")
    await asyncio.gather(pump(reader, back), pump(there, writer), return_exceptions=True)
    back.close()
    writer.close()


async def control(wire, reader, writer):
    while line := await reader.readline():
        writer.write((wire.obey(line.decode().split()) + "\n").encode())
        await writer.drain()
    writer.close()


async def main(options, client, listener, wire):
    wire.start()
    await asyncio.start_server(lambda r, w: serve(options.directory, r, w), sock=listener)
    with tempfile.TemporaryDirectory(prefix="softwhere-wire.") as folder:
        await asyncio.start_unix_server(lambda r, w: control(wire, r, w), f"{folder}/control")
        command = await asyncio.create_subprocess_exec(
            *options.command, env={**os.environ, "SOFTWHERE_WIRE": f"{folder}/control", "SOFTWHERE_WIRE_HOST": SERVER},
            preexec_fn=lambda: enter(client))
        return await command.wait()


def prepare(options):
    """One namespace for the client, then one for the server's end."""
    enter(None)
    client = os.open("/proc/self/ns/net", os.O_RDONLY)
    near = make_end(CLIENT, SERVER)
    enter(None)
    far = make_end(SERVER, CLIENT)
    listener = socket.create_server((SERVER, PORT))
    return client, listener, Wire(near, far, options.rtt, options.rate, options.loss)


parser = argparse.ArgumentParser()
parser.add_argument("--rtt", type=float, default=0)
parser.add_argument("--rate", type=int, default=0)
parser.add_argument("--loss", type=float, default=0)
parser.add_argument("command", nargs=argparse.REMAINDER)
arguments = parser.parse_args()
try:
    prepared = prepare(arguments)
except (OSError, subprocess.CalledProcessError) as error:
    print(f"no wire on this machine: {error}", file=sys.stderr)
    sys.exit(77)
if not arguments.command:  # only asked whether this machine can
    sys.exit(0)
arguments.directory = re.search(r"host=([^&]+)", os.environ["SOFTWHERE_TEST_URI"])[1]
sys.exit(asyncio.run(main(arguments, *prepared)))
