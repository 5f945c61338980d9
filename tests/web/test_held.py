"""What a process holds of many procedures: what its visitors use now, whatever else it serves."""

from __future__ import annotations

import gc
import subprocess
import sys
import weakref
from pathlib import Path

from app.journey.plan import plan_for
from app.spec.model import Procedure, Text, shelf
from app.web.published import MOST_HELD
from tests.architecture.graph import ROOT
from tests.architecture.test_imports import COMMANDS_ONLY
from tests.web.installation import publish
from tests.web.written import SLUG, installed, site_of, write

STEPS = '[{id: "you", title: "Vous", fields: [{id: "name", kind: "name", label: "Votre nom", required: no}]}]'

VISIT = """
import os, re, sys
from werkzeug.test import Client
from app.web.factory import build_app
from app.web.settings import Settings

client = Client(build_app(Settings.read(os.environ)))

def form(page):
    hidden = re.findall(r'name="(csrf_token|digest)" value="([^"]*)"', page)
    return {"action": "continue", **dict(hidden)}

start = client.get("/fr/petite/")
begun = client.post("/fr/petite/", data=form(start.text))
shown = client.get(begun.location, follow_redirects=True)
sent = client.post(shown.request.path, data={**form(shown.text), "name": "Diallo"})
print(start.status_code, begun.status_code, shown.status_code, sent.status_code)
print(*sorted({name.split(".")[0] for name in sys.modules}))
print(*sorted(name for name in sys.modules if name.startswith(("app.verify", "app.audit", "app.preview"))))
"""


def held() -> int:
    gc.collect()
    return sum(1 for each in gc.get_objects() if isinstance(each, Procedure))


def test_of_many_procedures_a_process_holds_those_that_are_used(tmp_path: Path) -> None:
    """All are served and all are in the catalogue."""
    installation = installed(tmp_path, STEPS)
    slugs = [f"essai-{number}" for number in range(3 * MOST_HELD)]
    for slug in slugs:
        write(tmp_path / "procedures", STEPS, slug=slug, title=f"Démarche {slug}")
    publish(installation.settings)
    installation.restart()
    shelf.clear()
    before, client = held(), installation.client()
    for _ in range(2):
        for slug in slugs:
            assert f"Démarche {slug}" in client.get(f"/fr/{slug}/").text
    catalogue = client.get("/fr/").text
    assert [slug for slug in slugs if f"Démarche {slug}" not in catalogue] == []
    assert held() - before <= 2 * MOST_HELD
    assert set(site_of(installation).published.current) == {*slugs, SLUG}


def test_the_catalogue_does_not_build_every_procedure_again_for_each_visitor(tmp_path: Path) -> None:
    installation = installed(tmp_path, STEPS)
    for number in range(MOST_HELD + 2):
        write(tmp_path / "procedures", STEPS, slug=f"essai-{number}")
    installation.restart()
    published, client = site_of(installation).published, installation.client()
    for path in ("/fr/", "/fr/help"):
        client.get(path)
        built = published._held.cache_info().misses
        client.get(path)
        assert published._held.cache_info().misses == built


def test_a_worker_that_showed_and_received_a_page_loads_nothing_that_only_commands_need(tmp_path: Path) -> None:
    installation = installed(tmp_path, STEPS)
    installation.close()
    environment = {"GUICHET_DATA": str(tmp_path / "data"), "GUICHET_PROCEDURES": str(tmp_path / "procedures")}
    done = subprocess.run(
        [sys.executable, "-c", VISIT.replace("petite", SLUG)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    replies, loaded, tools = done.stdout.splitlines()
    assert replies == "200 303 200 303"
    assert set(loaded.split()) & {*COMMANDS_ONLY, "yaml", "jsonschema", "z3", "obstore", "psycopg", "requests"} == set()
    assert tools == ""


class Made(Procedure):
    """One that can be watched."""

    __slots__ = ("__weakref__",)


def made(slug: str) -> Procedure:
    return Made(slug, "fr", Text("T"), Text("S"), "")


def test_what_was_worked_out_does_not_keep_a_procedure_alive() -> None:
    first = made("first")
    gone = weakref.ref(first)
    plan_for(first)
    for number in range(shelf.MOST_PROCEDURES):
        plan_for(made(f"essai-{number}"))
    del first
    gc.collect()
    assert gone() is None


def test_something_is_worked_out_once_for_each_procedure_and_language() -> None:
    one, two, worked = made("one"), made("two"), list[str]()

    def ask(procedure: Procedure, locale: str) -> str:
        def work_out() -> str:
            worked.append(f"{procedure.slug} {locale}")
            return worked[-1]

        return shelf.kept(procedure, "a test", work_out, locale=locale)

    for _ in range(2):
        found = [ask(procedure, locale) for procedure in (one, two) for locale in ("fr", "ar")]
    assert found == worked == ["one fr", "one ar", "two fr", "two ar"]


def test_who_is_in_use_stays_while_others_come_and_go() -> None:
    used, worked = made("used"), list[int]()
    for number in range(3 * shelf.MOST_PROCEDURES):
        shelf.kept(used, "a test", lambda: worked.append(1))
        plan_for(made(f"essai-{number}"))
    assert len(worked) == 1
