"""A phone number of any country. Value: E.164 ("+33639981234").

A number without an international prefix is French. One that only an overseas plan knows (0262…, 0690…) gets that plan's
prefix. Numbers that could exist are taken, whether or not they are given out today: plans change faster than software.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.kinds.base import Example, Parsed, Settings, Value
from app.kinds.single import SingleKind, wrong
from app.kinds.typed import digits, one_line

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

FRANCE, DIGITS = 33, 9
"""The prefix of France, and the digits of a number after it."""
_OVERSEAS = ("GP", "MQ", "GF", "RE", "YT")
_TRUNK = re.compile(r"(\+|00)(\d[\d\s.-]*)\(0\)")
_ALLOWED = re.compile(r"\+?[\d\s().\-/‐‑–—]+")


class _Phone(SingleKind):
    name = "phone"
    error_codes = ("required", "characters", "too_short", "too_long", "country", "number")
    examples = (
        Example({"": ["06 39 98 12 34"]}, "+33639981234"),
        Example({"": ["٠٦ ٣٩ ٩٨ ١٢ ٣٤"]}, "+33639981234"),
        Example({"": ["+33 (0)6.39.98.12.34"]}, "+33639981234"),
        Example({"": ["0262 12 34 56"]}, "+262262123456"),
        Example({"": ["00221 77 123 45 67"]}, "+221771234567"),
        Example({"": [""]}, code="required"),
        Example({"": ["mon numéro"]}, code="characters"),
        Example({"": ["06 39 98"]}, code="too_short"),
        Example({"": ["06 39 98 12 3"]}, code="too_short"),
        Example({"": ["+33 6 39 98 12 3"]}, code="too_short"),
        Example({"": ["06 39 98 12 34 56 78"]}, code="too_long"),
        Example({"": ["+999 12 34 56 78"]}, code="country"),
        Example({"": ["--"]}, code="number"),
    )

    def clean(self, text: str) -> str:
        return digits(one_line(text)).replace("＋", "+").removeprefix("tel:")

    def read(self, text: str, settings: Settings, choices: Sequence[str]) -> Parsed:
        import phonenumbers

        if not _ALLOWED.fullmatch(text):
            return wrong("characters")
        try:
            number = phonenumbers.parse(_TRUNK.sub(r"\1\2", text), "FR")
        except phonenumbers.NumberParseException as error:
            return wrong(_code(error.error_type))
        reason = phonenumbers.is_possible_number_with_reason(number)
        if reason == phonenumbers.ValidationResult.TOO_LONG:
            return wrong("too_long")
        if reason in (phonenumbers.ValidationResult.TOO_SHORT, phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY):
            return wrong("too_short")
        if reason == phonenumbers.ValidationResult.INVALID_COUNTRY_CODE:
            return wrong("country")
        if reason == phonenumbers.ValidationResult.INVALID_LENGTH:
            return wrong("number")
        # The library takes the leading 0 of a French number with a digit missing for a part of the number.
        if number.country_code == FRANCE and len(str(number.national_number)) < DIGITS:
            return wrong("too_short")
        written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        return Parsed(written if text.startswith(("+", "00")) else _overseas(text, number) or written)

    def raw(self, value: Value, settings: Settings) -> dict[str, list[str]]:
        return {"": [shown(str(value))]}


def _code(error_type: int) -> str:
    from phonenumbers import NumberParseException

    codes = {
        NumberParseException.INVALID_COUNTRY_CODE: "country",
        NumberParseException.TOO_LONG: "too_long",
        NumberParseException.TOO_SHORT_NSN: "too_short",
        NumberParseException.TOO_SHORT_AFTER_IDD: "too_short",
    }
    return codes.get(error_type, "number")


def _overseas(text: str, number: PhoneNumber) -> str | None:
    """The number under the overseas plan that alone gives it a meaning; None when it has one in mainland France, or
    none at all.
    """
    import phonenumbers

    if phonenumbers.is_valid_number(number):
        return None
    for region in _OVERSEAS:
        try:
            local = phonenumbers.parse(text, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number_for_region(local, region):
            return str(phonenumbers.format_number(local, phonenumbers.PhoneNumberFormat.E164))
    return None


def shown(value: str) -> str:
    """A stored number as people read it: French ones as "06 39 98 12 34", others with their prefix. Any other text as
    it is.
    """
    import phonenumbers

    if value.startswith("+33") and len(value) == 12 and value[3] in "123456789":
        national = "0" + value[3:]
        spaced = " ".join(national[place : place + 2] for place in range(0, 10, 2))
        kept = _overseas(national, phonenumbers.parse(national, "FR"))
        return spaced if kept is None else value
    try:
        number = phonenumbers.parse(value, None)
    except phonenumbers.NumberParseException:
        return value
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return str(written) if digits_of(written) == digits_of(value) else value


def digits_of(text: str) -> str:
    return "".join(mark for mark in text if mark.isdecimal())


KIND = _Phone()
