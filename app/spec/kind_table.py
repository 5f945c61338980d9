"""What the checks need to know of each field kind."""

from __future__ import annotations

from dataclasses import dataclass

from app.spec.model import ValueType

try:
    from app.kinds.registry import KINDS as _KINDS
except ImportError:  # the registry arrives with the kinds
    _KINDS = None
_ONE = frozenset({"is", "in", "not_in", "answered", "unknown"})
_MANY = frozenset({"includes", "includes_any", "includes_all", "includes_none", "answered", "unknown"})
_NUMBER = frozenset({"is", "at_least", "at_most", "more_than", "less_than", "between", "answered", "unknown"})
_DATE = frozenset(
    {"before", "after", "on_or_before", "on_or_after", "more_than_ago", "less_than_ago", "less_than_ahead", "more_than_ahead", "answered", "unknown"}
)
_TEXT = frozenset({"answered", "unknown"})


@dataclass(frozen=True, slots=True)
class KindFacts:
    value_type: ValueType
    operators: frozenset[str]
    readable_parts: tuple[str, ...] = ()
    choice_based: bool = False


_FALLBACK: dict[str, KindFacts] = {
    **{name: KindFacts("text", _TEXT) for name in (
        "text", "long_text", "name", "email", "phone", "foreigner_number", "passport_number", "visa_number", "permit_number",
        "e_photo", "fiscal_stamp")},
    "yes_no": KindFacts("choice", _ONE),
    "radios": KindFacts("choice", _ONE, (), True),
    "select": KindFacts("choice", _ONE, (), True),
    "checkboxes": KindFacts("choices", _MANY, (), True),
    "country": KindFacts("choice", _ONE),
    "department": KindFacts("choice", _ONE),
    "nationality": KindFacts("choices", _MANY),
    "date": KindFacts("date", _DATE),
    "whole_number": KindFacts("number", _NUMBER),
    "amount": KindFacts("number", _NUMBER),
    "address": KindFacts("composite", _TEXT, ("kind", "country", "department", "postcode", "city")),
}


def kind_facts(name: str) -> KindFacts:
    """The facts of a kind; KeyError for a name that is no kind."""
    if _KINDS is None:
        return _FALLBACK[name]
    kind = _KINDS[name]
    return KindFacts(kind.value_type, kind.operators, kind.readable_parts, kind.choice_based)
