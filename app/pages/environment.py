"""One Jinja environment per language: strict, escaping, with its phrases looked up once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace as Given
from typing import Any, cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from app.fields import Filled
from app.locale import messages
from app.pages.views import Component

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"

ABSENT: Mapping[str, Any] = dict.fromkeys(
    (
        *("hint", "help", "why", "example", "error", "autocomplete", "inputmode", "maxlength", "rows"),
        *("prefix", "suffix", "value", "unknown", "same"),
    )
) | {
    "optional": False,
    "required": False,
    "group": False,
    "spellcheck": True,
    "width": "",
    "choices": (),
    "options": (),
    "parts": (),
    "legend_is_h1": False,
    "multiple": False,
}
"""What a component's parameters mean when they are not given."""

ABSENT_PART: Mapping[str, Any] = {
    **dict.fromkeys(("value", "inputmode", "autocomplete", "error_id", "hint")),
    "width": "",
    "invalid": False,
    "optional": False,
    "options": (),
    "choices": (),
}
"""The same for one control of several."""

ABSENT_CHOICE: Mapping[str, Any] = {"hint": None, "exclusive": False, "specify": None, "checked": False}


class Phrases(dict[str, Markup]):
    """The interface's own sentences in one language, translated, set in its typography and escaped at their first use.

    A value is safe to print in text and in attributes; `%` with a mapping escapes what it puts in.
    """

    def __init__(self, locale: str) -> None:
        super().__init__()
        self._typeset = messages(locale).typeset

    def __missing__(self, source: str) -> Markup:
        phrase = escape(self._typeset(source))
        self[source] = phrase
        return phrase


class _Macros(dict[str, Callable[[Given], Markup]]):
    """The `field` macro of each kind of question, loaded at its first use."""

    def __init__(self, environment: Environment) -> None:
        super().__init__()
        self._environment = environment

    def __missing__(self, kind: str) -> Callable[[Given], Markup]:
        module = self._environment.get_template(f"components/{kind}/template.html").module
        macro = cast(Callable[[Given], Markup], module.field)  # type: ignore[attr-defined]
        self[kind] = macro
        return macro


def _component(macros: _Macros) -> Callable[[Component], Markup]:
    def draw(parameters: Mapping[str, Any]) -> Markup:
        whole = {**ABSENT, **parameters}
        if whole["parts"]:
            whole["parts"] = [Given(**{**ABSENT_PART, **part}) for part in whole["parts"]]
        if whole["choices"]:
            whole["choices"] = [_choice(choice) for choice in whole["choices"]]
        return macros[parameters["kind"]](Given(**whole))

    # Attributes, not keys: on a dict, a template's `c.hint` first fails as an attribute, which is slow.
    def component(given: Component) -> Markup:
        if isinstance(given, Filled):
            return given.html(draw)
        return given if isinstance(given, Markup) else draw(given)

    return component


def _choice(parameters: Mapping[str, Any]) -> Given:
    specify = parameters.get("specify")
    return Given(**{**ABSENT_CHOICE, **parameters, "specify": Given(**specify) if specify else None})


@lru_cache(maxsize=64)
def environment(locale: str) -> Environment:
    """The environment that prints pages in `locale`: built once per process, its templates compiled at first use."""
    built = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    built.globals.clear()
    built.globals["range"] = range
    built.globals["_"] = Phrases(locale).__getitem__
    built.globals["component"] = _component(_Macros(built))
    return built
