"""Shortcuts put to the test: of the states that a shortcut would not look at, some are looked at in full all the same.

Which ones follows from their names, so that two audits of the same pages take the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import TypeVar

from app.audit import view
from app.audit.browser import Browser
from app.audit.crossings import CROSSINGS, cross
from app.audit.findings import Finding
from app.audit.markup import Markup
from app.audit.memory import Memory
from app.audit.oracles import findings_of
from app.audit.stage import audit_states
from app.audit.states import State

SHARE = 20
LEAST = 5
"""One state in so many, and never fewer than so many, where there are as many."""
T = TypeVar("T")


def sample(named: Mapping[str, T]) -> list[T]:
    """Some of these, always the same for the same names."""
    ranks = {name: int.from_bytes(sha256(name.encode()).digest()[:8]) for name in named}
    taken = sorted(named, key=lambda name: (ranks[name] % SHARE != 0, ranks[name]))
    return [named[name] for name in taken[: max(LEAST, sum(rank % SHARE == 0 for rank in ranks.values()))]]


def look(browser: Browser, reader: Markup, state: State) -> list[Finding]:
    """What the engines and the procedure say of one state."""
    ((_, report),) = audit_states(browser, [state])
    read = reader.findings(state.name, state.html, state.path)
    return [*report.findings, *read, *findings_of(view.view_of(browser, state))]


def engine(browser: Browser, state: State) -> list[Finding]:
    """What the engine alone says of it."""
    ((_, report),) = audit_states(browser, [state])
    return report.findings


def carried(browser: Browser, reader: Markup, states: Iterable[State], memory: Memory) -> Iterator[tuple[State, bool]]:
    """States of which an earlier audit is remembered, and pages crossed then: whether the same is found now."""
    known = {state.name: (state, kept) for state in states if (kept := memory.of(state)) is not None}
    for state, kept in sample({name: one for name, one in known.items() if one[1].page}):
        yield state, _same(look(browser, reader, state), kept.findings)
    crossed = {f"{way} {name}": (way, state) for name, (state, kept) in known.items() for way in kept.crossed}
    for way, state in sample({name: one for name, one in crossed.items() if one[0] in CROSSINGS}):
        for _, _, found in cross(browser, [state], [way]):
            yield state, _same(found, memory.crossing(way, state) or [])


def alike(browser: Browser, reader: Markup, pages: Mapping[str, Sequence[State]]) -> Iterator[tuple[State, bool]]:
    """States that are the very same page as another, the first of each list: whether the same is found on both."""
    for state, first in sample({one.name: (one, same[0]) for same in pages.values() for one in same[1:]}):
        yield state, _same(look(browser, reader, state), look(browser, reader, first))


def spoken(browser: Browser, speakers: Mapping[str, tuple[State, State]]) -> Iterator[tuple[State, bool]]:
    """States for which another speaks before the engine: whether it says the same of both."""
    for state, speaker in sample(speakers):
        yield state, _same(engine(browser, state), engine(browser, speaker))


def _same(found: Iterable[Finding], heard: Iterable[Finding]) -> bool:
    return sorted(one.same for one in found) == sorted(one.same for one in heard)
