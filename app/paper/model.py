"""What a paper is, before any typesetting: frozen values, plain text only.

A paper is composed once (`app.paper.compose`), typeset by one template (`app.paper.render`) and checked against its own
text (`text_of`). Nothing here is markup: every string is printed as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from typing import Any, Literal

PaperKind = Literal["sheet", "letter", "filled", "blank", "receipt", "ready"]


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    level: Literal[1, 2] = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    strong: bool = False
    small: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and its value; `missing` prints the value as something still to be given."""

    label: str
    lines: tuple[str, ...]
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Pairs:
    """`style`: `answers` makes the values stand out, `things` their names (ways, contacts), `words` sets names that
    stand out close together, in two columns.
    """

    rows: tuple[Pair, ...]
    style: Literal["answers", "things", "words"] = "answers"


@dataclass(frozen=True, slots=True)
class CheckItem:
    """A line with a box to tick by hand."""

    text: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checklist:
    """Lines to tick by hand; `ticked`: the person has ticked them already, on the screen."""

    items: tuple[CheckItem, ...]
    ticked: bool = False


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file given. `digests` are pairs of a label and 64 hexadecimal digits, printed in one piece so that they can be
    copied and compared.
    """

    title: str
    details: tuple[str, ...]
    digests: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Files:
    rows: tuple[FileRow, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """Room to write by hand; `label` names it where a question has several rooms."""

    count: int = 1
    label: str = ""


@dataclass(frozen=True, slots=True)
class Comb:
    """One small box per sign, in named groups: `(("Jour", 2), ("Mois", 2), ("Année", 4))`."""

    groups: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the blank form, kept on one page with the room to answer it, unless it is very long.

    `condition` says in words who answers it; `body` holds `Checklist`, `Lines`, `Comb` or `Paragraph` blocks.
    """

    number: str
    label: str
    condition: str = ""
    conditions: tuple[str, ...] = ()
    """Clauses of the condition, where one sentence would be too long."""
    hints: tuple[str, ...] = ()
    body: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Framed:
    """Something that must be seen: printed in a frame, under its title. `opens`: stays on the page of what follows."""

    title: str
    lines: tuple[str, ...]
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Address:
    """An address block of a letter, on the side where the reader's country expects it."""

    lines: tuple[str, ...]
    side: Literal["sender", "recipient"]


@dataclass(frozen=True, slots=True)
class Signature:
    label: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    pass


Block = (
    Heading
    | Paragraph
    | Bullets
    | Pairs
    | Checklist
    | Files
    | Lines
    | Comb
    | Question
    | Framed
    | Address
    | Signature
    | PageBreak
)


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper. `first_line_proves` and `first_line_does_not_prove` are printed before anything else, the title
    included (a person shows the top of a paper); both are empty on a letter, which is the person's own.

    `made_at` is an aware moment, kept in the file's metadata; None: the moment of typesetting. `footer` repeats on
    every page.
    """

    kind: PaperKind
    title: str
    language: str
    blocks: tuple[Block, ...]
    first_line_proves: str = ""
    first_line_does_not_prove: str = ""
    footer: str = ""
    direction: Literal["ltr", "rtl"] = "ltr"
    large: bool = False
    made_at: datetime | None = None


def as_data(value: Any) -> Any:
    """The paper, or a part of it, as JSON values; each block carries its class's name under `type`."""
    if is_dataclass(value) and not isinstance(value, type):
        return {"type": type(value).__name__, **{f.name: as_data(getattr(value, f.name)) for f in fields(value)}}
    if isinstance(value, tuple | list):
        return [as_data(part) for part in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return value


_NOT_TEXT = frozenset({"kind", "language", "direction", "side", "footer", "style"})


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if value:
            yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for f in fields(value):
            if f.name not in _NOT_TEXT:
                yield from _strings(getattr(value, f.name))
    elif isinstance(value, tuple):
        for part in value:
            yield from _strings(part)


def text_of(paper: Paper) -> tuple[str, ...]:
    """Every string that the paper prints in its body, in reading order."""
    title = "" if paper.kind == "letter" else paper.title
    return tuple(s for s in (paper.first_line_proves, paper.first_line_does_not_prove, title) if s) + tuple(
        _strings(paper.blocks)
    )
