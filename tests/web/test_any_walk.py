"""Whatever anybody does, in whatever order: no failure of ours, nothing typed is lost, pages follow the journey, what
is hidden is kept and never sent.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from app.journey.model import Stop
from app.spec.compiler import compile_text
from app.spec.model import Procedure
from app.web.published import slugs_of
from tests.architecture.graph import ROOT
from tests.web.at_random import SLUG, procedures
from tests.web.installation import Installation, install
from tests.web.wandering import ELSEWHERE, Typed, Wanderer, begin_again, serve, texts_for
from tests.web.written import procedure_of, site_of, write

SEED = int(os.environ.get("GUICHET_TEST_SEED") or random.randrange(10**9))
"""Of the long forms; the short ones always do the same."""
MOST_PAGES = 30
SOME = settings(
    deadline=None,
    derandomize=True,
    database=None,
    # To make a failing walk shorter takes longer than to read it.
    phases=[Phase.explicit, Phase.generate],
    report_multiple_bugs=False,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.large_base_example],
)
MANY = settings(SOME, derandomize=False)
AUTHORITY = {"GUICHET_MODE": "authority", "GUICHET_OPERATOR": "Essai"}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """An installation that will serve one procedure after the other."""
    folder = tmp_path_factory.mktemp("any")
    write(folder / "procedures", '- {id: "x", title: "X", fields: [{id: "x", kind: "text", label: "X"}]}')
    return install(folder, procedures=folder / "procedures", environment=AUTHORITY)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return install(tmp_path_factory.mktemp("shipped"), environment=AUTHORITY)


@pytest.fixture
def walks(record_property: Callable[[str, object], None]) -> Iterator[list[int]]:
    """How many pages, lists and addresses each walk had: one number for each example."""
    counted: list[int] = []
    yield counted
    record_property("walks", len(counted))
    record_property("steps", sum(counted))
    record_property("seed", SEED)


def typed_for(data: st.DataObject, stop: Stop) -> Typed:
    typed: Typed = {}
    for question in stop.page.fields:
        typed |= data.draw(texts_for(question))
    return typed


def do_anything(person: Wanderer, data: st.DataObject) -> None:
    journey = person.journey
    htmx = data.draw(st.booleans())
    act = data.draw(st.sampled_from(["fill", "fill", "fill", "fill", "back", "open", "list", "erase", "wait"]))
    pages = {stop.key: stop for stop in journey.path if not stop.is_list}
    if act == "fill" and pages:
        waiting = [key for key, stop in pages.items() if not stop.answered][:1]
        stop = pages[data.draw(st.sampled_from([*waiting * 3, *pages]))]
        button = data.draw(st.sampled_from(["continue", "continue", "continue", "save"]))
        person.fill(stop, typed_for(data, stop), button=button, htmx=htmx)
    elif act == "back" and person.old:
        stop, digest = person.old[-data.draw(st.integers(1, min(6, len(person.old))))]
        person.fill(stop, typed_for(data, stop), button="continue", htmx=htmx, digest=digest)
    elif act == "open":
        keys = [stop.key for stop in journey.path] + [stop.key for stop, _ in person.old]
        person.open(data.draw(st.sampled_from([*ELSEWHERE, *keys, "s1/9", "nowhere"])), htmx=htmx)
    elif act == "list":
        lists = [stop.step.id for stop in journey.path if stop.is_list]
        items = [(name, item["id"]) for name in lists for item in journey.answers[name]]
        if items and data.draw(st.integers(0, 2)) == 0:
            person.remove(*data.draw(st.sampled_from(items)))
        elif lists:
            person.add(data.draw(st.sampled_from(lists)))
    elif act == "erase" and journey.aside:
        person.erase(data.draw(st.sampled_from(journey.aside)))
    elif act == "wait":
        person.installation.clock.forward(days=data.draw(st.sampled_from([1, 40])))


def finish(person: Wanderer, data: st.DataObject) -> None:
    """Answer what is left, as well as one can, and send."""
    for _ in range(MOST_PAGES):
        stop = person.journey.outstanding
        if stop is None:
            break
        if stop.is_list:
            person.press(stop.key, action="add" if stop.step.repeat and stop.step.repeat.min else "continue")
        else:
            person.fill(stop, typed_for(data, stop), button="continue", htmx=False)
    person.send()


def wander(installation: Installation, procedure: Procedure, data: st.DataObject, most: int) -> int:
    """One person's walk; how many things they did before they finished."""
    begin_again(installation)
    person = Wanderer(installation, procedure)
    steps = data.draw(st.integers(3, most))
    for _ in range(steps):
        do_anything(person, data)
    person.path_is_the_journeys()
    finish(person, data)
    return steps


def on_a_random_procedure(empty: Installation, text: str, data: st.DataObject) -> int:
    compiled = compile_text(text, today=date(2026, 11, 24))
    assert compiled.procedure is not None, [found.message for found in compiled.diagnostics]
    site_of(empty).store.revisions.publish(SLUG, compiled.canonical)
    serve(empty, SLUG)
    return wander(empty, procedure_of(empty), data, 14)


def on_a_shipped_procedure(shipped: Installation, slug: str, data: st.DataObject, most: int) -> int:
    return wander(shipped, procedure_of(shipped, slug), data, most)


SLUGS = st.sampled_from(slugs_of(ROOT / "procedures"))


@settings(SOME, max_examples=40)
@given(procedures(), st.data())
def test_anything_on_random_procedures(empty: Installation, text: str, data: st.DataObject) -> None:
    on_a_random_procedure(empty, text, data)


@settings(SOME, max_examples=25)
@given(SLUGS, st.data())
def test_anything_on_the_shipped_procedures(shipped: Installation, slug: str, data: st.DataObject) -> None:
    on_a_shipped_procedure(shipped, slug, data, 25)


@pytest.mark.prove
@seed(SEED)
@settings(MANY, max_examples=3000)
@given(procedures(), st.data())
def test_anything_on_thousands_of_random_procedures(
    empty: Installation, walks: list[int], text: str, data: st.DataObject
) -> None:
    walks.append(on_a_random_procedure(empty, text, data))


@pytest.mark.prove
@seed(SEED)
@settings(MANY, max_examples=1000)
@given(SLUGS, st.data())
def test_anything_on_the_shipped_procedures_a_thousand_times(
    shipped: Installation, walks: list[int], slug: str, data: st.DataObject
) -> None:
    walks.append(on_a_shipped_procedure(shipped, slug, data, 40))
