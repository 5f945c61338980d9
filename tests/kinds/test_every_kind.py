"""What holds for every field kind."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kinds.base import Example, Kind, Parsed
from app.kinds.registry import KINDS, kind

TODAY = date(2026, 7, 31)
CHOICES = ("a", "b", "none")
NAMES = sorted(KINDS)
EXAMPLES = [
    pytest.param(each, example, id=f"{each.name}-{number}")
    for each in KINDS.values()
    for number, example in enumerate(each.examples)
]
SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"
FIELD_SCHEMA = SCHEMAS / "definitions" / "field.json"


def read(each: Kind, example: Example) -> Parsed:
    return each.parse(example.raw, example.settings, choices=CHOICES, today=TODAY)


@pytest.mark.parametrize(("each", "example"), EXAMPLES)
def test_an_example_gives_what_it_says(each: Kind, example: Example) -> None:
    parsed = read(each, example)
    assert parsed.value == example.value
    if example.code is None:
        assert not parsed.problems
        assert not parsed.advice
    elif example.code == "required":
        assert parsed == Parsed()
    elif example.value is None:
        assert example.code in [problem.code for problem in parsed.problems]
    else:
        assert [problem.code for problem in parsed.advice] == [example.code]
        assert not parsed.problems


@pytest.mark.parametrize(("each", "example"), EXAMPLES)
def test_what_the_boxes_show_of_a_value_reads_back_as_the_value(each: Kind, example: Example) -> None:
    if example.value is not None:
        shown = each.raw(example.value, example.settings)
        again = each.parse(shown, example.settings, choices=CHOICES, today=TODAY)
        assert again.value == example.value


@pytest.mark.parametrize("name", NAMES)
def test_every_code_has_an_example_and_nothing_else_comes_out(name: str) -> None:
    each = KINDS[name]
    shown = {example.code for example in each.examples} - {None}
    assert shown == {*each.error_codes, *each.advice_codes}
    for example in each.examples:
        parsed = read(each, example)
        assert {problem.code for problem in parsed.problems} <= set(each.error_codes)
        assert {problem.part for problem in parsed.problems} <= {*each.parts, None}


@pytest.mark.parametrize("name", NAMES)
@given(
    text=st.text(max_size=40), other=st.text(alphabet="0123456789٣۴ /.-,+@abcéAB€ \u202f", max_size=24), data=st.data()
)
def test_no_text_raises_and_a_value_read_again_is_the_same(
    name: str, text: str, other: str, data: st.DataObject
) -> None:
    each = KINDS[name]
    settings = data.draw(st.sampled_from([example.settings for example in each.examples]))
    typed = data.draw(
        st.fixed_dictionaries(
            {part: st.lists(st.sampled_from([text, other, "", "12"]), max_size=2) for part in each.parts}
        )
    )
    parsed = each.parse(typed, settings, choices=CHOICES, today=TODAY)
    assert not (parsed.problems and parsed.value is not None)
    if parsed.value is not None:
        json.dumps(parsed.value, ensure_ascii=False).encode()
        again = each.parse(each.raw(parsed.value, settings), settings, choices=CHOICES, today=TODAY)
        assert (again.value, again.problems) == (parsed.value, ())


def test_the_registry_and_the_question_schema_name_the_same_kinds() -> None:
    listed = json.loads(FIELD_SCHEMA.read_text(encoding="utf-8"))["properties"]["kind"]["enum"]
    assert sorted(listed) == NAMES
    assert sorted(path.stem for path in (SCHEMAS / "fields").glob("*.json")) == NAMES


def test_a_name_that_is_no_kind_is_refused() -> None:
    with pytest.raises(KeyError):
        kind("slider")
