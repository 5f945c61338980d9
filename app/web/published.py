"""The procedures in force, from their stored revisions: a worker compiles no YAML and loads no compiler."""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from app.spec import canonical
from app.spec.building import build_procedure
from app.spec.model import Procedure
from app.store import Store
from app.store.revisions import Revision

log = logging.getLogger("guichet.procedures")


def slugs_of(folder: Path) -> tuple[str, ...]:
    """The procedures an installation means to serve: the folders that hold a `procedure.yaml`, in the order of their
    names.
    """
    return tuple(sorted(path.parent.name for path in folder.glob("*/procedure.yaml")))


def stored(revision: Revision) -> Procedure:
    """The procedure of a stored revision: no checks, since it was checked when it was published."""
    return build_procedure(canonical.loads(revision.canonical_json), revision.sha256)


MOST_HELD = 12
"""Procedures that a process holds at the same time, of those in force and older ones: about 400 KB each. Another one
is there again in 3 ms.
"""


MOST_TOLD = 24
"""Pages about all procedures that are kept worked out, each in one language."""

T = TypeVar("T")


class _Current(Mapping[str, Procedure]):
    """The procedures in force by slug. Which there are is known from the start; each is built when it is asked for."""

    def __init__(self, shas: Mapping[str, str], revision: Callable[[str], Procedure | None]) -> None:
        self._shas = shas
        self._revision = revision

    def __getitem__(self, slug: str) -> Procedure:
        found = self._revision(self._shas[slug])
        if found is None:
            raise KeyError(slug)
        return found

    def __contains__(self, slug: object) -> bool:
        return slug in self._shas

    def __iter__(self) -> Iterator[str]:
        return iter(self._shas)

    def __len__(self) -> int:
        return len(self._shas)


class Published:
    """Procedures by slug, and any stored revision by its SHA-256. Which revision of each is in force, as `shas`.

    Made once per process.
    """

    def __init__(self, store: Store, slugs: Iterable[str]) -> None:
        self._store = store
        found: dict[str, str] = {}
        for slug in slugs:
            sha256 = store.revisions.in_force(slug)
            if sha256 is None:
                log.error("procedure %s has never been valid: it is not served", slug)
                continue
            found[slug] = sha256
        self.shas: Mapping[str, str] = found
        self._told: dict[Hashable, Any] = {}
        self._held = lru_cache(maxsize=MOST_HELD)(self._load)
        self.current: Mapping[str, Procedure] = _Current(found, self._held)

    def told(self, about: Hashable, work_out: Callable[[], T]) -> T:
        """What follows from all procedures in force and from what `about` names: worked out once, the latest few kept.

        A page about all of them would have to build each again, for every visitor.
        """
        held: T | None = self._told.get(about)  # in one step: another thread may let go of it meanwhile
        if held is None:
            held = work_out()
            while len(self._told) >= MOST_TOLD:
                self._told.pop(next(iter(tuple(self._told)), None), None)
            self._told[about] = held
        return held

    def revision(self, sha256: str) -> Procedure | None:
        """The procedure exactly as it was when `sha256` was published; None if it never was."""
        return self._held(sha256)

    def _load(self, sha256: str) -> Procedure | None:
        revision = self._store.revisions.get(sha256)
        return None if revision is None else stored(revision)
