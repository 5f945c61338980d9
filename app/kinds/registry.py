"""Every field kind by name: one row each, in the order of the author guide."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.kinds import (
    address,
    amount,
    checkboxes,
    country,
    date,
    department,
    e_photo,
    email,
    fiscal_stamp,
    foreigner_number,
    long_text,
    name,
    nationality,
    passport_number,
    permit_number,
    phone,
    radios,
    select,
    text,
    visa_number,
    whole_number,
    yes_no,
)
from app.kinds.base import Kind

_ALL: tuple[Kind, ...] = (
    text.KIND,
    long_text.KIND,
    name.KIND,
    yes_no.KIND,
    radios.KIND,
    checkboxes.KIND,
    select.KIND,
    country.KIND,
    nationality.KIND,
    department.KIND,
    date.KIND,
    email.KIND,
    phone.KIND,
    whole_number.KIND,
    amount.KIND,
    address.KIND,
    foreigner_number.KIND,
    passport_number.KIND,
    visa_number.KIND,
    permit_number.KIND,
    e_photo.KIND,
    fiscal_stamp.KIND,
)

KINDS: Mapping[str, Kind] = MappingProxyType({each.name: each for each in _ALL})


def kind(name: str) -> Kind:
    """The kind of that name; KeyError when there is none."""
    return KINDS[name]
