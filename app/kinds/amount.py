"""An amount of money. Value: decimal text with two decimals ("877.50"). Settings `min` (0), `max`, `unit` (currency,
EUR).

"1 234,56 €", "1234.56", "1.234,56" and "1,234.56" are all read. A single separator followed by three digits could mean
either: it is asked again rather than guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from app.kinds.base import Example, Parsed, Settings, Value, ValueType
from app.kinds.single import NUMBER_TESTS, SingleKind, wrong
from app.kinds.typed import digits

_NOISE = re.compile(r"[\s'’]")
_NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]*)?")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:(?:\.[0-9]{3})+(?:,[0-9]*)?|(?:,[0-9]{3})+(?:\.[0-9]*)?)")
_LONGEST = 18


class _Amount(SingleKind):
    name = "amount"
    value_type: ValueType = "number"
    operators = NUMBER_TESTS
    error_codes = ("required", "not_number", "ambiguous", "cents", "too_small", "too_large")
    examples = (
        Example({"": ["1 234,56 €"]}, "1234.56"),
        Example({"": ["1\u202f234,5"]}, "1234.50"),
        Example({"": ["1234.56 euros"]}, "1234.56"),
        Example({"": ["1.234,56"]}, "1234.56"),
        Example({"": ["٨٧٧٫٥"]}, "877.50"),
        Example({"": ["225"]}, "225.00"),
        Example({"": [""]}, code="required"),
        Example({"": ["beaucoup"]}, code="not_number"),
        Example({"": ["1.234"]}, code="ambiguous"),
        Example({"": ["1,2345"]}, code="cents"),
        Example({"": ["-5"]}, code="too_small"),
        Example({"": ["11"]}, code="too_large", settings={"max": 10}),
    )

    def read(self, text: str, settings: Settings, choices: Sequence[str]) -> Parsed:
        plain = _NOISE.sub("", digits(text)).replace("−", "-").replace("٫", ",").replace("٬", "")
        plain = re.sub(r"(?i)(€|euros?|eur|" + re.escape(str(settings.get("unit", "EUR"))) + ")$", "", plain)
        if len(plain) > _LONGEST:
            return wrong("not_number")
        if not _NUMBER.fullmatch(plain):
            if not _GROUPED.fullmatch(plain):
                return wrong("not_number")
            plain = _without_groups(plain)
        whole, _, cents = plain.replace(",", ".").partition(".")
        if len(cents) > 2:
            return wrong(
                "ambiguous" if len(cents) == 3 else "cents", without=whole + cents, cents=f"{whole},{cents[:2]}"
            )
        number = Decimal(f"{whole}.{cents or '0'}")
        return _bounded(number, settings)

    def raw(self, value: Value, settings: Settings) -> dict[str, list[str]]:
        return {"": [str(value).replace(".", ",").removesuffix(",00")]}


def _without_groups(plain: str) -> str:
    """Drop the separator of thousands: the first one met; the other, if any, marks the cents."""
    thousands = next(mark for mark in plain if mark in ".,")
    return plain.replace(thousands, "")


def _bounded(number: Decimal, settings: Settings) -> Parsed:
    least, most = Decimal(str(settings.get("min", 0))), settings.get("max")
    if number < least:
        return wrong("too_small", min=str(least))
    if most is not None and number > Decimal(str(most)):
        return wrong("too_large", max=str(most))
    return Parsed(f"{abs(number) if number == 0 else number:.2f}")


KIND = _Amount()
