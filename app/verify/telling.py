"""Failed proofs as diagnostics: where, for whom, why it matters and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from app.spec.codes.phrase import Phrase, filled
from app.spec.compiler import Compiled
from app.spec.diagnostics import Findings, Related
from app.spec.model import All, AnyOf, Condition, Items, NoneOf, RuleRef, Test
from app.spec.tree import Node, Span
from app.verify.effects import Part
from app.verify.person import Person, says
from app.verify.places import Place
from app.verify.proofs import Proven, Prover
from app.verify.verdicts import Findings as PartFindings
from app.verify.verdicts import Verdict

_NEVER = {
    "step": "V01",
    "question": "V01",
    "document": "V03",
    "need": "V03",
    "outcome": "V04",
    "channel": "V05",
}
_WORDS = {
    "step": Phrase("l'étape « {id} »", "the step “{id}”"),
    "question": Phrase("la question « {id} »", "the question “{id}”"),
    "check": Phrase("la vérification de « {id} »", "the check of “{id}”"),
    "note": Phrase("cette note de l'étape « {id} »", "this note of the step “{id}”"),
    "document": Phrase("le document « {id} »", "the document “{id}”"),
    "need": Phrase("cette ligne du document « {id} »", "this row of the document “{id}”"),
    "outcome": Phrase("l'issue « {id} »", "the outcome “{id}”"),
    "channel": Phrase("la voie de dépôt « {id} »", "the way of filing “{id}”"),
    "fee": Phrase("le paiement « {id} »", "the fee “{id}”"),
    "letter": Phrase("la lettre « {id} »", "the letter “{id}”"),
    "paragraph": Phrase("ce paragraphe de la lettre « {id} »", "this paragraph of the letter “{id}”"),
    "declaration": Phrase("la déclaration « {id} »", "the declaration “{id}”"),
    "silence": Phrase("ce délai de silence", "this time of silence"),
    "window": Phrase("ces dates de dépôt", "these days to file"),
}
_WHOLE = Phrase("cette démarche", "this procedure")
_UNASKED = Phrase("Personne, ici, n'a eu à répondre à « {name} ».", "Nobody here was asked for “{name}”.")
_CLOSED = Phrase("« {name} » est fermée à cette personne.", "“{name}” is closed to this person.")
_CONDITION = Phrase("Sa condition est ici.", "Its condition is here.")
_RULE = Phrase("Elle lit la règle « {name} ».", "It reads the rule “{name}”.")
_ONLY_IF = Phrase("« {name} » n'est demandé que sous cette condition.", "“{name}” is asked only under this condition.")
_MISSING = {"filing": ("V12", "channels"), "talking": ("V13", "contacts")}


def prove(compiled: Compiled, findings: Findings) -> Proven | None:
    """Run the proofs of a compiled file and record what fails. None for a file that did not compile."""
    if compiled.procedure is None or compiled.written is None:
        return None
    prover = Prover(compiled.procedure, compiled.written)
    proven = prover.run()
    _Telling(prover, proven, findings).tell()
    return proven


class _Telling:
    def __init__(self, prover: Prover, proven: Proven, findings: Findings) -> None:
        self.reads = prover.model.reads
        self.routes = prover.model.procedure.kind == "router"
        self.tree = prover.written.tree
        self.reader = prover.written.reader
        self.proven = proven
        self.findings = findings
        self.shown = {v.place.id for v in proven.verdicts if v.place.sort == "step" and v.met}
        self.unasked = {v.place.id for v in proven.verdicts if v.place.sort == "question" and not v.met}

    def tell(self) -> None:
        if self.proven.undecided:
            span = self.tree.key_span("procedure")
            self.findings.add("V00", span, what=_WHOLE, bound=self.proven.undecided)
        for verdict in self.proven.verdicts:
            self._verdict(verdict)
        for verdict in self.proven.verdicts:
            if verdict.met and verdict.place.written is not None:
                self._parts(verdict.parts, verdict.place.written, verdict.place.conditions)
        rules = self.tree.get("rules")
        for name, found in self.proven.rules.items():
            when = self.reader.rule(name)
            node = rules.get(name) if rules is not None else None
            if node is not None and when is not None:
                self._parts(found, node, [when])
        self._ends()

    # --- places

    def _verdict(self, verdict: Verdict) -> None:
        place = verdict.place
        what = filled(_WORDS[place.sort], id=place.id)
        if verdict.undecided:
            self.findings.add("V00", place.where, what=what, bound=verdict.undecided)
        elif not verdict.met:
            if verdict.reached or self._is_root(place):
                code, related = _NEVER.get(place.sort, "V07"), [*self._unread(verdict), *self._decided(place)]
                witness = self._witness(verdict.example, place.conditions)
                self.findings.add(code, place.where, what=what, witness=witness, related=related)
        elif place.when is not None and not verdict.spared and not self._for_paper(place):
            witness = self._witness(verdict.example, place.conditions)
            related = list(self._decided(place))
            self.findings.add("V06", place.written or place.where, what=what, witness=witness, related=related)
        if verdict.met and place.field is not None and place.node is not None and not verdict.undecided:
            for choice in place.node.items("choices"):
                if choice.text("id") not in verdict.choices:
                    named = choice.get("id") or choice
                    refused = verdict.refused.get(str(named.value))
                    witness = self._witness(refused, [], [place.id])
                    self.findings.add("V02", named, choice=named.value, name=place.id, witness=witness)

    def _for_paper(self, place: Place) -> bool:
        """Whether a condition that is always true on the pages is wanted: in a router everybody else has left before
        the last steps and outcomes, but on paper nothing stops a reader.
        """
        return self.routes and place.sort in ("step", "outcome")

    def _is_root(self, place: Place) -> bool:
        """Whether it is not already said, of what a place stands in, that nobody comes there."""
        if place.sort == "question":
            return place.step is not None and place.step.id in self.shown
        return place.sort in ("step", "document", "outcome", "channel")

    def _unread(self, verdict: Verdict) -> Iterator[Related]:
        """Why a condition never holds: it reads what nobody there was asked."""
        for test in verdict.unread:
            node = self.reader.place(test)
            if node is not None and test.ref.name not in self.unasked:
                yield Related(node.span, filled(_UNASKED, name=test.ref.name))

    def _decided(self, place: Place) -> Iterator[Related]:
        """What decides about a place: its condition, where that stands on another line, and the rules it names."""
        named = place.where.span if isinstance(place.where, Node) else place.where
        if place.written is not None and place.sort in _NEVER and place.written.span.line != named.line:
            yield Related(place.written.span, _CONDITION)
        rules = self.tree.get("rules")
        for name in dict.fromkeys(_rules_of(place.when)):
            if rules is not None and rules.get(name) is not None:
                yield Related(rules.key_span(name), filled(_RULE, name=name))

    # --- parts of conditions

    def _parts(self, found: PartFindings, written: Node, conditions: Iterable[Condition]) -> None:
        read = list(conditions)
        for part, example in found.idle.values():
            witness = self._witness(example, read)
            if part.unread is None:
                code = "V08" if part.plain else "V09"
                self.findings.add(code, self._where(part, written), part=_named(part), witness=witness)
            elif self.reads.names_of(part.unread).isdisjoint(self.unasked):
                where = self.reader.place(part.unread) or written
                self.findings.add("V10", where, name=part.unread.ref.name, witness=witness)

    def _where(self, part: Part, written: Node) -> Node | Span:
        """Where a part is written: its key, or the value in its list."""
        place = self.reader.place(part.condition) or written
        if part.value is not None:
            for node in written.walk():
                for key, child in node.entries():
                    if node.key_span(key) == place.span:
                        return next((item for item in child.items() if item.value == part.value), place)
        return place

    # --- ends

    def _ends(self) -> None:
        for page, dead in self.proven.dead_ends.items():
            node = self._step(dead.step.id)
            where = (node.get("id") or node) if node is not None else self.tree
            names = [question.id for question in dead.page.fields]
            if dead.undecided:
                self.findings.add("V00", where, what=filled(_WORDS["step"], id=page), bound=dead.undecided)
                continue
            asked = Phrase(", ".join(f"« {name} »" for name in names), ", ".join(f"“{name}”" for name in names))
            witness = self._witness(dead.example, [], self._deciding(names))
            self.findings.add("V14", where, name=dead.step.id, asked=asked, witness=witness)
        for missing, gap in self.proven.gaps.items():
            code, section = _MISSING[missing]
            heading = self.tree.key_span(section if self.tree.get(section) is not None else "kind")
            if gap.undecided:
                self.findings.add("V00", heading, what=f"`{section}`", bound=gap.undecided)
                continue
            conditions = [when for _, node in self.tree.entries("channels") if (when := self._when(node)) is not None]
            related = list(self._closed()) if missing == "filing" else []
            self.findings.add(code, heading, witness=self._witness(gap.example, conditions), related=related)
        for hole in self.proven.holes.values():
            witness = self._witness(hole.example, [], self.reads.asked_by(hole.name))
            self.findings.add("V11", hole.text, name=hole.name, witness=witness, related=self._only_if(hole.name))

    def _step(self, name: str) -> Node | None:
        return next((node for node in self.tree.items("steps") if node.text("id") == name), None)

    def _only_if(self, name: str) -> list[Related]:
        """The condition under which a question is asked."""
        for step in self.tree.items("steps"):
            for node in step.items("fields"):
                when = node.get("when")
                if node.text("id") == name and when is not None:
                    return [Related(when.span, filled(_ONLY_IF, name=name))]
        return []

    def _when(self, node: Node) -> Condition | None:
        when = node.get("when")
        return None if when is None or not when.is_map else self.reader.read(when)

    def _closed(self) -> Iterator[Related]:
        for name, node in self.tree.entries("channels"):
            when = node.get("when")
            if when is not None and node.flag("files", default=True):
                yield Related(when.span, filled(_CLOSED, name=name))

    def _deciding(self, names: Iterable[str]) -> set[str]:
        """What the limits and conditions of a page read."""
        found: set[str] = set()
        for name in names:
            found |= self.reads.asked_by(name)
            settings = self.reads.fields[name].settings
            limits = (str(settings.get(key)) for key in ("not_after", "not_before"))
            found.update(limit for limit in limits if limit in self.reads.fields)
        return found | set(names)

    def _witness(
        self, person: Person | None, conditions: Iterable[Condition], names: Iterable[str] = ()
    ) -> dict[str, Any] | None:
        if person is None:
            return None
        read = set(names).union(*(self.reads.names(condition) for condition in conditions))
        for name in list(read):
            read |= self.reads.asked_by(name)
        return person.as_json(says(person, read))


def _rules_of(condition: Condition | None) -> Iterator[str]:
    """The rules that a condition names."""
    match condition:
        case RuleRef(name):
            yield name
        case All(parts) | AnyOf(parts) | NoneOf(parts):
            for part in parts:
                yield from _rules_of(part)
        case Items(when=when):
            yield from _rules_of(when)


def _named(part: Part) -> Phrase:
    """What to call a part of a condition."""
    match part.condition:
        case Test(ref=ref):
            name = part.value or f"{ref.name}{'.' + ref.part if ref.part else ''}"
            return Phrase(f"« {name} »", f"“{name}”")
        case RuleRef(name):
            return Phrase(f"la règle « {name} »", f"the rule “{name}”")
        case _:
            return Phrase("cette partie", "this part")
