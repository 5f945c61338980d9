"""`guichet check`: what the files say, then what can be proven of every applicant."""

from __future__ import annotations

from collections.abc import Sequence

from app.spec import check
from app.spec.codes.phrase import Phrase
from app.spec.compiler import Compiled
from app.spec.diagnostics import Findings
from app.verify.extent import Extent
from app.verify.telling import prove

_EXTENT = (
    "{slug} : de {q0} à {q1} questions, de {d0} à {d1} documents, {journeys} sortes de parcours.",
    "{slug}: {q0} to {q1} questions, {d0} to {d1} documents, {journeys} kinds of journeys.",
)


def main(argv: Sequence[str]) -> int:
    """Run the command. Returns 0 without errors, 1 with some, 2 when it was called wrongly."""
    return check.main(argv, prove_one)


def prove_one(compiled: Compiled, findings: Findings) -> str:
    """Run the proofs of one procedure; its smallest and largest journeys, in words."""
    proven = prove(compiled, findings)
    if proven is None or proven.extent is None or compiled.procedure is None:
        return ""
    return _words(compiled.procedure.slug, proven.extent)


def _words(slug: str, extent: Extent) -> Phrase:
    journeys = f"{extent.journeys:,}".replace(",", "\u202f")
    blanks = {"slug": slug, "q0": extent.questions[0], "q1": extent.questions[1], "journeys": journeys}
    french, english = (
        template.format(**blanks, d0=extent.documents[0], d1=extent.documents[1]) for template in _EXTENT
    )
    return Phrase(french, english)
