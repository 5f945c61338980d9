"""A revision is kept for ever; publishing it again changes nothing."""

from __future__ import annotations

import hashlib

import pytest

from tests.store.conftest import Clock, Installation
from tests.store.test_drafts import in_threads


def test_publishing_again_changes_nothing_and_going_back_counts(installation: Installation, clock: Clock) -> None:
    revisions = installation.open().revisions
    first = revisions.publish("dcem", '{"a":"é"}')
    clock.advance(days=1)
    assert revisions.publish("dcem", '{"a":"é"}') == first
    assert first.sha256 == hashlib.sha256('{"a":"é"}'.encode()).hexdigest()
    assert (first.number, first.engine_version) == (1, "1.2.3")
    second = revisions.publish("dcem", '{"a":2}')
    assert second.number == 2
    assert revisions.latest("dcem") == second
    assert revisions.get(first.sha256) == first
    assert revisions.publish("dcem", '{"a":"é"}') == first
    assert revisions.latest("dcem") == first


def test_each_procedure_has_its_own_revision_in_force(installation: Installation) -> None:
    revisions = installation.open().revisions
    made = [revisions.publish(slug, f'{{"slug":"{slug}"}}') for slug in ("b", "a")]
    assert revisions.all_latest() == [made[1], made[0]]
    assert revisions.latest("c") is None
    assert revisions.get("0" * 64) is None
    with pytest.raises(ValueError, match="already published as a"):
        revisions.publish("b", '{"slug":"a"}')


def test_processes_that_publish_at_once_agree(installation: Installation) -> None:
    stores = [installation.open() for _ in range(4)]
    in_threads(lambda number: stores[number].revisions.publish("dcem", "{}"), 4)
    latest = stores[0].revisions.latest("dcem")
    assert latest is not None
    assert latest.number == 1
