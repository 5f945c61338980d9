"""Everything that composes papers, in one place: pure functions of (procedure, journey, wording, meta)."""

from app.paper.beside import sheet_in_both
from app.paper.blank import blank_form, question_numbers
from app.paper.filled import channel_to_copy, filled_form, sheet_to_copy
from app.paper.letters import letter, letters
from app.paper.proofs import proof
from app.paper.prose import FiledDocument, Meta
from app.paper.wording import Wording
from app.paper.words import condition_in_words

__all__ = [
    "FiledDocument",
    "Meta",
    "Wording",
    "blank_form",
    "channel_to_copy",
    "condition_in_words",
    "filled_form",
    "letter",
    "letters",
    "proof",
    "question_numbers",
    "sheet_in_both",
    "sheet_to_copy",
]
