"""`python -m bench.growth`: whether a page costs the same with more procedures, questions, people in a list and drafts.

Everything runs in this process, without a server: only the program and the database are measured. Each row is compared
with the first one of its table, round by round. Prints the tables of docs/performance.md. Exit code 1 where a bar of
the project is missed.
"""

from __future__ import annotations

import argparse
import gc
import io
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import text

from app.spec.compiler import compile_text
from app.store import Store
from app.store.migrate import upgrade
from app.web.factory import build_app
from app.web.settings import Settings
from app.web.site import EXTENSION, Site
from app.web.storage import database_url, open_storage
from bench.bars import held
from bench.person import filled

SLUG = "essai"
SIZES: dict[str, tuple[int, ...]] = {
    "procedures": (1, 10, 100, 1000),
    "questions": (10, 100, 500),
    "people": (1, 10, 50),
    "drafts": (1_000, 10_000, 100_000),
}
FLAT, CHECK_BAR = 1.10, 15.0
"""How many times the first row a row of procedures or drafts may cost; ms of CPU of the largest check answers."""
TIMES, ROUNDS = 40, 9
LARGEST = (500, 50)
"""Questions and people of the draft whose check answers have a bar."""


def made_up(questions: int, *, people: bool = False, slug: str = SLUG) -> str:
    """A procedure of so many questions, five to a page; with `people`, a list of persons with three questions each."""
    lines = [
        f'procedure: "{slug}"\nlanguage: "fr"\ntitle: "Un essai"\nsummary: "Un essai."\nauthority: "La préfecture"',
        'sources: [{title: "CESEDA", kind: "law"}]\nchecked_on: "2026-11-20"\nreview_by: "2099-02-20"\nsteps:',
    ]
    for number in range(questions):
        if number % 5 == 0:
            lines.append(f'  - id: "step{number // 5}"\n    title: "Étape {number // 5}"\n    fields:')
        lines.append(f'      - {{id: "q{number}", kind: "text", label: "Question {number}"}}')
    if people:
        lines.append('  - id: "people"\n    title: "Les personnes"')
        lines.append('    repeat: {min: 1, max: 50, item: "{answer.person_name}"}\n    fields:')
        lines += [
            f'      - {{id: "person_{one}", kind: "name", label: "Nom {one}"}}' for one in ("name", "other", "use")
        ]
    lines.append('channels: {post: {kind: "post", title: "La poste", source: "R431-2"}}')
    lines.append('contacts: [{title: "Le centre", phone: "0 806 001 620"}]')
    return "\n".join(lines) + "\n"


def answered(questions: int, people: int) -> dict[str, Any]:
    answers: dict[str, Any] = {f"q{number}": f"Réponse {number}" for number in range(questions)}
    if people:
        answers["people"] = [
            {"id": str(one), "answers": {f"person_{what}": f"Awa {chr(64 + one)}" for what in ("name", "other", "use")}}
            for one in range(1, people + 1)
        ]
    return answers


@dataclass
class Place:
    """An installation in this process with one draft that is answered; `base` is its address."""

    app: Flask
    store: Store
    base: str
    cookie: str

    def ask(self, method: str, page: str, form: str = "") -> tuple[str, bytes]:
        """Status and body of one request."""
        got: list[str] = []
        body = form.encode()
        environ = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": f"{self.base}/{page}",
            "QUERY_STRING": "",
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_COOKIE": self.cookie,
            "CONTENT_TYPE": "application/x-www-form-urlencoded" if body else "",
            "CONTENT_LENGTH": str(len(body)) if body else "",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }

        def start(status: str, _headers: Any, *_failure: Any) -> Callable[[bytes], object]:
            got.append(status[:3])
            return got.append  # type: ignore[return-value]

        reply = self.app.wsgi_app(environ, start)
        return got[0], b"".join(reply)

    def getting(self, page: str) -> Callable[[int], None]:
        """A request for a page; it fails unless the page is shown."""

        def run(_number: int) -> None:
            status, body = self.ask("GET", page)
            assert status == "200", (status, page, body[:500])

        return run

    def posting(self, page: str, control: str) -> Callable[[int], None]:
        """Two valid POSTs in turn that undo each other."""
        forms = []
        for typed in ("Diallo", "Traoré", "Diallo"):
            sent = {**filled(self.ask("GET", page)[1], "digest")[1], "action": "continue", control: typed}
            forms.append(urlencode(sent))
            assert self.ask("POST", page, forms[-1])[0] == "303"

        def run(number: int) -> None:
            status, body = self.ask("POST", page, forms[1 + number % 2])
            assert status == "303", (status, page, body[:500])

        return run


def _migrated(folder: Path) -> Path:
    """An empty database with all its tables, made once for all installations beside it."""
    made = folder / "guichet.sqlite3"
    if not made.exists():
        upgrade(database_url(Settings.read({"GUICHET_DATA": str(folder)})))
    return made


@contextmanager
def placed(folder: Path, *, questions: int = 10, people: int = 0, procedures: int = 1) -> Iterator[Place]:
    """An installation of so many procedures, one draft of which has all its answers."""
    settings = Settings.read({"GUICHET_DATA": str(folder / "data"), "GUICHET_PROCEDURES": str(folder / "procedures")})
    settings.data.mkdir(parents=True)
    shutil.copy(_migrated(folder.parent), settings.data)
    compiled = compile_text(made_up(questions, people=people > 0))
    assert compiled.procedure is not None, compiled.diagnostics
    store = open_storage(settings)
    for number in range(procedures):
        slug = f"{SLUG}-{number}" if number else SLUG
        # What a start looks for; the revision itself comes from the database.
        made = folder / "procedures" / slug / "procedure.yaml"
        made.parent.mkdir(parents=True)
        made.touch()
        store.revisions.publish(slug, compiled.canonical.replace(f'"{SLUG}"', f'"{slug}"'))
    revision = store.revisions.latest(SLUG)
    assert revision is not None
    data = {"answers": answered(questions, people)}
    record, token, _ = store.drafts.create(SLUG, revision.sha256, "fr", "prepare", data)
    store.close()
    app = build_app(settings)
    site: Site = app.extensions[EXTENSION]
    prefix = "__Host-guichet-" if settings.https else "guichet-"
    try:
        yield Place(app, site.store, f"/fr/{SLUG}/{record.id}", f"{prefix}{record.id}={token}")
    finally:
        site.store.close()


def fill(store: Store, drafts: int) -> None:
    """Copy the only draft until there are so many; each copy has an id, a code and an access of its own."""
    with store.database.write() as connection:
        held = connection.execute(text("SELECT COUNT(*) FROM drafts")).scalar_one()
        connection.execute(text(_COPY_DRAFTS), {"first": held, "count": drafts})
        connection.execute(text(_COPY_ACCESS))


_NAMES = "procedure, revision, locale, mode, state, version, started_at, changed_at, expires_at"
_COPY_DRAFTS = f"""
WITH RECURSIVE numbers(n) AS (SELECT :first UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < :count)
INSERT INTO drafts (id, {_NAMES}, code_tag, wrapped_key, data)
SELECT lower(hex(randomblob(5))) || (n % 10), {_NAMES}, randomblob(32), wrapped_key, data
FROM numbers, (SELECT * FROM drafts ORDER BY started_at, id LIMIT 1) WHERE :first < :count
"""
_COPY_ACCESS = """
INSERT INTO access (draft_id, token_tag, granted_at) SELECT id, randomblob(32), started_at FROM drafts
WHERE id NOT IN (SELECT draft_id FROM access)
"""


@dataclass(frozen=True, slots=True)
class Row:
    """What one request costs at one size: milliseconds of CPU, and how many times those of the first size."""

    size: int
    what: str
    ms: float
    ratio: float


Job = tuple[int, str, Callable[[int], None]]
"""Size, request, and what runs it."""


def measure(jobs: Sequence[Job], *, times: int, rounds: int) -> list[Row]:
    """Every round runs all jobs, so that other work on the machine burdens all sizes alike; medians of the rounds."""
    costs: list[list[float]] = [[] for _ in jobs]
    for number in range(rounds + 1):
        for place, (_, _, run) in enumerate(jobs):
            gc.collect()
            began = time.process_time()
            for again in range(times):
                run(again)
            if number:
                costs[place].append((time.process_time() - began) * 1000 / times)
    first = {what: place for place, (_, what, _) in reversed(list(enumerate(jobs)))}
    return [
        Row(
            size,
            what,
            median(costs[place]),
            median(a / b for a, b in zip(costs[place], costs[first[what]], strict=True)),
        )
        for place, (size, what, _) in enumerate(jobs)
    ]


def pages(place: Place, size: int) -> list[Job]:
    return [(size, "step, GET", place.getting("step0")), (size, "step, valid POST", place.posting("step0", "q0"))]


def grown(folder: Path, kind: str, sizes: Sequence[int], *, times: int, rounds: int) -> list[Row]:
    """The rows of one table; all its installations are open at once."""
    with ExitStack() as stack:
        jobs: list[Job] = []
        for size in sizes:
            given: dict[str, int] = {kind: size} if kind != "drafts" else {}
            place = stack.enter_context(placed(folder / f"{kind}-{size}", **given))
            if kind == "drafts":
                fill(place.store, size)
            jobs += pages(place, size)
            if kind in ("questions", "people"):
                jobs.append((size, "check answers, GET", place.getting("check")))
            if kind == "people":
                jobs.append((size, "the list, GET", place.getting("people")))
                jobs.append((size, "one person, valid POST", place.posting("people/1", "person_name")))
        return measure(jobs, times=times, rounds=rounds)


def largest(folder: Path, questions: int, people: int, *, times: int, rounds: int) -> Row:
    with placed(folder / "largest", questions=questions, people=people) as place:
        return measure(
            [(questions, f"check answers with {people} people", place.getting("check"))], times=times, rounds=rounds
        )[0]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench.growth", description=__doc__)
    parser.add_argument("--times", type=int, default=TIMES, help="requests of each kind in each round")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="rounds; medians are printed")
    for kind, sizes in SIZES.items():
        parser.add_argument(f"--{kind}", type=int, nargs="*", default=list(sizes), help=f"how many {kind}")
    parser.add_argument("--largest", type=int, nargs=2, default=list(LARGEST), help="questions and people of a draft")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as place:
        tables = {
            kind: grown(Path(place), kind, getattr(chosen, kind), times=chosen.times, rounds=chosen.rounds)
            for kind in SIZES
        }
        check = largest(Path(place), *chosen.largest, times=chosen.times, rounds=chosen.rounds)
    return report(tables, check)


def report(tables: dict[str, list[Row]], check: Row) -> int:
    for kind, rows in tables.items():
        print(f"| {kind} | request | CPU, ms | times the first |\n| --- | --- | --- | --- |")
        for row in sorted(rows, key=lambda row: row.what):
            print(f"| {row.size:,} | {row.what} | {row.ms:.2f} | {row.ratio:.2f} |")
        print()
    bars = [
        (f"{row.what}, {row.size:,} {kind}, times the first", row.ratio, FLAT)
        for kind in ("procedures", "drafts")
        for row in tables[kind]
    ]
    bars.append((f"{check.what}, {check.size} answers, ms", check.ms, CHECK_BAR))
    return 0 if held(bars) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
