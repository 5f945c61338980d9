"""A postal address. Every box stands there from the beginning: nothing appears while one types.

Only the Corsican department is asked once the postcode shows that it is needed: the page then comes back with the
question.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from app.fields.department import shown
from app.fields.field import KindField
from app.fields.parameters import Adapter, Bound, Component, choices, group, part
from app.fields.wording import Words
from app.kinds.address import CORSICA
from app.locale import country_choices, country_name
from app.spec.model import Field


def _(source: str) -> str:
    return source


KINDS = {"france": _("En France"), "abroad": _("Dans un autre pays"), "none": _("Pas d'adresse stable")}
CARE_OF = _("Chez qui, ou quelle association reçoit le courrier")
LINE = _("Numéro et rue")
COMPLEMENT = _("Bâtiment, étage, appartement")
POSTCODE = _("Code postal")
CITY = _("Ville")
DEPARTMENT = _("Département")
COUNTRY = _("Pays, si l'adresse n'est pas en France")
WITHOUT = _("Écrivez la ville, et le code postal si vous le connaissez. Laissez les autres cases vides.")


def component(bound: Bound) -> Component:
    parts = list(_parts(bound))
    kinds = _kinds(bound.spec)
    if len(kinds) == 1:
        return group(bound, parts)
    asked = [(kind, bound.words.say(KINDS[kind])) for kind in kinds]
    # The buttons stand straight under the question: a group inside the group would be read out twice.
    buttons = choices(bound, asked, name=bound.field.controls["kind"])["choices"]
    picked = bound.typed("kind")
    for place, button in enumerate(buttons):
        button["id"] = bound.field.controls["kind"] + (f"-{button['value']}" if place else "")
        button["checked"] = button["value"] == picked
        button["hint"] = bound.words.say(WITHOUT) if button["value"] == "none" else None
    return group(bound, parts, choices=buttons, name=bound.field.controls["kind"])


def _kinds(field: Field) -> list[str]:
    return [kind for kind in KINDS if kind == "france" or field.settings.get(f"allow_{kind}")]


def _parts(bound: Bound) -> Iterator[Component]:
    kinds, own = _kinds(bound.spec), bound.spec.subject == "self"

    def token(name: str) -> str | None:
        return name if own else None

    # Where there may be no stable address, no box is needed in every case.
    loose = "none" in kinds
    yield part(bound, "care_of", CARE_OF, optional=True)
    yield part(bound, "line", LINE, autocomplete=token("address-line1"), conditional=loose)
    yield part(bound, "complement", COMPLEMENT, autocomplete=token("address-line2"), optional=True)
    mode = "numeric" if "abroad" not in kinds else None
    conditional = loose or "abroad" in kinds
    yield part(
        bound,
        "postcode",
        POSTCODE,
        autocomplete=token("postal-code"),
        inputmode=mode,
        width="6",
        conditional=conditional,
    )
    yield part(bound, "city", CITY, autocomplete=token("address-level2"), conditional=loose)
    if bound.typed("department") in CORSICA or any(p.part == "department" for p in bound.field.problems):
        yield part(bound, "department", DEPARTMENT, offered=[(code, shown(code)) for code in CORSICA])
    if "abroad" in kinds:
        abroad = [(code, name) for code, name in country_choices(bound.words.locale) if code != "FR"]
        yield part(bound, "country", COUNTRY, autocomplete=token("country"), offered=abroad, conditional=True)


def lines(field: Field, value: Any, words: Words) -> Sequence[str]:
    if not isinstance(value, dict):
        return [str(value)]
    found: list[str] = [words.say(KINDS["none"])] if value.get("kind") == "none" else []
    town = " ".join(text for text in (value.get("postcode"), value.get("city")) if text)
    found += [value.get("care_of", ""), value.get("line", ""), value.get("complement", ""), town]
    if value.get("country"):
        found.append(country_name(value["country"], words.locale))
    return [text for text in found if text]


def usual(field: KindField) -> bool:
    """A department of Corsica was asked for once the postcode showed that it is needed."""
    return not any(text in CORSICA for text in field.typed.get("department", ())[:1])


ADAPTER = Adapter(component, lines, usual)
