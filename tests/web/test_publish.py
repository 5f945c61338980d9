"""A start compiles what changed since the last one, and tells the operator the same as if it had compiled all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.spec.compiler import Compiled, compile_folder
from app.spec.kept import Kept
from app.store import Store
from app.web import publish
from app.web.publish import publish_folder, report
from tests.web.written import SLUG, installed, store_of, write

STEPS = '[{id: "you", title: "Vous", fields: [{id: "name", kind: "name", label: "Votre nom"}]}]'
OTHER = '[{id: "you", title: "Vous", fields: [{id: "name", kind: "name", label: "Votre prénom"}]}]'
DAY, TOO_LATE = date(2026, 11, 24), date(2027, 11, 21)


class Starts:
    """Starts over one folder, and which procedures each of them compiled."""

    def __init__(self, folder: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.store, self.compiled = folder, store, list[str]()

        def counted(path: Path, shared: Path, tables: Path, *, today: date | None = None) -> Compiled:
            self.compiled.append(path.name)
            return compile_folder(path, shared, tables, today=today)

        monkeypatch.setattr(publish, "compile_folder", counted)

    def once(self, today: date = DAY) -> str:
        """What the operator is told."""
        self.compiled.clear()
        kept = Kept(self.folder / "data" / "compiled")
        return "\n".join(report(self.store, publish_folder(self.store, self.folder / "procedures", kept, today=today)))


@pytest.fixture
def starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Starts:
    installation = installed(tmp_path, STEPS)
    return Starts(tmp_path, store_of(installation), monkeypatch)


def test_only_what_changed_is_compiled_at_the_next_start(starts: Starts) -> None:
    procedures = starts.folder / "procedures"
    write(procedures, STEPS, slug="other")
    assert starts.once() == ""
    assert starts.compiled == ["other", SLUG]
    assert starts.once() == ""
    assert starts.compiled == []
    before = starts.store.revisions.in_force(SLUG)
    write(procedures, OTHER)
    starts.once()
    assert starts.compiled == [SLUG]
    assert starts.store.revisions.in_force(SLUG) != before


def test_what_passing_time_makes_wrong_is_told_on_its_day_and_at_every_start_after(starts: Starts) -> None:
    assert starts.once() == ""
    for today, compiled in ((TOO_LATE, [SLUG]), (TOO_LATE, []), (DAY, [SLUG])):
        told = starts.once(today)
        assert ("T01" in told and 'review_by: "2027-11-20"' in told) == (today == TOO_LATE)
        assert starts.compiled == compiled


def test_a_broken_file_is_told_at_every_start_and_another_revision_in_force_is_put_right(starts: Starts) -> None:
    procedures = starts.folder / "procedures"
    starts.once()
    good = starts.store.revisions.in_force(SLUG)
    write(procedures, STEPS.replace('"name", label', '"nothing", label'))
    for _ in range(2):
        assert "La dernière version sans erreur reste servie." in starts.once()
    write(procedures, OTHER)
    starts.once()
    write(procedures, STEPS)
    starts.once()
    # A database that was put back from a copy has another revision in force than the folder beside it says.
    revision = starts.store.revisions.get(good or "")
    write(procedures, OTHER)
    starts.once()
    assert revision is not None
    starts.store.revisions.publish(SLUG, revision.canonical_json)
    starts.once()
    assert starts.compiled == [SLUG]
    assert starts.store.revisions.in_force(SLUG) != good
