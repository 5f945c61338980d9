"""A postal address. Value: {"kind": "france" | "abroad" | "none", "care_of", "line", "complement", "postcode", "city",
"department", "country"}, absent keys left out.

Settings: `allow_abroad`, `allow_none`. Without either, the address is French and no kind is asked. "none" means no
stable address: every other box may then stay empty; `care_of` is the organisation that receives the mail
(domiciliation), its town tells which office is near. The department comes from the postcode, except where the postcode
does not tell: in Corsica (20xxx) it is asked, on the same page, once the postcode is known. When no kind is chosen but
the boxes leave no doubt, the kind is taken from them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from app.kinds.base import Example, Parsed, Problem, Raw, Settings, Value, ValueType
from app.kinds.data.countries import COUNTRIES
from app.kinds.data.departments import department_of
from app.kinds.single import TEXT_TESTS, BaseKind
from app.kinds.typed import digits, first, has_control, one_line

CORSICA = ("2A", "2B")
LENGTH = 120
_POSTCODE = re.compile(r"[0-9]{5}")
_LINE = re.compile(r"([0-9]{2} ?[0-9]{3})[ ,]+([^\W\d_][^\d]*)")
"""A postcode and the name of a town (no name of a town in France has a digit)."""
_COUNTRIES = frozenset(COUNTRIES)
_TEXTS = ("care_of", "line", "complement", "city")
_BOTH: Mapping[str, bool] = {"allow_abroad": True, "allow_none": True}

Typed = dict[str, str]


def _paris(**typed: str) -> dict[str, list[str]]:
    """Typed parts of an invented address, some of them replaced."""
    return {
        part: [text] for part, text in ({"line": "1 rue du Port", "postcode": "75010", "city": "Paris"} | typed).items()
    }


class _Address(BaseKind):
    name = "address"
    value_type: ValueType = "composite"
    parts = ("kind", "care_of", "line", "complement", "postcode", "city", "department", "country")
    operators = TEXT_TESTS
    readable_parts = ("kind", "country", "department", "postcode", "city")
    error_codes = (
        "required",
        "kind_missing",
        "line_missing",
        "postcode_missing",
        "city_missing",
        "department_missing",
        "country_missing",
        "postcode",
        "country",
        "characters",
        "too_long",
    )
    examples = (
        Example(
            _paris(),
            {"kind": "france", "line": "1 rue du Port", "postcode": "75010", "city": "Paris", "department": "75"},
        ),
        Example(
            _paris(postcode="97 150", city="Saint-Martin"),
            {
                "kind": "france",
                "line": "1 rue du Port",
                "postcode": "97150",
                "city": "Saint-Martin",
                "department": "978",
            },
        ),
        Example(
            _paris(postcode="20000", city="Ajaccio", department="2A"),
            {"kind": "france", "line": "1 rue du Port", "postcode": "20000", "city": "Ajaccio", "department": "2A"},
        ),
        Example(
            {"kind": ["abroad"], "line": ["Médina, rue 6"], "city": ["Dakar"], "country": ["SN"]},
            {"kind": "abroad", "line": "Médina, rue 6", "city": "Dakar", "country": "SN"},
            settings=_BOTH,
        ),
        Example(
            {"kind": ["none"], "care_of": ["CCAS"], "postcode": ["13001"], "city": ["Marseille"]},
            {"kind": "none", "care_of": "CCAS", "postcode": "13001", "city": "Marseille", "department": "13"},
            settings=_BOTH,
        ),
        Example(
            _paris(postcode="94000 Créteil", city=""),
            {"kind": "france", "line": "1 rue du Port", "postcode": "94000", "city": "Créteil", "department": "94"},
        ),
        Example(
            _paris(postcode="75 010, PARIS"),
            {"kind": "france", "line": "1 rue du Port", "postcode": "75010", "city": "Paris", "department": "75"},
        ),
        Example({"kind": ["none"]}, {"kind": "none"}, settings=_BOTH),
        Example({}, code="required"),
        Example({"line": ["1 rue du Port"]}, code="kind_missing", settings=_BOTH),
        Example(_paris(line=""), code="line_missing"),
        Example(_paris(postcode=""), code="postcode_missing"),
        Example(_paris(city=""), code="city_missing"),
        Example(_paris(postcode="20000"), code="department_missing"),
        Example({"kind": ["abroad"], "line": ["x"], "city": ["y"]}, code="country_missing", settings=_BOTH),
        Example(_paris(postcode="7501"), code="postcode"),
        Example(_paris(postcode="75010 Paris 10"), code="postcode"),
        Example(_paris(kind="abroad", country="FR"), code="country", settings=_BOTH),
        Example(_paris(city="Pa\x00ris"), code="characters"),
        Example(_paris(line="r" * 121), code="too_long"),
    )

    def parse(self, raw: Raw, settings: Settings, *, choices: Sequence[str] = (), today: date) -> Parsed:
        typed = {part: one_line(first(raw, part)) for part in self.parts}
        if not any(typed.values()):
            return Parsed()
        kind = _kind(typed, settings)
        if kind is None:
            return Parsed(problems=(Problem("kind_missing", "kind"),))
        problems = [*_text_faults(typed), *_READERS[kind](typed)]
        if problems:
            return Parsed(
                problems=tuple(sorted(problems, key=lambda problem: self.parts.index(problem.part or "kind")))
            )
        return Parsed({"kind": kind} | {part: text for part, text in typed.items() if text and part != "kind"})

    def raw(self, value: Value, settings: Settings) -> dict[str, list[str]]:
        held = value if isinstance(value, dict) else {}
        return {part: [str(held.get(part, ""))] for part in self.parts}

    def part(self, value: Value, name: str) -> Value | None:
        if not isinstance(value, dict) or name not in self.readable_parts:
            return None
        if name == "country" and value.get("kind") == "france":
            return "FR"
        found: Value | None = value.get(name)
        return found


def _kind(typed: Typed, settings: Settings) -> str | None:
    """The kind chosen, or the only one that the other boxes allow."""
    offered = ["france", *(kind for kind in ("abroad", "none") if settings.get(f"allow_{kind}"))]
    if typed["kind"] in offered:
        return typed["kind"]
    if len(offered) == 1:
        return "france"
    if "abroad" in offered and typed["country"] not in ("", "FR"):
        return "abroad"
    return "france" if typed["line"] and _french_postcode(typed["postcode"]) else None


def _text_faults(typed: Typed) -> list[Problem]:
    faults = [Problem("characters", part) for part in _TEXTS if has_control(typed[part])]
    return faults + [Problem("too_long", part, {"max": LENGTH}) for part in _TEXTS if len(typed[part]) > LENGTH]


def _french_postcode(text: str) -> str | None:
    """The five digits of a French postcode however they are spaced; None when it is none."""
    plain = digits(text).replace(" ", "")
    known = _POSTCODE.fullmatch(plain) and (plain.startswith("20") or department_of(plain))
    return plain if known else None


def _with_its_town(typed: Typed) -> str | None:
    """The postcode of a line that was pasted whole ("94000 Créteil"), whose town then goes where there is none; None
    where anything else is in it.
    """
    line = typed["postcode"]
    found = None if has_control(line) or len(line) > LENGTH else _LINE.fullmatch(line)
    postcode = _french_postcode(found[1]) if found else None
    if found and postcode and not typed["city"]:
        typed["city"] = found[2]
    return postcode


def _missing(typed: Typed, *parts: str) -> list[Problem]:
    return [Problem(f"{part}_missing", part) for part in parts if not typed[part]]


def _france(typed: Typed) -> list[Problem]:
    """Read a French address in place: the postcode gets its digits, the department is set, the country goes."""
    typed["country"] = ""
    place = _place(typed)
    return [*_missing(typed, "line", "postcode", "city"), *place]


def _place(typed: Typed) -> list[Problem]:
    if not typed["postcode"]:
        typed["department"] = typed["department"] if typed["department"] in CORSICA else ""
        return []
    postcode = _french_postcode(typed["postcode"]) or _with_its_town(typed)
    if postcode is None:
        return [Problem("postcode", "postcode")]
    typed["postcode"] = postcode
    if postcode.startswith("20"):
        return [] if typed["department"] in CORSICA else [Problem("department_missing", "department")]
    typed["department"] = department_of(postcode) or ""
    return []


def _abroad(typed: Typed) -> list[Problem]:
    typed["department"] = ""
    problems = _missing(typed, "line", "city", "country")
    if typed["country"] and (typed["country"] not in _COUNTRIES or typed["country"] == "FR"):
        problems.append(Problem("country", "country"))
    if len(typed["postcode"]) > 12 or has_control(typed["postcode"]):
        problems.append(Problem("postcode", "postcode"))
    return problems


def _none(typed: Typed) -> list[Problem]:
    typed["country"] = ""
    return _place(typed)


_READERS: Mapping[str, Callable[[Typed], list[Problem]]] = {"france": _france, "abroad": _abroad, "none": _none}

KIND = _Address()
