"""What other rooms worked out from nothing but a procedure, kept beside it: plans, prepared questions, its words.

One place for all of it, with one bound: a service with a hundred procedures holds what its visitors use now, and what
was worked out never keeps alive a procedure that the service has let go.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from app.spec.model.procedure import Procedure

MOST = 36
"""Procedures, times languages: up to 300 KB each, once every page has been shown."""
MOST_PROCEDURES = 12
"""Procedures that shelves keep alive: about 400 KB each."""

T = TypeVar("T")
Shelf = tuple[Procedure, dict[Hashable, Any]]

_shelves: OrderedDict[tuple[int, str | None], Shelf] = OrderedDict()
_lock = Lock()


def kept(procedure: Procedure, about: Hashable, work_out: Callable[[], T], *, locale: str | None = None) -> T:
    """What `work_out` gives, worked out once for this procedure, and for `locale` where it depends on the reader.

    `about` names it: every function has names of its own. Procedures are told apart by identity, which is theirs as
    long as their shelf holds them.
    """
    key = id(procedure), locale
    shelf = _shelves.get(key)
    if shelf is None or shelf[0] is not procedure:
        shelf = _new(key, procedure)
    elif len(_shelves) >= MOST_PROCEDURES:
        _used(key)
    held = shelf[1]
    if about not in held:
        held[about] = work_out()
    found: T = held[about]
    return found


def _new(key: tuple[int, str | None], procedure: Procedure) -> Shelf:
    """An empty shelf in the place of those that were used longest ago."""
    with _lock:
        shelf = _shelves[key] = (procedure, {})
        _shelves.move_to_end(key)
        while len(_shelves) > MOST or len({number for number, _ in _shelves}) > MOST_PROCEDURES:
            _shelves.popitem(last=False)
    return shelf


def _used(key: tuple[int, str | None]) -> None:
    with _lock:
        if key in _shelves:
            _shelves.move_to_end(key)


def clear() -> None:
    """Forget everything: for tests that change what a reader is told."""
    with _lock:
        _shelves.clear()
