"""A page that has not changed is not looked at again; any change of it, or of what looks, lets nothing be carried."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.audit import run
from app.audit.browser import Browser
from app.audit.crossings import CROSSINGS
from app.audit.memory import Memory, instruments, key
from app.audit.reports.html import overview
from app.audit.reports.report import Report
from app.audit.run import Audit, Result
from app.audit.singly import sample
from app.audit.states import State
from app.audit.waivers import Waivers
from app.web.revision import hashed
from tests.audit.conftest import SLUG

FIRST, NEXT = datetime(2026, 11, 24, 9, tzinfo=UTC), datetime(2026, 11, 25, 9, tzinfo=UTC)
WIDE = '</h1><table width="900"><tr><td>Bien trop large</td></tr></table><input type="text" name="x">'


@pytest.fixture
def pages(states: Mapping[str, State], monkeypatch: pytest.MonkeyPatch) -> list[State]:
    """Three pages, one of them with faults; one crossing, and instruments that see."""
    monkeypatch.setattr(run, "CROSSINGS", {"narrow": CROSSINGS["narrow"]})
    monkeypatch.setattr(run, "missed", lambda *_: [])
    found = [states[f"fr/-/{name}"] for name in ("help:shown", "catalogue:shown")]
    step = next(one for one in states.values() if one.name.startswith(f"fr/{SLUG}/") and one.asked)
    return [*found, replace(step, html=step.html.replace("</h1>", WIDE, 1))]


def audited(
    browser: Browser, pages: list[State], path: Path, now: datetime, *, version: str = "1", anew: bool = False
) -> tuple[Result, list[tuple[int, int]]]:
    """One audit with the memory of a file; and what was told of its progress."""
    told: list[tuple[int, int]] = []
    memory = Memory(path, now, version, anew=anew)
    result = Audit(browser, pages, Waivers(), lambda done, of, _left: told.append((done, of)), memory).run()
    memory.save(everything=True)
    return result, told


def test_what_has_not_changed_is_carried_over_with_its_day(stage: Browser, pages: list[State], tmp_path: Path) -> None:
    path = tmp_path / "memory.json"
    first, _ = audited(stage, pages, path, FIRST)
    assert first.carried == {}
    assert {("axe", "label"), ("crossing", "narrow")} <= {(one.engine, one.rule) for one in first.open}
    again, told = audited(stage, pages, path, NEXT)
    assert set(again.carried.values()) == {"2026-11-24T09:00:00+00:00"}
    assert len(again.carried) == 3
    assert (again.singly, again.distrusted) == (6, []), "so few are all looked at, and crossed"
    assert told == [], "nothing was left to do"
    assert sorted(map(str, again.open)) == sorted(map(str, first.open))
    assert (again.ran, again.crossed) == (first.ran, first.crossed)
    changed = [replace(pages[0], html=pages[0].html.replace("</h1>", " !</h1>", 1)), *pages[1:]]
    third, told = audited(stage, changed, path, NEXT)
    assert set(third.carried) == {one.name for one in pages[1:]}
    assert told[-1] == (2, 2), "the page, and its crossing"
    assert audited(stage, changed, path, NEXT, anew=True)[0].carried == {}


def test_what_is_remembered_wrongly_ends_the_shortcut(stage: Browser, pages: list[State], tmp_path: Path) -> None:
    path = tmp_path / "memory.json"
    first, _ = audited(stage, pages, path, FIRST)
    for part, empty in (("findings", []), ("crossed", {"narrow": []})):
        kept = json.loads(path.read_text(encoding="utf-8"))
        kept["pages"][key(pages[2])][part] = empty
        path.write_text(json.dumps(kept), encoding="utf-8")
        again, told = audited(stage, pages, path, NEXT)
        assert again.distrusted == [pages[2].name], part
        assert again.carried == {}
        assert told[-1][0] == told[-1][1] >= len(pages), "everything was looked at"
        assert sorted(map(str, again.open)) == sorted(map(str, first.open))
        assert again.crossed == first.crossed


@pytest.mark.parametrize("shortcut", ["frame", "distinct"])
def test_a_page_that_is_not_like_the_one_that_speaks_for_it_ends_the_shortcut(
    stage: Browser, pages: list[State], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shortcut: str
) -> None:
    monkeypatch.setattr(run, "CROSSINGS", {})
    hiding = {"frame": lambda _state: "", "distinct": lambda states: {"": list(states)}}
    monkeypatch.setattr(run, shortcut, hiding[shortcut])
    result, _ = audited(stage, pages[1:], tmp_path / "memory.json", FIRST)
    assert result.distrusted == [pages[2].name]
    assert {("axe", "label", pages[2].name)} <= {(one.engine, one.rule, one.state) for one in result.open}
    assert (result.spoken_for, result.same) == ({}, {})
    assert [state.name for state in result.states] == [one.name for one in pages[1:]]
    shown = overview(Report(result, (), NEXT)).decode()
    assert "Un raccourci a été refusé" in shown
    assert f"<code>{pages[2].name}</code>" in shown


def test_a_sample_is_always_the_same_one_in_twenty_and_never_fewer_than_five() -> None:
    many = {f"fr/dcem/page-{number}:empty": number for number in range(2000)}
    taken = sample(many)
    assert taken == sample(dict(reversed(many.items())))
    assert 60 < len(taken) < 140
    few = {name: many[name] for name in list(many)[:30]}
    assert len(sample(few)) == 5
    assert len(sample({name: many[name] for name in list(many)[:3]})) == 3


def test_another_browser_and_another_question_let_nothing_be_carried(pages: list[State], tmp_path: Path) -> None:
    path, page = tmp_path / "memory.json", pages[2]
    memory = Memory(path, FIRST, "1")
    memory.cross("narrow", page, [])
    memory.save(everything=True)
    assert Memory(path, NEXT, "1").of(page) is not None
    assert Memory(path, NEXT, "2").of(page) is None
    assert Memory(path, NEXT, "1", anew=True).of(page) is None
    assert page.asked is not None
    assert key(replace(page, asked=replace(page.asked, fields=page.asked.fields[1:]))) != key(page)
    path.write_text('{"by"', encoding="utf-8")
    assert Memory(path, NEXT, "1").of(page) is None


def test_any_of_our_files_is_part_of_the_instruments(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, ...]] = []
    before = instruments("1")
    monkeypatch.setattr("app.audit.memory.hashed", lambda patterns: seen.append(patterns) or "other")
    assert instruments("1") != before
    (patterns,) = seen
    for part in ("app/**/*.py", "templates/**/*.html", "static/**/*.*", "app/audit/**/*.*"):
        assert part in patterns
    assert hashed(("static/css/*.css",)) != hashed(("static/js/*.js",))


def test_a_part_of_the_pages_forgets_no_others(pages: list[State], tmp_path: Path) -> None:
    path = tmp_path / "memory.json"
    for page, everything in ((pages[0], True), (pages[1], False)):
        memory = Memory(path, FIRST, "1")
        memory.cross("narrow", page, [])
        memory.save(everything=everything)
    assert all(Memory(path, NEXT, "1").of(page) for page in pages[:2])
    memory.save(everything=True)
    assert Memory(path, NEXT, "1").of(pages[0]) is None
