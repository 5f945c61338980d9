"""`make bench`: CPU per request and bytes per page, in one run, as ratios to two baselines.

Exit code 1 where a bar of the project is missed.
"""

from __future__ import annotations

import argparse
import gzip
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import brotli

from bench.load import Cost, ask, build, measure
from bench.person import START, Step, first_step
from bench.servers import Server, guichet, gunicorn, serving

TIMES = 1500
ROUNDS = 3
GET_BAR = 4.0
"""A step GET costs at most this many times bare Flask returning the same bytes."""
PAGE_BAR, SCRIPTS_BAR = 10_000, 26_000
"""First form page, compressed, in bytes: HTML and CSS; the same with scripts."""
ANSWERS = {"name": "Diop", "first_names": "Awa", "born": "2015-03-02", "sex": "f", "country": "SN", "email": ""}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--times", type=int, default=TIMES, help="requests in each round")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="rounds; the least of each is kept")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        return run(Path(folder), chosen.times, chosen.rounds)


def run(folder: Path, times: int, rounds: int) -> int:
    bodies = folder / "bodies"
    bodies.mkdir()
    with serving(*guichet(folder / "data")) as app:
        step = first_step(app)
        bodies.joinpath("step.html").write_bytes(step.page)
        hand = gunicorn("by hand", "bench.handwritten:application", {"BENCH_DATABASE": str(folder / "hand.sqlite")})
        bare = gunicorn("bare Flask", "bench.bare:application", {"BENCH_BODIES": str(bodies)})
        with serving(*bare) as first, serving(*hand) as second:
            costs = [cost for _ in range(rounds) for cost in _round(app, step, first, second, times)]
            memory = {server.name: server.memory_mib() for server in (app, first, second)}
        print_costs(costs, memory)
        weights = weigh(app, step)
    print_weights(weights)
    return verdict(costs, weights)


def _round(app: Server, step: Step, bare: Server, hand: Server, times: int) -> list[Cost]:
    form = urlencode({**ANSWERS, "action": "continue"})
    baseline = "/step"
    same: Callable[[bytes], Callable[[int], bytes]] = lambda request: lambda _: request  # noqa: E731
    return [
        measure(app, "GET", same(build("GET", step.path, cookie=step.cookie)), status=200, times=times),
        measure(bare, "GET", same(build("GET", baseline, cookie=step.cookie)), status=200, times=times),
        measure(hand, "GET", same(build("GET", baseline, cookie="draft=1")), status=200, times=times),
        measure(app, "POST", step.posts, status=303, times=times),
        measure(bare, "POST", same(build("POST", baseline, cookie=step.cookie, form=form)), status=303, times=times),
        measure(hand, "POST", same(build("POST", baseline, cookie="draft=1", form=form)), status=303, times=times),
    ]


def least(costs: list[Cost], server: str, what: str) -> float:
    """The quietest round: other work on the machine can only add."""
    return min(cost.ms for cost in costs if (cost.server, cost.what) == (server, what))


def print_costs(costs: list[Cost], memory: dict[str, float]) -> None:
    print("CPU per request, milliseconds (a step; POST is valid, changes an answer and saves it)\n")
    print(f"{'':12} {'GET':>8} {'x bare':>8} {'POST':>8} {'x bare':>8} {'MiB':>8}")
    for server in dict.fromkeys(cost.server for cost in costs):
        row = [f"{server:12}"]
        for what in ("GET", "POST"):
            value = least(costs, server, what)
            row.append(f"{value:8.3f} {value / least(costs, 'bare Flask', what):8.2f}")
        print(*row, f"{memory[server]:8.0f}")


def weigh(app: Server, step: Step) -> dict[str, int]:
    """Bytes of the first form page as they travel, and of what it loads. What is sent plain is compressed here."""
    html = step.page.decode()
    style = re.findall(r'<link rel="stylesheet" href="([^"]+)"', html)
    scripts = re.findall(r'<script[^>]* src="([^"]+)"', html)
    weights = {"HTML": _travels(app, build("GET", step.path, cookie=step.cookie, accept="br, gzip"))}
    for name, paths in (("CSS", style), ("scripts", scripts)):
        weights[name] = sum(_travels(app, build("GET", path, accept="br, gzip")) for path in paths)
    weights["start page HTML"] = _travels(app, build("GET", START, accept="br, gzip"))
    return weights


def _travels(app: Server, request: bytes) -> int:
    reply = ask(app, request)
    if reply.status != 200:
        raise RuntimeError(f"{request[:80]!r} answered {reply.status}")
    if "content-encoding" in reply.headers:
        return len(reply.body)
    return min(len(brotli.compress(reply.body, quality=5)), len(gzip.compress(reply.body, 6)))


def print_weights(weights: dict[str, int]) -> None:
    print("\nBytes of the first form page, compressed\n")
    for name, size in weights.items():
        print(f"{name:16} {size:8}")


def verdict(costs: list[Cost], weights: dict[str, int]) -> int:
    page = weights["HTML"] + weights["CSS"]
    ratio = least(costs, "Guichet", "GET") / least(costs, "bare Flask", "GET")
    bars = [
        ("step GET against bare Flask", ratio, GET_BAR),
        ("HTML and CSS, bytes", page, PAGE_BAR),
        ("with scripts, bytes", page + weights["scripts"], SCRIPTS_BAR),
    ]
    print()
    for what, value, bar in bars:
        print(f"{'held  ' if value <= bar else 'MISSED'} {what}: {value:.6g}, at most {bar:g}")
    return 0 if all(value <= bar for _, value, bar in bars) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
