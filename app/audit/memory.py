"""What the last audit found of each page, kept beside its report: a page that is the same is not looked at again.

The whole memory ends with any change of our code, templates, style, scripts, of axe, of html-validate or of the
browser; one page of it with any change of the page as it is sent, or of what its procedure says of its questions.
Decisions on findings are not part of it: they are read anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from app.audit import axe, markup
from app.audit.findings import Finding
from app.audit.states import State, bare
from app.audit.view import View
from app.web.revision import hashed

FILE = "memory.json"
INSTRUMENTS = ("app/**/*.py", "app/audit/**/*.*", "templates/**/*.html", "static/**/*.*")
_SEEN = {"controls": ("id", "label", "target", "html"), "actions": ("goal",)}
"""What is told over all states needs no more of a view than this, and its footer and links to help."""


@dataclass(slots=True)
class Kept:
    """`at` is when a page was looked at; `crossed` holds what each crossing found."""

    at: str
    findings: list[Finding]
    page: Mapping[str, Any]
    crossed: dict[str, list[Finding]] = field(default_factory=dict)


def instruments(browser: str) -> str:
    """The hash of everything that looks at pages, and of what they look like. `browser` is its version."""
    script = hashlib.sha256(axe.SCRIPT.read_bytes() + markup.LOCK.read_bytes()).hexdigest()
    return hashlib.sha256(f"{hashed(INSTRUMENTS)} {script} {browser}".encode()).hexdigest()


def key(state: State) -> str:
    """What a page comes to, with what its procedure says of it."""
    said = f"{state.sort} {state.status} {state.locale} {state.mode} {state.procedure} {state.asked!r}\n{bare(state)}"
    return hashlib.sha256(said.encode()).hexdigest()


class Memory:
    """`kept` are pages by `key`. Without a `path` nothing is remembered."""

    def __init__(self, path: Path | None, now: datetime, browser: str, *, anew: bool = False) -> None:
        self._path, self._now, self._by = path, now.isoformat(timespec="seconds"), instruments(browser)
        self._before: dict[str, Kept] = {} if path is None or anew else _read(path, self._by)
        self._new: dict[str, Kept] = {}

    def forget(self) -> None:
        """Let nothing be carried over."""
        self._before = {}

    def of(self, state: State) -> Kept | None:
        """What is known of a page from an earlier audit."""
        return self._before.get(key(state))

    def crossing(self, name: str, state: State) -> list[Finding] | None:
        """What one crossing of it found then; None where it was not crossed."""
        known = self.of(state)
        return None if known is None else known.crossed.get(name)

    def take(self, view: View, findings: list[Finding]) -> None:
        """Remember a page that was looked at."""
        page = view.page
        seen = {part: [{one: row[one] for one in rows} for row in page[part]] for part, rows in _SEEN.items()}
        met = {number: len(found) for number, found in page["applies"].items()}
        small = {**seen, "footer": page["footer"], "helps": page["helps"], "applies": met}
        self._new[key(view.state)] = Kept(self._now, findings, small)

    def cross(self, name: str, state: State, findings: list[Finding]) -> None:
        self._new.setdefault(key(state), self.of(state) or Kept(self._now, [], {})).crossed[name] = findings

    def keep(self, state: State) -> None:
        """Remember further what was carried over."""
        known = self.of(state)
        if known is not None:
            self._new.setdefault(key(state), known)

    def save(self, *, everything: bool) -> None:
        """Write it down; after an audit of `everything`, pages that are no more are forgotten."""
        if self._path is None:
            return
        pages = self._new if everything else {**self._before, **self._new}
        plain = {"by": self._by, "pages": {name: asdict(one) for name, one in pages.items()}}
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_text(json.dumps(plain, ensure_ascii=False), encoding="utf-8")


def _read(path: Path, by: str) -> dict[str, Kept]:
    """The pages of a file by these very instruments; none where it cannot be read: then all is looked at."""
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        pages = plain["pages"] if plain["by"] == by else {}
        return {name: _kept(one) for name, one in pages.items()}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _kept(plain: Mapping[str, Any]) -> Kept:
    crossed = {name: [_finding(one) for one in found] for name, found in plain["crossed"].items()}
    return Kept(plain["at"], [_finding(one) for one in plain["findings"]], plain["page"], crossed)


def _finding(plain: Mapping[str, Any]) -> Finding:
    return Finding(**{**plain, "criteria": tuple(plain["criteria"])})
