"""Every diagnostic code: its words, its reason, and an example of the fault and of its repair."""

from __future__ import annotations

from app.spec.codes.conditions import CONDITIONS
from app.spec.codes.entry import Code
from app.spec.codes.meaning import MEANING
from app.spec.codes.plain import PLAIN
from app.spec.codes.proofs import PROOFS
from app.spec.codes.references import REFERENCES
from app.spec.codes.shape import SHAPE
from app.spec.codes.time import TIME
from app.spec.codes.writing import WRITING

CODES: dict[str, Code] = {
    entry.code: entry for entry in (*WRITING, *SHAPE, *REFERENCES, *CONDITIONS, *MEANING, *PLAIN, *TIME, *PROOFS)
}

__all__ = ["CODES", "Code"]
