"""What is proven of the model is true of the code: the engine walks the classes of journeys of every shipped procedure.

Every combination of answers that some condition reads together is completed into a person, each answer being any member
of its class; steps, questions, documents with their level, outcomes, ways of filing, letters, advice and errors must be
those that the model foresees. The quick form takes some combinations of each condition, the long form all of them.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from app.spec.catalogue import Catalogue
from app.spec.model import Procedure
from app.verify.moments import window
from app.verify.reader import Moment
from tests.verify.classes import Classes, differences
from tests.verify.specs import compiled

PROCEDURES = Catalogue.load(Path(__file__).parents[2] / "procedures").procedures
EVERY = 1_000_000
LEAST = {"student-renewal": 500}
"""Combinations that each procedure has at least, where they are not a thousand: this one reads few answers together."""


def moment(procedure: Procedure, *, later: int = 0) -> Moment:
    first, last = window(procedure)
    day = min(first + timedelta(days=later), last)
    return Moment(day, first if later else day)


@pytest.mark.parametrize("slug", PROCEDURES)
def test_some_journeys_of_each_condition(slug: str) -> None:
    procedure = PROCEDURES[slug]
    count, found = differences(Classes(procedure, moment(procedure), seed=1), most=4)
    assert found == []
    assert count > 50


@pytest.mark.prove
@pytest.mark.parametrize("later", [0, 45])
@pytest.mark.parametrize("slug", PROCEDURES)
def test_every_journey_of_each_condition(slug: str, later: int) -> None:
    procedure = PROCEDURES[slug]
    count, found = differences(Classes(procedure, moment(procedure, later=later), seed=later), most=EVERY)
    assert found == []
    assert count > LEAST.get(slug, 1_000)


KITCHEN = """
facts:
  floor: {as_of: "end", periods: [{value: 100, unit: "EUR", until: "2026-12-31", source: "Loi"}, {value: 200, unit: "EUR", from: "2027-01-01", source: "Loi"}]}
  stamp: {periods: [{value: 50, unit: "EUR", source: "L436-7"}]}
lists:
  near: ["BE", "DE"]
tables:
  offices: {file: "prefectures.csv", key: "department"}
derived:
  money: {sum: ["salary", "savings"]}
  months: {between: ["start", "end"], unit: "months"}
  opens: {date_minus: ["end", "120 days"]}
  first: {earliest: ["start", "end"]}
  moved: {differs: ["department", "old_department"]}
  office: {lookup: {table: "offices", key: "department"}}
  ticked: {count: "changes"}
  kids: {count: "children"}
  pocket: {sum: ["allowance"]}
rules:
  rich: {says: "Riche", when: {money: {at_least: {fact: "floor"}}}}
steps:
  - id: "start"
    title: "Début"
    fields:
      - {id: "start", kind: "date", label: "Début ?", not_after: "today", unknown_parts: ["day"]}
      - {id: "end", kind: "date", label: "Fin ?", not_before: "start", unknown: {label: "?", otherwise: "no"}}
      - {id: "salary", kind: "amount", label: "Salaire ?", max: 150}
      - {id: "savings", kind: "amount", label: "Économies ?", required: "no"}
      - {id: "department", kind: "department", label: "Où ?"}
      - {id: "old_department", kind: "department", label: "Avant ?", unknown: {label: "?", otherwise: "no"}}
      - {id: "nationality", kind: "nationality", label: "Nationalité ?", multiple: "yes"}
      - id: "changes"
        kind: "checkboxes"
        label: "Quoi ?"
        choices: [{id: "a", label: "A"}, {id: "b", label: "B"}, {id: "c", label: "C"}, {id: "none", label: "Rien", exclusive: "yes"}]
  - id: "children"
    title: "Enfants"
    when: {months: {more_than: 3, unknown: "no"}}
    repeat: {min: 0, max: 4, item: "Enfant"}
    fields:
      - {id: "birth", kind: "date", label: "Né ?", not_after: "today"}
      - {id: "school", kind: "yes_no", label: "École ?", when: {birth: {more_than_ago: "3 years"}}}
      - {id: "allowance", kind: "amount", label: "Bourse ?", required: "no"}
  - id: "details"
    title: "Détails"
    repeat: {item: "Changement", for_each: "changes"}
    fields:
      - {id: "since", kind: "date", label: "Depuis ?", not_after: "today"}
documents:
  - {id: "rich", title: "R", when: {rule: "rich"}}
  - {id: "moved", title: "M", when: {moved: "yes"}}
  - {id: "near", title: "N", when: {nationality: {includes_any: "near", includes_none: ["FR"]}}}
  - {id: "office", title: "O", when: {office.name: {in: ["Préfecture de Créteil"]}}}
  - {id: "early", title: "E", when: {opens: {after: "today"}, first: {before: "2020-01-01"}}}
  - {id: "two", title: "T", when: {ticked: {at_least: 2}}}
  - {id: "birth", title: "B", for_each: "children", when: {school: "no"}}
  - {id: "old", title: "V", when: {every_item: {of: "children", when: {birth: {more_than_ago: "10 years"}}}}}
  - {id: "one", title: "U", when: {children: {answered: "yes"}, any_item: {of: "children", when: {school: "yes"}}, no_item: {of: "children", when: {school: "no"}}}}
  - {id: "many", title: "P", when: {any: [{kids: {at_least: 3}}, {pocket: {more_than: 50}}]}}
  - {id: "proof", title: "D", for_each: "details", when: {changes: {includes: "a"}}}
  - {id: "late", title: "L", when: {any_item: {of: "details", when: {since: {more_than_ago: "1 month"}}}}}
"""  # noqa: E501


@pytest.mark.parametrize("day", [date(2026, 11, 20), date(2027, 2, 20)])
def test_a_procedure_with_every_sort_of_condition(day: date) -> None:
    procedure = compiled(KITCHEN).procedure
    assert procedure is not None
    count, found = differences(Classes(procedure, Moment(day, day), seed=day.year), most=6)
    assert found == []
    assert count > 60
