"""One page in one state: its name, the page as it was sent, and what the procedure says must stand on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatchcase
from typing import Literal

from app.spec.model import Field
from app.store.codes import ALPHABET, CODE_SYMBOLS, REFERENCE_SYMBOLS, check_symbol

Sort = Literal[
    "catalogue", "start", "help", "accessibility", "resume", "left", "erased", "step", "list", "remove", "documents",
    "check", "declaration", "receipt", "sheet", "letter", "outcome", "carry", "saved", "leave", "erase", "withdraw",
    "error", "offline",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What the procedure says of a page of questions. `fields` are asked in this order; `codes` is, by question, the
    code of the one thing that is wrong with its answer; `messages` what is said of it, where we can know the words.
    """

    fields: tuple[Field, ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict)
    messages: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class State:
    """A page as it was sent.

    `name` is `<locale>/<procedure>/<page>:<state>` and stays the same from run to run, as long as the procedure does.
    `mode` is how the installation is run, `day` the day it
    believes in. `cookies` are those of the browser that got the page, so that a person can open it and go on.
    """

    name: str
    sort: Sort
    path: str
    status: int
    html: str
    locale: str
    mode: str
    day: date
    procedure: str = ""
    asked: Asked | None = None
    cookies: tuple[tuple[str, str], ...] = ()

    @property
    def refused(self) -> bool:
        """Whether the page tells errors: a form that came back, for whatever reason."""
        return 'id="errors"' in self.html


_CHANGING = re.compile(
    r'(name="(?:csrf_token|digest|proof|until|draft|replaces)" value=")[^"]*'
    r'|(?<=/)[0-9a-z]{11}(?=[/"])|file[-/][0-9a-f]{32}|(?<=\?replace=)[0-9a-f]{32}'
)
_DRAWN = re.compile(r"\b(G-\d{4}-)?((?:[0-9A-Z]{4}-){2,3}[0-9A-Z])\b")
"""Codes to come back with, and references: drawn by lot, all of one form and one width."""


def bare(state: State) -> str:
    """The page without what changes from run to run and looks the same: tokens, digests, ids, codes, references."""
    return _DRAWN.sub(_drawn, _CHANGING.sub(lambda found: found[1] or "", state.html))


def _drawn(found: re.Match[str]) -> str:
    """One that was mistyped is not one that was drawn: it stays as it is."""
    symbols = found[2].replace("-", "")
    whole = len(symbols) == (REFERENCE_SYMBOLS if found[1] else CODE_SYMBOLS) + 1 and set(symbols) <= set(ALPHABET)
    return "…" if whole and check_symbol(symbols[:-1]) == symbols[-1] else found[0]


_TYPED = re.compile(r'(<input type="(?:text|tel|email)"[^>]*? value=")[^"]*|(<textarea[^>]*>)[^<]*')
_TOLD = re.compile(r'(<p class="error"[^>]*>)[^<]*|(<li><a href="#[^"]*">)[^<]*(?=</a></li>)')


def frame(state: State) -> str:
    """The page without what people typed and without the words of its errors: no engine judges those."""
    return _TOLD.sub(_opening, _TYPED.sub(_opening, bare(state)))


def _opening(found: re.Match[str]) -> str:
    return found[1] or found[2] or ""


def distinct(states: Iterable[State]) -> dict[str, list[State]]:
    """States by page: those of one list cannot differ in a browser, and the first of them speaks for all."""
    found: dict[str, list[State]] = {}
    for state in states:
        found.setdefault(bare(state), []).append(state)
    return found


def chosen(states: Iterable[State], only: str | None) -> list[State]:
    """The states whose name is `only`, or goes with it as a pattern (`fr/dcem/*:empty`); all of them for None."""
    return [state for state in states if only is None or state.name == only or fnmatchcase(state.name, only)]
