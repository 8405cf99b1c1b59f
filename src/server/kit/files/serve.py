#!/usr/bin/env python3
"""Serves an app of this stick to this machine alone: python3 serve.py SITE_FOLDER HOST PORT

The same as serve.pl, where there is Python 3 and no Perl. Answers lie whole in SITE_FOLDER, see routes.txt there.
Prints the number of the process that goes on in the background once it listens. Ends with 3 when the app of this
address is served already, with 4 when another program holds the port.
"""
import os
import re
import socket
import socketserver
import sys

site, host, port = sys.argv[1], sys.argv[2], int(sys.argv[3])
MAX_HEAD = 16384
PATIENCE = 10


def bytes_of(name):
    with open(os.path.join(site, name), 'rb') as file:
        return file.read()


def answer_to(request):
    routes = dict(line.split(' ') for line in bytes_of('routes.txt').decode().splitlines())
    asked = re.search(rb'^host: *(\S+) *\r$', request, re.I | re.M)
    if not asked or asked[1].lower() != f'{host}:{port}'.encode():
        return bytes_of(routes['421'])
    line = re.match(rb'(GET|HEAD) (/[^?\s]*)\S* HTTP/1\.[01]\r\n', request)
    if not line:
        return bytes_of(routes['405'])
    path = line[2].decode('latin-1')
    is_page = not path.startswith('/api/') and '.' not in path.rsplit('/', 1)[1]
    answer = bytes_of(routes.get(path) or routes['/' if is_page else '404'])
    return answer.split(b'\r\n\r\n', 1)[0] + b'\r\n\r\n' if line[1] == b'HEAD' else answer


class Visit(socketserver.BaseRequestHandler):
    def handle(self):
        self.request.settimeout(PATIENCE)
        head = b''
        try:
            while b'\r\n\r\n' not in head:
                got = self.request.recv(4096)
                if not got or len(head) > MAX_HEAD:
                    return
                head += got
            self.request.sendall(answer_to(head))
        except OSError:
            pass


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64


def is_served():
    try:
        with socket.create_connection(('127.0.0.1', port), 3) as other:
            other.sendall(f'GET /kit.json HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n'.encode())
            answer = b''
            while len(answer) < MAX_HEAD:
                got = other.recv(4096)
                if not got:
                    break
                answer += got
        return f'"http://{host}:{port}"'.encode() in answer
    except OSError:
        return False


try:
    server = Server(('127.0.0.1', port), Visit)
except OSError:
    sys.exit(3 if is_served() else 4)
child = os.fork()
if child:
    print(child)
    sys.stdout.flush()
    os._exit(0)
nothing = os.open(os.devnull, os.O_RDWR)
for descriptor in (0, 1, 2):
    os.dup2(nothing, descriptor)
server.serve_forever()
