"""Every name of a procedure, with what the checks need to know of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Literal

from app.spec.codes.phrase import Phrase
from app.spec.diagnostics import suggested
from app.spec.kind_table import KindFacts, kind_facts
from app.spec.likeness import closest
from app.spec.model import Table, ValueType
from app.spec.tree import Node

DERIVED_TYPES: dict[str, Literal["number", "date", "text", "choice"]] = {
    "sum": "number",
    "count": "number",
    "years_at": "number",
    "between": "number",
    "date_plus": "date",
    "date_minus": "date",
    "earliest": "date",
    "latest": "date",
    "differs": "choice",
    "lookup": "text",
}
TIME_UNITS = frozenset({"day", "days", "week", "weeks", "month", "months", "year", "years"})


@dataclass(frozen=True, slots=True)
class StepSymbol:
    """A step; `first` and `last` are the ranks of its first question and of the one after its last."""

    id: str
    node: Node
    first: int
    last: int
    repeats: bool


@dataclass(frozen=True, slots=True)
class FieldSymbol:
    """A question; `rank` counts all questions of the file in order. `choices` is None where any text may answer it."""

    id: str
    node: Node
    step: StepSymbol
    rank: int
    kind: str
    facts: KindFacts
    choices: tuple[str, ...] | None
    unknown: bool

    @property
    def repeats(self) -> bool:
        return self.step.repeats


@dataclass(frozen=True, slots=True)
class Meant:
    """A sentence for the author; `name` where another word alone would mend the text."""

    says: str = ""
    name: str | None = None


@dataclass(slots=True)
class Symbols:
    """Names by sort. `broken` are names of things that have another error: nothing more is said of them."""

    slug: str
    steps: dict[str, StepSymbol] = field(default_factory=dict)
    fields: dict[str, FieldSymbol] = field(default_factory=dict)
    derived: dict[str, Node] = field(default_factory=dict)
    rules: dict[str, Node] = field(default_factory=dict)
    facts: dict[str, Node] = field(default_factory=dict)
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    documents: dict[str, Node] = field(default_factory=dict)
    parts: dict[str, Node] = field(default_factory=dict)
    channels: dict[str, Node] = field(default_factory=dict)
    letters: dict[str, Node] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    procedures: AbstractSet[str] | None = None
    """Slugs of the procedures of the same folder; None where the file stands alone and nothing can be said of them."""
    blocks: Callable[[str], str | None] | None = None
    """Which shared block asks a question of a name."""
    others: Callable[[str], Mapping[str, FieldSymbol] | None] | None = None
    """The questions of another procedure of the same folder."""

    def elsewhere(self, slug: str) -> Mapping[str, FieldSymbol] | None:
        """The questions of a procedure; None where they are not known."""
        if slug == self.slug:
            return self.fields
        return self.others(slug) if self.others is not None else None

    @property
    def repeats(self) -> dict[str, StepSymbol]:
        return {name: step for name, step in self.steps.items() if step.repeats}

    def value_type(self, name: str) -> ValueType | None:
        """The type of a question or derived value; None for a name that is neither."""
        if name in self.fields:
            return self.fields[name].facts.value_type
        function = derived_function(self.derived[name]) if name in self.derived else None
        return DERIVED_TYPES.get(function) if function else None

    def fact_unit(self, name: str) -> str | None:
        """The unit of a fact: that of its first value."""
        values = fact_values(self.facts[name]) if name in self.facts else []
        return values[0].text("unit") if values else None

    def meant(self, name: str, known: Iterable[str] = ()) -> Meant:
        """What may have been meant by a name that nothing has: a shared block's question, or a name much like it."""
        block = self.blocks(name) if self.blocks is not None else None
        if block is not None:
            says = Phrase(
                f"Le bloc partagé « {block} » pose cette question : écrivez `use: {block}` dans une étape.",
                f"The shared block “{block}” asks this question: write `use: {block}` in a step.",
            )
            return Meant(says)
        nearest = closest(name, [*self.names(), *known])
        return Meant(suggested(nearest), nearest) if nearest else Meant()

    def names(self) -> list[str]:
        """What a condition may read, for « did you mean »."""
        return [*self.fields, *self.derived, *self.repeats]


class AnyName(set[str]):
    """The names of a file in which something is missing: any name may be one of them."""

    def __contains__(self, name: object) -> bool:
        return True


def names_in(tree: Node) -> set[str]:
    """Every name that a tree declares, of whatever sort."""
    names = {value for node in tree.walk() if (value := node.text("id"))}
    for section in ("derived", "rules", "facts", "lists", "tables", "parts", "channels"):
        names |= {name for name, _ in tree.entries(section)}
    return names


def doubled(tree: Node) -> bool:
    """Whether two things of an expanded tree that need names of their own have one: the second one's own name, which
    others may refer to, is then not known.
    """
    steps = tree.items("steps")
    questions = [question for step in steps for question in step.items("fields")]
    spaces = [tree.items(section) for section in ("documents", "outcomes", "declarations", "letters")]
    names = [[node.text("id") for node in nodes] for nodes in (steps, *spaces)]
    repeats = [step.text("id") for step in steps if step.get("repeat") is not None]
    read = [*(node.text("id") for node in questions), *repeats, *(name for name, _ in tree.entries("derived"))]
    return any(_repeated(space) for space in (*names, read))


def _repeated(names: Sequence[str | None]) -> bool:
    written = [name for name in names if name]
    return len(set(written)) < len(written)


def fact_values(fact: Node) -> list[Node]:
    """The dated or conflicting values of a fact."""
    return [*fact.items("periods"), *fact.items("conflict")]


def derived_function(node: Node) -> str | None:
    """Which function a derived value uses; None where none is written."""
    return next((key for key, _ in node.entries() if key in DERIVED_TYPES), None)


def collect(tree: Node, tables: dict[str, Table], broken: set[str]) -> Symbols:
    """The names of an expanded tree. Of a name written twice the first wins; duplicates are reported elsewhere."""
    symbols = Symbols(tree.text("procedure") or "", tables=tables, broken=broken)
    for key, node in tree.entries("lists"):
        symbols.lists[key] = tuple(str(item.value) for item in node.items())
    for section in ("derived", "rules", "facts", "parts", "channels"):
        getattr(symbols, section).update(tree.entries(section))
    for section in ("documents", "letters"):
        named = getattr(symbols, section)
        for node in tree.items(section):
            if name := node.text("id"):
                named.setdefault(name, node)
    rank = 0
    for node in tree.items("steps"):
        fields = node.items("fields")
        step = StepSymbol(node.text("id") or "", node, rank, rank + len(fields), node.get("repeat") is not None)
        symbols.steps.setdefault(step.id, step)
        for question in _questions(fields, step, symbols):
            symbols.fields.setdefault(question.id, question)
        rank += len(fields)
    return symbols


def _questions(nodes: list[Node], step: StepSymbol, symbols: Symbols) -> Iterator[FieldSymbol]:
    for offset, node in enumerate(nodes):
        name, kind = node.text("id"), node.text("kind")
        if not name:
            continue
        if kind is None:
            symbols.broken.add(name)
            continue
        facts = kind_facts(kind)
        yield FieldSymbol(
            name,
            node,
            step,
            step.first + offset,
            kind,
            facts,
            choices=_choices(node, kind, facts, symbols),
            unknown=node.get("unknown") is not None,
        )


def _choices(node: Node, kind: str, facts: KindFacts, symbols: Symbols) -> tuple[str, ...] | None:
    if kind == "yes_no":
        return ("yes", "no")
    source = node.text("options_from")
    if source is not None:
        if source in symbols.lists:
            return symbols.lists[source]
        return tuple(symbols.tables[source].rows) if source in symbols.tables else None
    if facts.choice_based:
        names = tuple(name for choice in node.items("choices") if (name := choice.text("id")))
        # Of two choices with one name, the second one's own is not known.
        return None if _repeated(names) else names
    return None
