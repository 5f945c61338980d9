"""A client that costs little, so that two cores are enough for it and the server: one connection for each request."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from bench.servers import Server


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Job:
    """One kind of request to one server. `requests` are sent in turn, so that a POST can change something each time."""

    server: Server
    requests: Sequence[bytes]
    status: int


@dataclass(frozen=True)
class Cost:
    """Milliseconds of CPU for each request, and how many times those of the baseline; medians of the rounds."""

    ms: float
    ratio: float


ACCEPT = "gzip, deflate, br"
"""What browsers take."""


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


def compare(jobs: Sequence[Job], *, times: int, rounds: int) -> list[Cost]:
    """The cost of each job; the first one is the baseline of the ratios.

    In every round each server gets `times` requests, one server after the other: other work on the machine then burdens
    all of them alike, and the median drops the rounds that it burdened unequally. Raises AssertionError on any other
    status than a job expects: a page of errors is cheap.
    """
    for job in jobs:
        _batch(job, times)
    measured = [[_batch(job, times) for job in jobs] for _ in range(rounds)]
    return [
        Cost(median(costs[place] for costs in measured), median(costs[place] / costs[0] for costs in measured))
        for place in range(len(jobs))
    ]


def _batch(job: Job, times: int) -> float:
    expected = f" {job.status} ".encode()
    before = job.server.cpu_seconds()
    for number in range(times):
        reply = send(job.server, job.requests[number % len(job.requests)])
        assert expected in reply[:16], f"{job.server.name}: not {job.status}\n{reply[:300]!r}"
    return (job.server.cpu_seconds() - before) * 1000 / times


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
