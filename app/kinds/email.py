"""An e-mail address, internationalised ones included. Value: str, domain in lower case.

Only what cannot be an address is refused: whether it is somebody's is not for a form to say. A likely slip in a
well-known domain is remarked upon.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.kinds.base import Example, Parsed, Problem, Settings
from app.kinds.single import SingleKind, wrong
from app.kinds.typed import has_control, one_line

_LABEL = re.compile(r"[^\W_](?:[\w-]*[^\W_])?")
_FORBIDDEN = re.compile(r'[<>()\[\]",;:\\]')
_SLIPS = {
    "gmail.con": "gmail.com",
    "gmail.co": "gmail.com",
    "gmial.com": "gmail.com",
    "gmai.com": "gmail.com",
    "gamil.com": "gmail.com",
    "gmail.cm": "gmail.com",
    "gmail.fr": "gmail.com",
    "hotmail.con": "hotmail.com",
    "hotmial.com": "hotmail.com",
    "hotmal.com": "hotmail.com",
    "outlok.com": "outlook.com",
    "outlook.con": "outlook.com",
    "yahoo.con": "yahoo.com",
    "yaho.fr": "yahoo.fr",
    "orange.com": "orange.fr",
    "wanado.fr": "wanadoo.fr",
    "laposte.com": "laposte.net",
}


class _Email(SingleKind):
    name = "email"
    error_codes = ("required", "spaces", "at", "name", "domain", "characters", "too_long")
    advice_codes = ("slip",)
    examples = (
        Example({"": [" Awa.Diallo+titre@Exemple.FR "]}, "Awa.Diallo+titre@exemple.fr"),
        Example({"": ["юлия@пример.рф"]}, "юлия@пример.рф"),
        Example({"": ["awa＠exemple．fr"]}, "awa@exemple.fr"),
        Example({"": ["awa@gmail.con"]}, "awa@gmail.con", code="slip"),
        Example({"": [""]}, code="required"),
        Example({"": ["awa diallo@exemple.fr"]}, code="spaces"),
        Example({"": ["awa.exemple.fr"]}, code="at"),
        Example({"": ["@exemple.fr"]}, code="name"),
        Example({"": ["awa@exemple"]}, code="domain"),
        Example({"": ["awa,diallo@exemple.fr"]}, code="characters"),
        Example({"": ["a" * 250 + "@exemple.fr"]}, code="too_long"),
    )

    def clean(self, text: str) -> str:
        plain = one_line(text).replace("＠", "@").replace("．", ".")
        return plain[7:] if plain.casefold().startswith("mailto:") else plain

    def read(self, text: str, settings: Settings, choices: Sequence[str]) -> Parsed:
        code = _fault(text)
        if code is not None:
            return wrong(code)
        local, _, domain = text.partition("@")
        value = f"{local}@{domain.lower()}"
        better = _SLIPS.get(domain.lower())
        return Parsed(value, advice=(Problem("slip", None, {"better": f"{local}@{better}"}),) if better else ())


def _fault(text: str) -> str | None:
    local, _, domain = text.partition("@")
    if " " in text:
        return "spaces"
    if text.count("@") != 1:
        return "at"
    if _FORBIDDEN.search(text) or has_control(text):
        return "characters"
    if len(text) > 254:
        return "too_long"
    if not local or local.startswith(".") or local.endswith(".") or ".." in local:
        return "name"
    labels = domain.split(".")
    if len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels):
        return "domain"
    return None


KIND = _Email()
