"""PostgreSQL is a matter of configuration; and several processes serve one database, of either kind, at once."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from app.store import Store, load_keys, open_store
from app.store.migrate import upgrade
from tests.browser.server import LiveServer
from tests.store.conftest import Cluster, cluster
from tests.web.crashing import MORE, STEPS, Line, Walker, hidden, observed
from tests.web.installation import Installation
from tests.web.person import Person
from tests.web.trial import PDF
from tests.web.written import SLUG, answers_of, data_of, installed, pending_of, store_of, write

__all__ = ["cluster"]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def url(request: pytest.FixtureRequest) -> str | None:
    """The setting GUICHET_DATABASE_URL; None for the embedded database."""
    if request.param == "sqlite":
        return None
    made: Cluster = request.getfixturevalue("cluster")
    return made.create()


@pytest.fixture
def environment(url: str | None) -> dict[str, str]:
    given = {"GUICHET_MODE": "authority", "GUICHET_OPERATOR": "Essai"}
    return {**given, "GUICHET_DATABASE_URL": url} if url else given


@pytest.fixture
def small(tmp_path: Path, environment: dict[str, str]) -> Iterator[Installation]:
    made = installed(tmp_path, STEPS, MORE, environment=environment)
    yield made
    made.close()


def at(person: Person, page: str) -> Person:
    return person.open(f"/fr/{SLUG}/{person.draft}/{page}")


def test_a_whole_life_of_a_draft(small: Installation, url: str | None) -> None:
    """Begun, half filled, conflicting, listed, given files, left, resumed, sent once, erased."""
    assert store_of(small).database.embedded == (url is None)
    person = Person(small.client()).start(SLUG)
    other = at(Person(person.client).open(person.url), "you")
    person.press(person.form(), "save", story="É\u202eà")
    assert pending_of(small, person.draft, "you") == {"name": [""], "story": ["É\u202eà"]}
    person.press(at(person, "you").form(), "continue", name="Diallo")
    other.press(other.form(), "continue", name="Barry")
    assert other.reply.status_code == 409
    other.press(other.form(), "keep_saved")
    small.restart()
    person.press(at(person, "home").form(), "continue", street="Rue Haute", housed="yes")
    for name in ("Awa", "Samba"):
        person.press(at(person, "children").form(), "add")
        person.press(person.form(), "continue", first=name)
    person.press(at(person, "remove/children/1").form(action="/remove/children/1"), "remove")
    person.press(at(person, "children").form(), "continue")
    for number in range(2):
        person.press(at(person, "documents").form(action="/pass"), file=(io.BytesIO(PDF), f"{number}.pdf"))
    code = data_of(small, person.draft)["code"]
    draft = person.draft
    person.press(at(person, "leave").form(action="/leave"))
    person.press(person.open("/fr/resume").form(holds="code"), code=code.lower())
    person.press(person.form(holds="proof"))
    assert person.draft == draft
    references = set()
    for _ in range(2):
        at(person, "leave")
        token = person.form(action="/leave").values
        person.client.post(f"/fr/{SLUG}/{draft}/declaration", data={**token, "action": "continue", "declared": "truth"})
        found = store_of(small).submissions.of_draft(draft)
        assert found is not None
        references.add(found.reference)
    assert len(references) == 1
    assert [file["name"] for file in found.content["documents"][0]["files"]] == ["0.pdf", "1.pdf"]
    assert answers_of(small, draft)["children"] == [{"id": "2", "answers": {"first": "Samba"}}]
    # What was sent is the authority's: the person's page has no button for it.
    assert "ne peut plus être effacée ici" in at(person, "erase").text
    store_of(small).drafts.erase(draft)
    assert store_of(small).drafts.load(draft) is None


# --- several processes


@pytest.fixture
def server(tmp_path: Path, environment: dict[str, str], url: str | None) -> Iterator[LiveServer]:
    """The real server, with two workers."""
    write(tmp_path / "procedures", STEPS, MORE)
    made = LiveServer(tmp_path, procedures=tmp_path / "procedures", mode="authority")
    made.start({**environment, "GUICHET_WORKERS": "2"})
    yield made
    made.stop()


@pytest.fixture
def store(server: LiveServer, url: str | None) -> Iterator[Store]:
    if url is not None:
        upgrade(url)
    made = open_store(server.data, url, load_keys(server.data, url, {}))
    yield made
    made.close()


def test_many_people_walk_at_once_and_nothing_is_lost_or_mixed_up(server: LiveServer, store: Store) -> None:
    walkers = [Walker(server.port, random.Random(seed)) for seed in range(6)]

    def walk(walker: Walker) -> None:
        while not walker.done:
            walker.step()

    with ThreadPoolExecutor(len(walkers)) as people:
        list(people.map(walk, walkers))
    for walker in walkers:
        assert observed(store, walker.draft) == walker.state
        walker.line.close()
    assert len({walker.reference for walker in walkers}) == len(walkers)


def test_many_saves_at_once_on_one_draft_are_all_there(server: LiveServer, store: Store) -> None:
    """Each tab of one browser keeps saving its own page."""
    first = Walker(server.port, random.Random(0))
    while first.next_name != "remove":
        first.step()
    draft, cookies, tabs, rounds = first.draft, dict(first.line.cookies), 6, 8
    first.line.close()
    start = Barrier(tabs)
    pages = {0: ("you", "name"), 1: ("home", "street"), 2: ("children/1", "first"), 3: ("children/2", "first")}
    fixed = {"you": {"story": ""}, "home": {"housed": "yes"}}
    answered: list[int] = []

    def tab(number: int) -> None:
        page, name = pages[number % 4]
        line = Line(server.port)
        line.cookies = dict(cookies)
        start.wait()
        for turn in range(rounds):
            path = f"/fr/{SLUG}/{draft}/{page}"
            typed = {**hidden(line.get(path).body), "action": "continue", name: f"Tab {'abcdef'[number]}{'x' * turn}"}
            answered.append(line.post(path, {**fixed.get(page, {}), **typed}).status)
        line.close()

    with ThreadPoolExecutor(tabs) as browser:
        list(browser.map(tab, range(tabs)))
    # Tabs 4 and 5 share their page with 0 and 1: what one did not see is a conflict, never a loss.
    assert set(answered) <= {303, 409}
    state = observed(store, draft)
    last = "x" * (rounds - 1)
    children = {item["id"]: item["answers"]["first"] for item in state.answers["children"]}
    assert children == {"1": f"Tab c{last}", "2": f"Tab d{last}"}
    assert state.answers["name"].startswith(("Tab a", "Tab e"))
    assert state.answers["street"].startswith(("Tab b", "Tab f"))
