"""Every worked example walks the real pages, from the start page to the last act, without scripts and with htmx."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from tests.procedures.people import SLUGS, _cases, procedure
from tests.web.installation import Installation, install
from tests.web.person import Person

EXAMPLES = [
    (slug, place) for slug in SLUGS for place, case in enumerate(_cases(slug)) if not case["sees"].get("errors")
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """One installation for all these people: each has a draft of their own."""
    return install(tmp_path_factory.mktemp("site"))


@pytest.mark.parametrize(("slug", "place"), EXAMPLES)
def test_a_worked_example_meets_its_pages_in_order(site: Installation, slug: str, place: int) -> None:
    case: dict[str, Any] = _cases(slug)[place]
    site.clock.now = datetime.combine(date.fromisoformat(case["today"]), time(9, 30), UTC)
    person = Person(site.client(), htmx=place % 2 == 1).start(slug)
    met = person.go_through(procedure(slug), case["answers"])
    steps = list(dict.fromkeys(key.split("/")[0] for key in met if not key.startswith("outcome/")))
    stops = [outcome.id for outcome in procedure(slug).outcomes if outcome.effect == "stop"]
    stopped = any(outcome in stops for outcome in case["sees"].get("outcomes", ()))
    if "steps" in case["sees"] and not stopped:
        assert steps == case["sees"]["steps"]
    assert person.key.split("/")[0] == ("outcome" if stopped else "documents")
