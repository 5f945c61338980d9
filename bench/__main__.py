"""`make bench`: CPU per request and bytes per page, in one run, as ratios to two baselines.

Exit code 1 where a bar of the project is missed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from app.web.walked import DRAFTS
from bench.bars import held
from bench.load import Cost, Job, ask, build, compare
from bench.person import CHANGED, COUNTRIES, STEP, Draft, Person, begin, filled
from bench.servers import Server, guichet, gunicorn, serving
from bench.weight import first_page, weigh

TIMES, ROUNDS = 100, 15
GET, COLD, VALID, INVALID = "step, GET", "step, GET, draft not seen lately", "step, valid POST", "step, invalid POST"
CPU_BARS = {GET: 4.0, VALID: 4.0}
"""How many times bare Flask returning the same bytes a request may cost."""
PAGE_BAR, SCRIPTS_BAR = 10_000, 26_000
"""First form page, compressed, in bytes: HTML and CSS; the same with scripts."""

Others = tuple[tuple[bytes, ...], list[bytes]]
"""Invalid POSTs of one draft; the GETs of more drafts than a process remembers."""


@dataclass(frozen=True)
class Row:
    """What one kind of request costs. `hand` None: nothing by hand is like it."""

    what: str
    bare: Cost
    guichet: Cost
    hand: Cost | None = None


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--times", type=int, default=TIMES, help="requests to each server in each round")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="rounds; medians are printed")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        return run(Path(folder), chosen.times, chosen.rounds)


def run(folder: Path, times: int, rounds: int) -> int:
    with serving(*guichet(folder / "data")) as app:
        draft, other = begin(app, folder / "data"), begin(app, folder / "data")
        crowd = [begin(app, folder / "data").get(STEP) for _ in range(DRAFTS + 1)]
        invalid = other.invalid_posts(STEP)
        pages = {name: draft.get(name) for name in (STEP, COUNTRIES, "check")}
        _keep_bodies(folder, app, {**pages, "again": invalid[0]})
        bare = gunicorn("bare Flask", "bench.bare:application", {"BENCH_BODIES": str(folder)})
        hand = gunicorn("by hand", "bench.handwritten:application", {"BENCH_DATABASE": str(folder / "hand.sqlite")})
        with serving(*bare) as first, serving(*hand) as second:
            groups = _groups((first, app, second), draft, pages, (invalid, crowd))
            rows = [Row(what, *compare(jobs, times=times, rounds=rounds)) for what, jobs in groups]
            print_costs(rows, [(server.name, server.memory_mib()) for server in (first, app, second)])
        weights = weigh(app, draft.get(STEP))
    return verdict(rows, weights)


def _keep_bodies(folder: Path, app: Server, requests: Mapping[str, bytes]) -> None:
    """What bare Flask will return."""
    for name, request in requests.items():
        folder.joinpath(f"{name}.html").write_bytes(ask(app, request).body)


def _groups(
    servers: tuple[Server, Server, Server],
    draft: Draft,
    pages: Mapping[str, bytes],
    others: tuple[tuple[bytes, ...], list[bytes]],
) -> Iterator[tuple[str, list[Job]]]:
    """For each kind of request the jobs to compare, the baseline first."""
    bare, app, hand = servers
    invalid, crowd = others
    form = urlencode({"birth_name": "Diallo", "first_names": "Awa Marie", "sex": "f", "action": "continue"})

    def plain(name: str) -> bytes:
        return build("GET", f"/{name}", cookie=draft.person.cookie)

    def posted(path: str) -> list[bytes]:
        return [build("POST", path, cookie=draft.person.cookie, form=form)]

    get_by_hand, valid_by_hand, invalid_by_hand = _by_hand(hand)
    yield (
        GET,
        [Job(bare, [plain(STEP)], 200), Job(app, [pages[STEP]], 200), Job(hand, [get_by_hand], 200)],
    )
    yield COLD, [Job(bare, [plain(STEP)], 200), Job(app, crowd, 200)]
    yield (
        VALID,
        [
            Job(bare, posted(f"/{STEP}"), 303),
            Job(app, draft.valid_posts(STEP), 303),
            Job(hand, valid_by_hand, 303),
        ],
    )
    yield INVALID, [Job(bare, posted("/again/again"), 422), Job(app, invalid, 422), Job(hand, invalid_by_hand, 422)]
    yield "two lists of countries, GET", [Job(bare, [plain(COUNTRIES)], 200), Job(app, [pages[COUNTRIES]], 200)]
    yield "check answers, GET", [Job(bare, [plain("check")], 200), Job(app, [pages["check"]], 200)]


def _by_hand(hand: Server) -> tuple[bytes, list[bytes], list[bytes]]:
    """The same requests for the page by hand: GET, valid POST, invalid POST."""
    person = Person(hand)
    _, page = person.get("/step")
    _, form = filled(page.body, "csrf_token")
    form |= {"birth_name": "Diallo", "first_names": "Awa Marie", "sex": "f", "action": "continue"}

    def post(**typed: str) -> bytes:
        return build("POST", "/step", cookie=person.cookie, form=urlencode({**form, **typed}))

    valid = [post(**{CHANGED: name}) for name in ("Diallo", "Traoré")]
    invalid = [post(**{CHANGED: name, "first_names": "", "sex": ""}) for name in ("123", "456")]
    return build("GET", "/step", cookie=person.cookie), valid, invalid


def print_costs(rows: list[Row], memory: list[tuple[str, float]]) -> None:
    print("Milliseconds of CPU per request; in brackets, how many times bare Flask returning the same bytes\n")
    print(f"{'':32} {'bare Flask':>10} {'Guichet':>16} {'by hand':>16}")
    for row in rows:
        hand = f"{row.hand.ms:8.3f} ({row.hand.ratio:5.2f})" if row.hand else ""
        print(f"{row.what:32} {row.bare.ms:10.3f} {row.guichet.ms:8.3f} ({row.guichet.ratio:5.2f}) {hand:>16}")
    print("\nMemory:", ", ".join(f"{name} {mib:.0f} MiB" for name, mib in memory))


def verdict(rows: list[Row], weights: Mapping[str, int]) -> int:
    print("\nBytes as they travel\n")
    for name, size in weights.items():
        print(f"{name:28} {size:8}")
    page, scripts = first_page(weights)
    bars = [(row.what, row.guichet.ratio, CPU_BARS[row.what]) for row in rows if row.what in CPU_BARS]
    bars += [("first form page, HTML and CSS", page, PAGE_BAR), ("the same with scripts", scripts, SCRIPTS_BAR)]
    print()
    return 0 if held(bars) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
