"""How old a paper may be, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.journey.model import Journey, NeededDocument
from app.paper.wording import Wording
from app.spec.model import Document, Text


def age_in_words(document: Document, wording: Wording) -> str | None:
    """The largest age of a document as a sentence; None where the procedure names none. A disputed age is given with
    each of its values.
    """
    if document.issued_within is None:
        return None
    # The fact prints its own value, "à vérifier" or its fallback sentence.
    age = wording.plain(Text(f"{{fact.{document.issued_within}}}"))
    return wording.gettext("Âge du papier le jour du dépôt, au plus : {age}.").format(age=age.rstrip("."))


def age_lines(needed: NeededDocument, today: date, wording: Wording) -> Iterator[str]:
    """What a person is told of the age of a document: how old, and the earliest day it may bear if filed `today`."""
    age = age_in_words(needed.document, wording)
    if age is not None:
        yield age
    if needed.dated_from is not None:
        pattern = wording.gettext("Pour un dépôt le {today}, il doit être daté du {day} ou après.")
        yield pattern.format(today=wording.day(today), day=wording.day(needed.dated_from))


def titles_with_age(titles: dict[str, str], journey: Journey, wording: Wording) -> dict[str, str]:
    """The titles of the documents, each followed by what is said of its age."""
    return {
        needed.key: " – ".join((titles[needed.key], *age_lines(needed, journey.today, wording)))
        for needed in journey.documents
    }
