"""All states: of each procedure, and of the pages around them; in one language at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.audit import around, ends
from app.audit.ends import Ends
from app.audit.installation import Installation
from app.audit.journeys import Journeyed, journeys
from app.audit.questions import Pages, Seen
from app.audit.states import State
from app.spec.compiler import Compiled, compile_folder
from app.spec.model import Procedure


class NothingToAudit(ValueError):
    """A procedure is not there or does not compile; the message says it, in French."""


@dataclass(slots=True)
class Tour:
    """`prepare` and `authority` are the service in its two modes, with the same procedures."""

    procedures: Path
    prepare: Installation
    authority: Installation
    richest: list[tuple[Procedure, Journeyed]] = field(default_factory=list)
    """Of each procedure that was gone through, the person who meets most of it."""

    def states(self, slugs: Sequence[str], locale: str, *, common: bool = True) -> Iterator[State]:
        """Every state of some procedures, then, with `common`, those of the pages around them. Raises
        `NothingToAudit`.
        """
        first: tuple[Compiled, Journeyed] | None = None
        for slug in slugs:
            compiled, persons = self._people(slug)
            yield from self._procedure(compiled, persons, locale)
            if compiled.procedure is not None and all(known.slug != slug for known, _ in self.richest):
                self.richest.append((compiled.procedure, persons[0]))
            filing = next((one for one in persons if one.journey.complete and one.journey.documents), persons[0])
            if first is None or (filing.journey.documents and not first[1].journey.documents):
                first = compiled, filing
        if common and first is not None:
            yield from self._around(*first, locale)

    def _procedure(self, compiled: Compiled, persons: list[Journeyed], locale: str) -> Iterator[State]:
        procedure = compiled.procedure
        assert procedure is not None
        seen = Seen()
        yield from around.starts(self.prepare, procedure, locale, persons[0])
        for person in persons:
            yield from Pages(self.prepare, procedure, locale, person, seen).states()
            yield from Ends(self.prepare, procedure, locale, person, seen).states()
        complete = next((one for one in persons if one.journey.complete), None)
        if complete is not None and procedure.kind == "procedure":
            yield from ends.sent(self.authority, procedure, locale, complete)

    def _around(self, compiled: Compiled, person: Journeyed, locale: str) -> Iterator[State]:
        procedure = compiled.procedure
        assert procedure is not None
        yield from around.public(self.prepare, locale)
        for state in (
            *around.phones(self.prepare, procedure, locale, person),
            *around.failures(self.prepare, procedure, locale, person),
        ):
            # They belong to no procedure: whichever was at hand led there.
            yield replace(state, name=f"{locale}/-/{state.name.split('/', 2)[2]}")

    def _people(self, slug: str) -> tuple[Compiled, list[Journeyed]]:
        folder = self.procedures / slug
        if not (folder / "procedure.yaml").is_file():
            raise NothingToAudit(f"la démarche « {slug} » n'existe pas dans {self.procedures}.")
        compiled = compile_folder(folder, self.procedures / "shared", self.procedures / "tables")
        if compiled.procedure is None:
            raise NothingToAudit(f"la démarche « {slug} » a des erreurs : lancez « guichet check {slug} ».")
        return compiled, journeys(compiled, folder)
