"""What `guichet map` draws: a procedure as boxes within boxes, each with its place in the file and its condition in
words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.spec.compiler import Compiled, Written
from app.spec.model import Document, Effect, Level, Outcome, Procedure, Step
from app.spec.tree import Node, Span
from app.verify.model import Model
from app.verify.places import Place, Places
from app.verify.places import Sort as PlaceSort
from app.verify.spoken import Spoken

LEVELS: dict[Level, str] = {"required": "obligatoire", "recommended": "conseillé", "optional": "facultatif"}
EFFECTS: dict[Effect, str] = {
    "stop": "la démarche s'arrête là",
    "first": "autre chose à faire avant",
    "then": "autre chose à faire après",
    "advise": "information",
}
CHANNELS = {
    "external": "un autre site",
    "received_here": "dans ce service",
    "counter": "au guichet",
    "post": "par courrier",
    "substitution": "solution de substitution",
}


@dataclass(frozen=True, slots=True)
class Box:
    """One thing of a procedure. `sort` is a word for people (« Question »), `about` what else is to know of it, `when`
    its condition as the end of a sentence that begins with « si », "" where it holds for everybody.
    """

    sort: str
    id: str
    title: str
    where: Span | None = None
    when: str = ""
    about: str = ""
    inside: tuple[Box, ...] = ()
    ends: bool = False
    """Whether a journey ends here."""

    @property
    def line(self) -> str:
        """The place in the file, as « dossier/procedure.yaml:12 » without the folders above."""
        if self.where is None:
            return ""
        return f"{'/'.join(self.where.file.replace(chr(92), '/').split('/')[-2:])}:{self.where.line}"


@dataclass(frozen=True, slots=True)
class Chart:
    """A whole procedure: its steps in order, each with the outcomes decided there, then what follows the questions."""

    title: str
    slug: str
    steps: tuple[Box, ...]
    documents: tuple[Box, ...]
    channels: tuple[Box, ...]


def unbroken(words: str) -> str:
    """French signs stay on the line of their word."""
    return re.sub("(?<=«) | (?=[»:;?!])", "\N{NO-BREAK SPACE}", words)


def chart(compiled: Compiled) -> Chart:
    """The chart of a procedure that compiled."""
    assert compiled.procedure is not None
    assert compiled.written is not None
    return _Charting(compiled.procedure, compiled.written).whole()


class _Charting:
    def __init__(self, procedure: Procedure, written: Written) -> None:
        self.procedure = procedure
        self.model = Model(procedure)
        self.spoken = Spoken(procedure)
        self.places: dict[tuple[PlaceSort, str], list[Place]] = {}
        for place in Places(self.model, written).all():
            self.places.setdefault((place.sort, place.id), []).append(place)

    def whole(self) -> Chart:
        return Chart(
            self.procedure.title.source,
            self.procedure.slug,
            tuple(self._step(number, step) for number, step in enumerate(self.procedure.steps, 1)),
            tuple(map(self._document, self.procedure.documents)),
            tuple(
                self._box("channel", "Voie de dépôt", channel.id, channel.title.source, CHANNELS[channel.kind])
                for channel in self.procedure.channels
            ),
        )

    def _box(
        self, sort: PlaceSort, word: str, name: str, title: str, about: str = "", inside: tuple[Box, ...] = ()
    ) -> Box:
        place = self.places[sort, name][0]
        return Box(word, name, title, _span(place.where), self._when(place), about, inside)

    def _when(self, place: Place) -> str:
        return "" if place.when is None else self.spoken.when(place.when)

    def _step(self, number: int, step: Step) -> Box:
        about = ""
        if step.repeat is not None:
            about = (
                "répétée pour chaque réponse cochée" if step.repeat.for_each else "répétée autant de fois qu'il faut"
            )
        inside = [*self._pages(step), *self._checks(step), *self._decided(step)]
        return self._box("step", f"Étape {number}", step.id, step.title.source, about, tuple(inside))

    def _pages(self, step: Step) -> Iterator[Box]:
        pages = [tuple(self._question(field.id) for field in page.fields) for page in step.pages]
        if len(pages) == 1:
            yield from pages[0]
            return
        for number, questions in enumerate(pages, 1):
            first = questions[0].where if questions else None
            yield Box("Page", step.pages[number - 1].id, f"{number} sur {len(pages)}", first, inside=questions)

    def _question(self, name: str) -> Box:
        place = self.places["question", name][0]
        assert place.field is not None
        about = "" if place.field.required else "facultative"
        return self._box("question", "Question", name, place.field.label.source, about)

    def _checks(self, step: Step) -> Iterator[Box]:
        for page in step.pages:
            for check in page.checks:
                of_step = self.places["check", check.at or step.id]
                place = next(one for one in of_step if one.when == check.when)
                word = "Contrôle" if check.level == "error" else "Conseil"
                yield Box(word, check.at or step.id, check.says.source, _span(place.where), self._when(place))

    def _decided(self, step: Step) -> Iterator[Box]:
        """The outcomes that are decided once the pages of a step are answered."""
        for outcome in self.procedure.outcomes:
            if self.model.pages[self.model.decided_at(outcome)][0] is step:
                yield self._outcome(outcome)

    def _outcome(self, outcome: Outcome) -> Box:
        place = self.places["outcome", outcome.id][0]
        ends = outcome.effect == "stop"
        about, when = EFFECTS[outcome.effect], self._when(place)
        return Box("Issue", outcome.id, outcome.title.source, _span(place.where), when, about, ends=ends)

    def _document(self, document: Document) -> Box:
        needs = [place for place in self.places.get(("need", document.id), []) if place.when is not None]
        about = f"{LEVELS[document.need[0].level]}" if len(document.need) == 1 and not needs else ""
        inside = tuple(
            Box("Niveau", need.level, LEVELS[need.level], _span(place.where), self._when(place))
            for need, place in zip(document.need, needs, strict=False)
        )
        if inside and len(document.need) > len(inside):
            last = document.need[len(inside)].level
            inside = (*inside, Box("Niveau", last, LEVELS[last], None, "aucune des conditions d'avant"))
        return self._box("document", "Document", document.id, document.title.source, about, inside)


def _span(where: Node | Span) -> Span:
    return where.span if isinstance(where, Node) else where
