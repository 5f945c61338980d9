"""Publishes a folder of procedures: compiles each, stores each valid one as its current revision, tells the operator
the rest.

For the command line only: workers read what is stored.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from app.spec.catalogue import Catalogue
from app.spec.diagnostics import render
from app.store import Store
from app.verify.extent import with_questions


def publish_folder(store: Store, folder: Path) -> Catalogue:
    """Compile every procedure of `folder` and store each valid one as its current revision.

    A broken file publishes nothing: its last good revision stays in force (design, decision 1). Returns what was found,
    so that the command line can show it to the operator.
    """
    catalogue = Catalogue.load(folder)
    for slug, canonical in catalogue.canonical.items():
        store.revisions.publish(slug, with_questions(canonical, catalogue.procedures[slug]))
    return catalogue


def report(store: Store, catalogue: Catalogue) -> Iterator[str]:
    """What the operator must know, one text each: every error and everything out of date with its place, and what a
    broken file means for people. Warnings and hints are for authors (`guichet check`).
    """
    for found in catalogue.diagnostics.values():
        for diagnostic in found:
            if diagnostic.severity in ("error", "stale"):
                yield render(diagnostic, catalogue.sources.get(diagnostic.file, "").split("\n"))
    for slug in catalogue.broken:
        if store.revisions.latest(slug) is None:
            yield f"« {slug} » n'est pas servie : son fichier a des erreurs et elle n'a jamais été publiée."
        else:
            yield f"« {slug} » : le fichier a des erreurs. La dernière version sans erreur reste servie."
