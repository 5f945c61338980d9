"""`python -m bench.rush`: how fast replies come while more and more people arrive, as before the end of a month.

The service runs as it is shipped, with two workers. Requests arrive by a Poisson process; its rate climbs from stage to
stage until replies no longer keep up. A reply is timed from the moment at which its request was due, so that a client
that waits hides nothing. Ends by itself. Prints the table and the plot of docs/performance.md.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from PIL import Image

from bench.load import build, send
from bench.person import STEP, Draft, begin, filled
from bench.servers import Server, guichet, serving

RATES = (20, 40, 80, 160, 240, 320, 400, 500, 600, 700)
"""Requests a second in each stage: the climb before a last day on which one may file."""
SECONDS, PEOPLE, WORKERS = 7.0, 24, 2
SLOW = 1000.0
"""Milliseconds: where the slowest hundredth waits longer, no further stage is begun."""
KEPT, CHECKS, UPLOADS = 0.95, 8, 40
"""The knee is where a smaller share of what arrives is answered as it arrives, or where one is slow.
Every so many requests of a person: check answers, a photo.
"""
MOST_PHOTOS = 3
BAR = 40
"""Width of the plot, in characters."""


@dataclass(frozen=True, slots=True)
class Timed:
    """What was asked, and milliseconds from when it was due to the end of its reply."""

    what: str
    ms: float


@dataclass(frozen=True, slots=True)
class Stage:
    """What came of one rate: requests a second that `arrived` and that were `answered`, until the last reply; `cpu` is
    the milliseconds of the server's CPU for each.
    """

    rate: float
    arrived: float
    answered: float
    cpu: float
    timed: tuple[Timed, ...]

    def within(self, share: float, what: str = "") -> float:
        """Milliseconds within which this share of the replies had come; of one kind, or of all."""
        found = sorted(one.ms for one in self.timed if what in ("", one.what))
        return found[min(len(found) - 1, int(len(found) * share))] if found else 0.0

    def cell(self, what: str) -> str:
        """Of one kind of request; nothing where none arrived."""
        found = any(one.what == what for one in self.timed)
        return f"{self.within(0.5, what):.0f}, {self.within(0.99, what):.0f}" if found else ""


class Walker:
    """A person who opens a page, sends it, opens it again; now and then looks at all answers, or sends a photo."""

    def __init__(self, server: Server, draft: Draft, photo: bytes, begun: int = 0) -> None:
        """`begun` requests were sent before, so that not everybody sends a photo at once."""
        self._server, self._draft, self._count, self._posted = server, draft, count(begun), count()
        self._posts = draft.valid_posts(STEP)
        self._photo = _photo_of(draft, photo)
        self._photos = 0

    def go_on(self) -> str:
        """Send the next request; what it was. Raises `RuntimeError` on an answer that it should not get."""
        number = next(self._count)
        if number % UPLOADS == UPLOADS - 1 and self._photos < MOST_PHOTOS:
            self._photos += 1
            return self._sent("photo", self._photo, 303)
        if number % CHECKS == CHECKS - 1:
            return self._sent("check answers", self._draft.get("check"), 200)
        if number % 2:
            return self._sent("step, valid POST", self._posts[next(self._posted) % 2], 303)
        return self._sent("step, GET", self._draft.get(STEP), 200)

    def _sent(self, what: str, request: bytes, status: int) -> str:
        reply = send(self._server, request)
        if f" {status} ".encode() not in reply[:16]:
            raise RuntimeError(f"{what}: not {status}\n{reply[:300]!r}")
        return what


def _photo_of(draft: Draft, photo: bytes) -> bytes:
    """The request that sends a photo for the first document."""
    person = draft.person
    _, page = person.get(draft.page("documents"))
    action, sent = filled(page.body, "file")
    boundary = "guichet-bench"
    fields = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in sent.items()
        if name != "file"
    ]
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="photo.jpg"\r\n'
    body = (
        "".join([*fields, head, "Content-Type: image/jpeg\r\n\r\n"]).encode() + photo + f"\r\n--{boundary}--".encode()
    )
    request = build("POST", action, cookie=person.cookie)
    start = request[: request.index(b"Content-Type:")].decode()
    told = f"Content-Type: multipart/form-data; boundary={boundary}\r\nContent-Length: {len(body)}\r\n\r\n"
    return (start + told).encode() + body


def photo() -> bytes:
    """A JPEG as large as a small photo of a paper."""
    out = io.BytesIO()
    Image.effect_noise((640, 480), 40).save(out, "JPEG", quality=60)
    return out.getvalue()


def arrivals(rate: float, seconds: float, chance: random.Random) -> Iterator[float]:
    """Moments of a Poisson process, in seconds from its beginning."""
    at = chance.expovariate(rate)
    while at < seconds:
        yield at
        at += chance.expovariate(rate)


def stage(server: Server, walkers: Sequence[Walker], rate: float, seconds: float, chance: random.Random) -> Stage:
    """Let requests come at one rate until all of them are answered. Each walker does one thing at a time."""
    due, lock = iter(list(arrivals(rate, seconds, chance))), threading.Lock()
    before, began = server.cpu_seconds(), time.perf_counter()

    def walk(walker: Walker) -> list[Timed]:
        timed: list[Timed] = []
        while True:
            with lock:
                moment = next(due, None)
            if moment is None:
                return timed
            time.sleep(max(0.0, began + moment - time.perf_counter()))
            what = walker.go_on()
            timed.append(Timed(what, (time.perf_counter() - began - moment) * 1000))

    with ThreadPoolExecutor(len(walkers)) as pool:
        timed = tuple(one for found in pool.map(walk, walkers) for one in found)
    lasted, asked = max(seconds, time.perf_counter() - began), max(1, len(timed))
    return Stage(rate, asked / seconds, asked / lasted, (server.cpu_seconds() - before) * 1000 / asked, timed)


def knee(stages: Sequence[Stage]) -> float | None:
    """The first rate at which more arrives than is answered, so that a queue grows; or replies become slow."""
    return next((at.rate for at in stages if at.answered < KEPT * at.arrived or at.within(0.99) > SLOW), None)


def report(stages: Sequence[Stage]) -> None:
    kinds = sorted({one.what for reached in stages for one in reached.timed})
    print("Milliseconds within which half, and 99 in 100, of the replies had come.\n")
    print("| arrive, a second | answered | CPU each, ms |", " | ".join(kinds), "|")
    print("|", " | ".join(["---"] * (3 + len(kinds))), "|")
    for one in stages:
        cells = [one.cell(what) for what in kinds]
        print(f"| {one.arrived:.0f} | {one.answered:.0f} | {one.cpu:.2f} |", " | ".join(cells), "|")
    print("\n```text\nmedian of all replies, times that of the first stage\n")
    most = max(one.within(0.5) for one in stages)
    for one in stages:
        times = one.within(0.5) / stages[0].within(0.5)
        print(f"{one.rate:5.0f} a second {'#' * max(1, round(BAR * one.within(0.5) / most))} {times:.1f}")
    found = knee(stages)
    print(f"\nknee: {'not reached' if found is None else f'{found:.0f} a second'}\n```")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench.rush", description=__doc__)
    parser.add_argument("--rates", type=float, nargs="+", default=list(RATES), help="requests a second, by stage")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="how long a stage lasts")
    parser.add_argument("--people", type=int, default=PEOPLE, help="how many can wait for a reply at once")
    chosen = parser.parse_args(arguments)
    chance, image = random.Random(7), photo()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        with serving(*guichet(data, WORKERS)) as server:
            walkers = [Walker(server, begin(server, data), image, number * 5) for number in range(chosen.people)]
            stages: list[Stage] = []
            for rate in chosen.rates:
                stages.append(stage(server, walkers, rate, chosen.seconds, chance))
                if stages[-1].within(0.99) > SLOW:
                    break
    report(stages)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
