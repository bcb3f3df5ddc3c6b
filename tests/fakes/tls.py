#!/usr/bin/python3
"""The TLS of a PostgreSQL that has none: what a network is to a socket directory.

    tls.py SERVER CERTIFICATE KEY

It prints the port it listens on, answers the request for encryption as PostgreSQL does, and passes the rest on.
"""

import select
import socket
import socketserver
import ssl
import struct
import sys

WANTS_TLS = struct.pack("!ii", 8, 80877103)  # SSLRequest of the protocol, 55.7


class Client(socketserver.BaseRequestHandler):
    def handle(self):
        asked = self.request.recv(8, socket.MSG_WAITALL)
        if asked != WANTS_TLS:
            return
        self.request.sendall(b"S")
        try:
            with self.server.context.wrap_socket(self.request, server_side=True) as client, \
                    socket.socket(socket.AF_UNIX) as server:
                server.connect(f"{self.server.directory}/.s.PGSQL.5432")
                self.pass_on(client, server)
        except OSError:  # a client that does not trust the certificate leaves in the middle
            pass

    @staticmethod
    def pass_on(client, server):
        while True:
            ready = [client] if client.pending() else select.select([client, server], [], [])[0]
            for one in ready:
                data = one.recv(65536)
                if not data:
                    return
                (server if one is client else client).sendall(data)


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self, directory, certificate, key):
        super().__init__(("127.0.0.1", 0), Client)
        self.directory = directory
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate, key)


with Server(*sys.argv[1:]) as listening:
    print(listening.server_address[1], flush=True)
    listening.serve_forever()
