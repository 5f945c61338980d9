"""The procedures in force, from their stored revisions: a worker compiles no YAML and loads no compiler."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

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


class Published:
    """Procedures by slug, and any stored revision by its SHA-256.

    Built once per process.
    """

    def __init__(self, store: Store, slugs: Iterable[str]) -> None:
        self._store = store
        found: dict[str, Procedure] = {}
        for slug in slugs:
            revision = store.revisions.latest(slug)
            if revision is None:
                log.error("procedure %s has never been valid: it is not served", slug)
                continue
            found[slug] = stored(revision)
        self.current: Mapping[str, Procedure] = found
        self._by_sha = {procedure.sha256: procedure for procedure in found.values()}
        self._older = lru_cache(maxsize=32)(self._load)

    def revision(self, sha256: str) -> Procedure | None:
        """The procedure exactly as it was when `sha256` was published; None if it never was."""
        return self._by_sha.get(sha256) or self._older(sha256)

    def _load(self, sha256: str) -> Procedure | None:
        revision = self._store.revisions.get(sha256)
        return None if revision is None else stored(revision)
