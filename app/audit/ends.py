"""The states of what follows the questions: documents, check answers, declaration, last page, papers, outcomes."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from app.audit.installation import Installation, Visitor
from app.audit.journeys import Journeyed
from app.audit.questions import ARABIC, NAMES, UNBROKEN, Visit
from app.audit.states import State
from app.journey.instead import may_be_said
from app.spec.model import Document, Procedure
from app.store.files import FileRecord
from app.web.upload_messages import ADVICE, NOTES, REFUSALS

JPEG = b"\xff\xd8\xff\xe0" + bytes(2000) + b"\xff\xd9"
PDF = b"%PDF-1.7\n" + b"x" * 2000 + b"\nstartxref\n0\n%%EOF\n"
AT_ONCE: Mapping[str, tuple[str, bytes]] = {
    "empty": ("photo.jpg", b""),
    "format": ("lettre.docx", b"PK\x03\x04" + bytes(200)),
    "unknown": ("notes.txt", b"Bonjour"),
    "damaged": ("acte.pdf", PDF[:500]),
}
"""A file that is refused as it comes, for each reason that its first and last bytes give."""
AT_ONCE_TOO = ("none", "too_big", "too_many")
LATER = tuple(reason for reason in REFUSALS if reason not in (*AT_ONCE, *AT_ONCE_TOO))
"""The reasons that the queue finds."""
LONG_FILE = f"{UNBROKEN}.pdf"
FILED = {"filed_where": "other", "filed_on-day": "1", "filed_on-month": "10", "filed_number": "A-1"}


class Ends(Visit):
    """What one person comes to, in one language, where the installation is run by nobody in particular (`prepare`)."""

    def states(self) -> Iterator[State]:
        """Every state that was not taken from somebody else."""
        journey = self.person.journey
        for outcome in journey.outcomes:
            if self.seen.first(f"outcome {outcome.id}"):
                yield self._get(f"outcome/{outcome.id}").state(f"outcome/{outcome.id}:shown", "outcome")
                yield from self._carried(outcome.id, len(outcome.go_to))
        yield from self._checked()
        if not journey.complete:
            return
        if self.seen.first(f"documents {[(needed.key, needed.level) for needed in journey.documents]}"):
            page = self._get("documents")
            if page.at.startswith("documents"):
                yield page.state(f"{self.seen.name('documents')}:nothing-given", "documents")
                yield from self._documents()
                yield from self._without_file()
        yield from self._last()

    # --- documents

    def _documents(self) -> Iterator[State]:
        needed = next((one for one in self.person.journey.documents if one.due == "filing" and not one.satisfied), None)
        if needed is None or not self.seen.first("files"):
            return
        page, at = self.visitor.below("documents"), self.visitor.below(f"documents/{quote(needed.key)}")
        yield self._given(at).state("documents:none", "documents")
        heavy = PDF[:-20] + b"x" * needed.document.max_size + PDF[-20:]
        reasons = {**AT_ONCE, "too_big": ("acte.pdf", heavy)}
        for reason, (name, content) in reasons.items():
            yield self._given(at, name, content).state(f"documents:{reason}", "documents")
        for reason in LATER:
            self._given(at, "IMG_0001.jpg", JPEG)
            self._settle(state="refused", problem=reason)
            yield self.visitor.open(page).state(f"documents:{reason}", "documents")
            self._clear()
        yield self._given(at, LONG_FILE, PDF).state("documents:waiting", "documents")
        # Two that wait would be taken in no order.
        self._clear()
        for word in NOTES:
            self._given(at, f"{ARABIC}.jpg", JPEG)
            self._settle(state="ready", notes=(word,), pages=2)
            yield self.visitor.open(page).state(f"documents:{word}", "documents")
            self._clear()
        yield from self._several(at, needed.document)

    def _several(self, at: str, document: Document) -> Iterator[State]:
        page, kept = self.visitor.below("documents"), self.installation.settings.data / "files"
        before = set(kept.glob("*/*"))
        for number in range(document.files_max):
            self._given(at, "acte.pdf" if number < 2 else f"page {number}.pdf", PDF)
            self._settle(state="ready", notes=(ADVICE[0],) if number == 0 else ())
        yield self.visitor.open(page).state("documents:full", "documents")
        yield self._given(at, "encore.pdf", PDF).state("documents:too_many", "documents")
        first = self._files()[0]
        yield self.visitor.open(f"{page}?replace={first.id}").state("documents:replacing", "documents")
        for file in self._files()[1:]:
            self.installation.site.store.files.remove(self.visitor.draft, file.id)
        for blob in set(kept.glob("*/*")) - before:
            blob.unlink()
        yield self._get("check").send(self.visitor.below("check"), {"action": "continue"}).state("check:lost", "check")
        yield self.visitor.open(page).state("documents:lost", "documents")
        self._clear()

    def _without_file(self) -> Iterator[State]:
        """What is said in place of a file; it stays for check answers and the last page."""
        journey = self.person.journey
        sayable = (one for one in journey.documents if one.due == "filing" and not one.satisfied)
        words = {one.key: may_be_said(one.document, journey.channels) for one in sayable}
        key = next((key for key, may in words.items() if "do_not_have" in may), None)
        if key is None or not self.seen.first("without file"):
            return
        at = self.visitor.below(f"instead/{quote(key)}")
        for name, reason in (("no-reason", " "), ("without-file", f"{UNBROKEN} {ARABIC}")):
            said = {"says": "do_not_have", "reason": reason}
            yield self._get("documents").send(at, said).state(f"documents:{name}", "documents")
        yield self._get("check").state("check:without-file", "check")

    def _given(self, at: str, name: str = "", content: bytes = b"") -> Visitor:
        file: Any = (io.BytesIO(content), name) if name else (io.BytesIO(b""), "")
        return self._get("documents").send(at, {"file": file})

    def _settle(self, **found: Any) -> None:
        """What the queue makes of the file that waits."""
        jobs = self.installation.site.store.jobs
        job = jobs.claim()
        assert job is not None
        jobs.settle(job, replace(job.file, **found))

    def _files(self) -> list[FileRecord]:
        return self.installation.site.store.files.of_draft(self.visitor.draft)

    def _clear(self) -> None:
        for file in self._files():
            self.installation.site.store.files.remove(self.visitor.draft, file.id)

    # --- check answers

    def _checked(self) -> Iterator[State]:
        journey = self.person.journey
        keys = [stop.key for stop in journey.path]
        if self.seen.first("nothing answered"):
            self.visitor.hold({}, journey, seen=[])
            yield self._get("check").state("check:nothing-answered", "check")
        self.visitor.hold(self.person.answers, journey)
        if journey.complete and self.seen.first(f"check {keys} {[d.key for d in journey.documents]}"):
            name = self.seen.name("check")
            yield self._get("check").state(f"{name}:complete", "check")
            yield from self._named(name)
        if journey.aside and self.seen.first("aside"):
            yield self._get("check").state("check:set-aside", "check")

    def _named(self, name: str) -> Iterator[State]:
        names = {one.id for step in self.procedure.steps for one in step.fields if one.kind == "name"}
        for state, text in NAMES.items() if self.seen.first("check names") else ():
            self.visitor.hold(_renamed(self.person.answers, names, text), self.person.journey)
            yield self._get("check").state(f"{name}:{state}", "check")
        self.visitor.hold(self.person.answers, self.person.journey)

    # --- the last act and what comes after it

    def _last(self) -> Iterator[State]:
        declarations = [one.id for one in self.person.journey.declarations]
        letters = [one.id for one in self.person.journey.letters]
        ways = [one.id for one in self.person.journey.channels]
        if not self.seen.first(f"last {declarations} {letters} {ways}"):
            return
        self._get("check").send(self.visitor.below("check"), {"action": "continue"})
        if self.visitor.at == "declaration":
            name = self.seen.name("declaration")
            yield self.visitor.state(f"{name}:unread", "declaration")
            at = self.visitor.below("declaration")
            yield self.visitor.send(at, {"action": "continue"}).state(f"{name}:unticked", "declaration")
            self.visitor.send(at, {"action": "continue", "declared": declarations})
        name = self.seen.name("receipt")
        yield self.visitor.state(f"{name}:ready", "receipt")
        yield from self._papers(letters)
        if self.seen.first("filed"):
            yield from self._filed(name)

    def _papers(self, letters: list[str]) -> Iterator[State]:
        for letter in letters:
            if self.seen.first(f"letter {letter}"):
                yield self._get(f"lettre/{letter}").state(f"letter/{letter}:shown", "letter")
        if 'a-recopier"' in self._get("receipt").html and self.seen.first("sheet"):
            yield self._get("a-recopier").state("sheet:shown", "sheet")

    def _filed(self, name: str) -> Iterator[State]:
        at = self.visitor.below("filed")
        blank = dict.fromkeys(FILED, "")
        yield self._get("receipt").send(at, {**blank, "filed_where": []}).state(f"{name}:filing-unanswered", "receipt")
        wrong = {**FILED, "filed_on-day": "32", "filed_on-year": "98"}
        yield self._get("receipt").send(at, wrong).state(f"{name}:filing-wrong", "receipt")
        year = str(self.person.journey.today.year - 1)
        yield self._get("receipt").send(at, {**FILED, "filed_on-year": year}).state(f"{name}:filed", "receipt")

    def _carried(self, outcome: str, ways: int) -> Iterator[State]:
        for place in range(ways):
            page = self._get(f"carry/{outcome}/{place}")
            if page.status == 200 and page.at.startswith("carry/"):
                yield page.state(f"carry/{outcome}/{place}:asked", "carry")

    def _get(self, rest: str) -> Visitor:
        return self.visitor.open(self.visitor.below(rest))


def sent(installation: Installation, procedure: Procedure, locale: str, person: Journeyed) -> Iterator[State]:
    """What differs where an authority runs the installation: sending, the receipt, taking back."""
    visitor = installation.draft(procedure.slug, locale, person.journey, person.answers)

    def get(rest: str) -> Visitor:
        return visitor.open(visitor.below(rest))

    yield visitor.open(f"/{locale}/{procedure.slug}/").state("start:authority", "start")
    get("check").send(visitor.below("check"), {"action": "continue"})
    if visitor.at == "declaration":
        yield visitor.state("declaration:authority", "declaration")
        ids = [one.id for one in person.journey.declarations]
        visitor.send(visitor.below("declaration"), {"action": "continue", "declared": ids})
    yield visitor.state("receipt:sent", "receipt")
    yield get("erase").state("erase:sent", "erase")
    yield get("withdraw").state("withdraw:asked", "withdraw")
    yield visitor.send(visitor.below("withdraw"), {}).state("receipt:withdrawn", "receipt")
    yield get("erase").state("erase:withdrawn", "erase")


def _renamed(answers: Mapping[str, Any], names: set[str], text: str) -> dict[str, Any]:
    """The same answers, with another text for each name, in items too."""
    found: dict[str, Any] = {}
    for name, value in answers.items():
        if name in names and isinstance(value, str):
            found[name] = text
        elif isinstance(value, list) and value and isinstance(value[0], dict) and "answers" in value[0]:
            found[name] = [{**item, "answers": _renamed(item["answers"], names, text)} for item in value]
        else:
            found[name] = value
    return found
