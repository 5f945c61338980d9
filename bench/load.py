"""A client that costs little, so that two cores are enough for it and the server: one connection for each request."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass

from bench.servers import Server


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Cost:
    """Milliseconds of the server's CPU for each request."""

    server: str
    what: str
    ms: float


def build(method: str, path: str, *, cookie: str = "", form: str = "", accept: str = "identity") -> bytes:
    """A request as bytes. The host is the same for every server: it is part of what is measured."""
    body = form.encode()
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close", f"Accept-Encoding: {accept}"]
    if cookie:
        lines.append(f"Cookie: {cookie}")
    if method == "POST":
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


def send(server: Server, request: bytes) -> bytes:
    """The whole reply, as bytes."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
        connection.sendall(request)
        parts = []
        while part := connection.recv(262_144):
            parts.append(part)
    return b"".join(parts)


def ask(server: Server, request: bytes) -> Reply:
    head, _, body = send(server, request).partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(": ")
        headers[name.lower()] = f"{headers[name.lower()]}\n{value}" if name.lower() in headers else value
    if headers.get("transfer-encoding") == "chunked":
        body = _unchunk(body)
    return Reply(int(first.split()[1]), headers, body)


def measure(server: Server, what: str, requests: Callable[[int], bytes], *, status: int, times: int) -> Cost:
    """Send `requests(0)`, `requests(1)`, … and read the CPU time before and after.

    Raises AssertionError on any other status: a page of errors is cheap.
    """
    expected = f" {status} ".encode()
    for number in range(times // 10):
        assert expected in send(server, requests(number))[:16], send(server, requests(number))[:500]
    before = server.cpu_seconds()
    for number in range(times // 10, times // 10 + times):
        assert expected in send(server, requests(number))[:16], f"{server.name}, {what}: not {status}"
    return Cost(server.name, what, (server.cpu_seconds() - before) * 1000 / times)


def _unchunk(body: bytes) -> bytes:
    parts = []
    while body:
        size, _, body = body.partition(b"\r\n")
        length = int(size, 16)
        if length == 0:
            break
        parts.append(body[:length])
        body = body[length + 2 :]
    return b"".join(parts)
