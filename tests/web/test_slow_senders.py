"""People on very slow networks keep nobody else waiting: the real server, with its own defaults."""

from __future__ import annotations

import socket
import urllib.request
from contextlib import ExitStack
from pathlib import Path

from tests.browser.server import LiveServer

SENDERS = 100
HEAD = (
    b"POST /fr/dcem/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 500\r\n\r\na"
)


def test_a_hundred_slow_senders_keep_nobody_out(tmp_path: Path) -> None:
    server = LiveServer(tmp_path).start()
    try:
        with ExitStack() as senders:
            slow = [senders.enter_context(socket.create_connection(("127.0.0.1", server.port))) for _ in range(SENDERS)]
            for one in slow:
                one.sendall(HEAD)
            for _ in range(5):
                for one in slow:
                    one.sendall(b"b")
                # They have not finished; with too few threads this is never answered.
                with urllib.request.urlopen(f"{server.url}/fr/", timeout=90) as reply:
                    assert reply.status == 200
    finally:
        server.stop()
