"""What a new revision changes for applicants: who meets something that they did not meet, or no longer meets it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.spec.model import Procedure, Text
from app.verify.cases import walk
from app.verify.diagram import FALSE
from app.verify.joint import Joint
from app.verify.outline import Sort, Thing
from app.verify.person import said, stored, values_at
from app.verify.phrases import PHRASES
from app.verify.reader import Moment
from app.verify.who import who

MOST_SAID = 8
COMPARED: tuple[Sort, ...] = (
    "question", "note", "document", "outcome", "channel", "letter", "paragraph", "fee", "declaration", "advice",
    "error",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changes. `who` says in words what the people touched have in common, `touched` how many kinds of
    journeys are theirs among `total`; `witness` is one of these people.
    """

    sort: str
    words: str
    who: tuple[str, ...] = ()
    touched: int = 0
    total: int = 0
    witness: Mapping[str, Any] | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.sort,
            "message": self.words,
            "who": list(self.who),
            "journeys": {"touched": self.touched, "total": self.total},
            "witness": None if self.witness is None else dict(self.witness),
        }


@dataclass(slots=True)
class _Moved:
    """The things that the same people gain, or lose."""

    sort: Sort
    names: list[str] = field(default_factory=list)


class Comparison:
    """Compares two revisions at one moment."""

    def __init__(self, joint: Joint, moment: Moment) -> None:
        self.joint = joint
        self.moment = moment
        self.diagrams = joint.frame.diagrams
        self.old: Procedure = joint.old.model.procedure
        self.new: Procedure = joint.new.model.procedure

    def changes(self) -> Iterator[Change]:
        """Every change of what is met, the same change for the same people told once."""
        grouped: dict[tuple[Sort, str, int], list[str]] = {}
        for sort, phrase, name, function in self._moved():
            if function != FALSE:
                grouped.setdefault((sort, phrase, function), []).append(name)
        for (sort, phrase, function), names in grouped.items():
            listed = ", ".join(f"« {name} »" for name in dict.fromkeys(names))
            several = "plural" if len(set(names)) > 1 else "singular"
            yield self._change(sort, PHRASES[phrase][several].format(names=listed), function)

    def _moved(self) -> Iterator[tuple[Sort, str, str, int]]:
        """Thing by thing: its sort, what happens to it, its title, and to whom."""
        yield from self._documents()
        for sort in COMPARED:
            if sort == "document":
                continue
            old, new = self._titled(sort, old=True), self._titled(sort, old=False)
            for key in dict.fromkeys([*new, *old]):
                before, after = old.get(key, ("", FALSE)), new.get(key, ("", FALSE))
                title = after[0] or before[0]
                for phrase, function in self._gained_lost(sort, before[1], after[1]):
                    yield sort, f"{sort} {phrase}", title, function

    def _gained_lost(self, sort: Sort, before: int, after: int) -> Iterator[tuple[str, int]]:
        diagrams = self.diagrams
        everybody = self.joint.ended if sort == "outcome" else self.joint.both
        could, can = (everybody, everybody) if sort != "error" else (self.joint.old.complete, self.joint.new.complete)
        gained = diagrams.both(could, diagrams.without(after, before))
        if gained == FALSE and before == FALSE:
            # Only for answers that could not be given before.
            gained = after
        yield "gained", gained
        yield "lost", diagrams.both(can, diagrams.without(before, after))

    def _documents(self) -> Iterator[tuple[Sort, str, str, int]]:
        """Documents by level: asked for, no longer asked for, asked for in another way."""
        outlines = (self.joint.old, self.joint.new)
        titles = {doc.id: doc.title.source for procedure in (self.old, self.new) for doc in procedure.documents}
        for name, title in titles.items():
            levels = []
            for outline in outlines:
                held = {t.detail: f for t, f in outline.things.items() if t.sort == "document" and t.id == name}
                asked = self.diagrams.any_of(held.values())
                levels.append({**held, "": self.diagrams.without(outline.complete, asked)})
            for before, was in levels[0].items():
                for after, now in levels[1].items():
                    if before != after:
                        function = self.diagrams.both(was, now)
                        yield "document", f"document {before or 'none'} {after or 'none'}", title, function
            if levels[0].keys() == {""}:
                yield from self._newcomers(title, levels[1])

    def _newcomers(self, title: str, levels: Mapping[str, int]) -> Iterator[tuple[Sort, str, str, int]]:
        """A new document that is asked for only with answers that could not be given before."""
        asked = {level: function for level, function in levels.items() if level}
        if all(self.diagrams.both(self.joint.both, function) == FALSE for function in asked.values()):
            for level, function in asked.items():
                yield "document", f"document none {level}", title, function

    def _titled(self, sort: Sort, *, old: bool) -> dict[str, tuple[str, int]]:
        """The things of a sort in one revision: by what makes them the same in both, their title and function."""
        outline, procedure = (self.joint.old, self.old) if old else (self.joint.new, self.new)
        found: dict[str, tuple[str, int]] = {}
        for thing, function in outline.things.items():
            if thing.sort == sort:
                key, title = _identity(procedure, thing)
                earlier = found.get(key, (title, FALSE))[1]
                found[key] = (title, self.diagrams.either(earlier, function))
        return found

    def _change(self, sort: Sort, words: str, function: int) -> Change:
        frame, diagrams = self.joint.frame, self.diagrams
        sets = (self.joint.both, self.joint.ended, self.joint.new.complete, self.joint.old.complete)
        everybody = next((one for one in sets if diagrams.without(function, one) == FALSE), self.joint.ended)
        touched, total = self._counted(diagrams.both(function, everybody), everybody)
        lines = who(frame, function, everybody)
        return Change(sort, words, tuple(lines), touched, total, self._witness(function, everybody))

    def _telling(self, function: int, everybody: int) -> list[int]:
        """The variables that have fewer values among the people touched than among all."""
        values = self.diagrams.values
        levels = sorted(self.diagrams.support(function))
        return [level for level in levels if values(function, level) != values(everybody, level)]

    def _counted(self, function: int, everybody: int) -> tuple[int, int]:
        """How many kinds of journeys are touched, of how many: only questions that tell the touched from the others are
        counted.
        """
        diagrams = self.diagrams
        telling = self._telling(function, everybody)
        rest = (diagrams.support(function) | diagrams.support(everybody)) - set(telling)
        return (
            diagrams.count(diagrams.some(function, rest), telling),
            diagrams.count(diagrams.some(everybody, rest), telling),
        )

    def _witness(self, function: int, everybody: int) -> dict[str, Any] | None:
        picked = self.diagrams.pick(function)
        if picked is None:
            return None
        values = values_at(self.joint.new.side, picked, every=True)
        answers: dict[str, Any] = {}
        for outline in (self.joint.old, self.joint.new):
            given = stored(outline.model.reads, values)
            journey = walk(outline.model.procedure, given, self.moment.today, started=self.moment.started)
            answers |= dict(journey.answers)
        telling = set(self._telling(function, everybody)) or self.diagrams.support(function)
        says = []
        for slot, coded in self.joint.frame.coded.items():
            question = self.joint.frame.question(slot.name)
            if question is not None and slot.name in answers and not telling.isdisjoint(coded.levels):
                says.append(said(question, answers[slot.name]))
        return {"today": self.moment.today.isoformat(), "answers": answers, "says": says[:MOST_SAID]}


def _identity(procedure: Procedure, thing: Thing) -> tuple[str, str]:
    """What makes a thing the same in two revisions, and its title."""
    if thing.sort == "outcome":
        outcome = next(one for one in procedure.outcomes if one.id == thing.id)
        return f"{thing.id} {outcome.effect == 'stop'}", outcome.title.source
    if thing.sort == "fee":
        fee = procedure.fees[int(thing.detail)]
        return f"{fee.fact} {fee.due}", fee.fact
    if thing.sort in SAID:
        words = next(text.source for text in SAID[thing.sort](procedure) if text.context == thing.detail)
        return f"{thing.id} {words}", words
    return thing.id, NAMED[thing.sort](procedure)[thing.id].source


NAMED: dict[str, Callable[[Procedure], dict[str, Text]]] = {
    "question": lambda procedure: {q.id: q.label for step in procedure.steps for q in step.fields},
    "channel": lambda procedure: {channel.id: channel.title for channel in procedure.channels},
    "letter": lambda procedure: {letter.id: letter.title for letter in procedure.letters},
    "declaration": lambda procedure: {declaration.id: declaration.text for declaration in procedure.declarations},
}


def _checks(procedure: Procedure) -> Iterator[Text]:
    return (check.says for step in procedure.steps for page in step.pages for check in page.checks)


SAID: dict[str, Callable[[Procedure], Iterator[Text]]] = {
    "note": lambda procedure: (note.text for step in procedure.steps for note in step.notes),
    "paragraph": lambda procedure: (part.text for letter in procedure.letters for part in letter.paragraphs),
    "advice": _checks,
    "error": _checks,
}
"""Texts without an id: the same words make them the same."""
