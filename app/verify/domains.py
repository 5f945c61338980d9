"""Answer domains: for each question, answers that stand for all others as far as the procedure's tests can tell.

A choice stands for itself. A day, a number or an amount stands for all those between two places where some test
changes. A country, department or address stands for those that the same lists name. A text stands for any text. Leaving
the question empty and "I do not know" are answers like others, where the question allows them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from app.kinds.base import UNKNOWN, Kind, Raw, Settings, Value
from app.kinds.data.countries import COUNTRIES, NATIONALITIES
from app.kinds.data.departments import DEPARTMENTS
from app.kinds.registry import kind
from app.spec.codes.phrase import Phrase
from app.spec.model import Field, Test
from app.verify.diagram import Undecided

ORDINARY = ("SN", "MA", "CN", "94", "75", "69")
"""Codes preferred for example persons, where no list of the procedure tells them from others."""
MOST_CODES_AT_ONCE = 3
MOST_ANSWERS = 600


@dataclass(frozen=True, slots=True)
class Answer:
    """One class of answers: `value` stands for it (None: left empty), `also` are others of the class."""

    value: Value | None
    also: tuple[Value, ...] = ()


def may_be_empty(question: Field) -> bool:
    return not question.required


def special(question: Field) -> list[Value | None]:
    """What may stand instead of an answer: "I do not know", nothing."""
    return [*([UNKNOWN] if question.unknown is not None else []), *([None] if may_be_empty(question) else [])]


def listed(
    question: Field, tests: Sequence[Test], today: date, *, every_code: bool = False, compared: bool = False
) -> list[Value]:
    """The known answers of a question that lies on no line, as far as `tests` tell them apart. `every_code`: a table
    tells each code from the others. `compared`: with the answer to another question, so that two texts are needed.
    """
    name = question.kind
    if question.choices:
        return [choice.id for choice in question.choices]
    if name == "yes_no":
        return ["yes", "no"]
    if name == "nationality":
        return list(_nationalities(question, tests))
    if name in ("country", "department"):
        every = COUNTRIES if name == "country" else tuple(DEPARTMENTS)
        return list(_codes(question.settings.get("options", every), _named(tests), every_code=every_code))
    if name == "address":
        return list(_addresses(question, tests, every_code=every_code))
    return [a_text(question, today, number) for number in range(1 + compared)]


def _named(tests: Iterable[Test]) -> frozenset[str]:
    """The codes that some test names."""
    return frozenset(
        one
        for test in tests
        for one in (test.operand if isinstance(test.operand, tuple) else (test.operand,))
        if isinstance(one, str)
    )


def _codes(offered: Iterable[str], named: frozenset[str], *, every_code: bool) -> Iterator[str]:
    """Codes that no test names first, two of them at most, then those that are named."""
    codes = list(dict.fromkeys([*(code for code in ORDINARY if code in set(offered)), *offered]))
    free = [code for code in codes if code not in named]
    yield from free if every_code else free[:2]
    yield from (code for code in codes if code in named)


def _nationalities(question: Field, tests: Sequence[Test]) -> Iterator[Value]:
    """Up to three codes at once, of which one stands for all that the same lists name; a list of which all must be
    there names each of its own.
    """
    operands = [test.operand for test in tests if isinstance(test.operand, tuple)]
    wholes = [test.operand for test in tests if test.operator == "includes_all" and isinstance(test.operand, tuple)]
    alike: dict[object, str] = {}
    for code in _codes(question.settings.get("options", NATIONALITIES), _named(tests), every_code=False):
        lists = tuple(place for place, operand in enumerate(operands) if code in operand)
        alike.setdefault((lists, code if any(code in operand for operand in wholes) else ""), code)
    for count in range(1, (MOST_CODES_AT_ONCE if question.settings.get("multiple") else 1) + 1):
        for held in combinations(alike.values(), count):
            yield list(held)


def _addresses(question: Field, tests: Sequence[Test], *, every_code: bool) -> Iterator[Value]:
    by_part: dict[str, list[Test]] = {}
    for test in tests:
        by_part.setdefault(test.ref.part or "", []).append(test)
    cities = ["Ville", *sorted(_named(by_part.get("city", ())))]
    departments = list(_codes(DEPARTMENTS, _named(by_part.get("department", ())), every_code=every_code))
    postcodes = [*map(_postcode, departments), *sorted(_named(by_part.get("postcode", ())))]
    for city in cities:
        for postcode, department in zip(postcodes, [*departments, *postcodes[len(departments) :]], strict=True):
            code = department if department in DEPARTMENTS else _department(postcode)
            where = {"postcode": postcode, "city": city, "department": code}
            yield {"kind": "france", "line": "1 rue du Port", **where}
            if question.settings.get("allow_none"):
                yield {"kind": "none", **where}
        if question.settings.get("allow_abroad"):
            for country in _codes(COUNTRIES, _named(by_part.get("country", ())) - {"FR"}, every_code=False):
                if country != "FR":
                    yield {"kind": "abroad", "line": "1 rue du Port", "city": city, "country": country}
    if question.settings.get("allow_none"):
        yield {"kind": "none"}


def _postcode(department: str) -> str:
    """A postcode of a department; Corsica shares one number."""
    return {"2A": "20000", "2B": "20200"}.get(department, department.ljust(5, "0"))


def _department(postcode: str) -> str:
    return postcode[:3] if postcode[:2] in ("97", "98") else postcode[:2]


def a_text(question: Field, today: date, number: int = 0) -> Value:
    """An answer typed into a box: the author's own example, or an example of the kind. `number` asks for another."""
    found: list[Value] = []
    of = kind(question.kind)
    written = question.example
    raws = [{"": [written]}] if written is not None and of.parts == ("",) else []
    for raw in [*raws, *(example.raw for example in of.examples if example.code is None)]:
        value = _comes_to(of, raw, question.settings, today)
        if value is not None and value not in found:
            found.append(value)
        if len(found) > number:
            break
    if not found:
        raise Undecided(Phrase(f"aucun exemple pour « {question.id} »", f"no example for “{question.id}”"))
    return found[min(number, len(found) - 1)]


def _comes_to(of: Kind, raw: Raw, settings: Settings, today: date) -> Value | None:
    """The answer that a typed text gives; None where it is refused. What the kind itself says of its example is not
    read again: to read one phone number, the plans of all countries are loaded.
    """
    for example in of.examples:
        if example.code is None and example.raw == raw and example.settings == settings:
            return example.value
    parsed = of.parse(raw, settings, today=today)
    return None if parsed.problems else parsed.value


def classes(values: Iterable[Value | None], signature: Sequence[tuple[bool, ...]]) -> list[Answer]:
    """Answers that no test tells apart, together; in the order of the first of each."""
    groups: dict[tuple[bool, ...], list[Value | None]] = {}
    for value, seen in zip(values, signature, strict=True):
        groups.setdefault((value is None, value == UNKNOWN, *seen), []).append(value)
    if len(groups) > MOST_ANSWERS:
        words = (
            f"plus de {MOST_ANSWERS} sortes de réponses à une question",
            f"more than {MOST_ANSWERS} kinds of answers",
        )
        raise Undecided(Phrase(*words))
    return [Answer(group[0], tuple(value for value in group[1:] if value is not None)) for group in groups.values()]
