"""Departments and overseas collectivities, from `fr_departements.csv` (Etalab, INSEE COG 2024, Licence Ouverte 2.0)."""

from __future__ import annotations

import csv
from pathlib import Path


def _load() -> dict[str, str]:
    path = Path(__file__).with_name("fr_departements.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


DEPARTMENTS: dict[str, str] = _load()
"""Official French name by INSEE code, in the order of the codes."""

_BY_WHOLE_POSTCODE = {"97133": "977", "97150": "978"}


def department_of(postcode: str) -> str | None:
    """The department of a French postcode of five digits; None where the postcode does not tell (Corsica) or is not
    French.

    A handful of communes on a border are served by the post office of the department next door: their postcode is taken
    at its word.
    """
    if postcode in _BY_WHOLE_POSTCODE:
        return _BY_WHOLE_POSTCODE[postcode]
    code = postcode[:3] if postcode[:2] in ("97", "98") else postcode[:2]
    return code if code in DEPARTMENTS else None
