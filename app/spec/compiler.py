"""From a file to a `Procedure`: source, shape, blocks, meaning, canonical form. All problems come in one run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from app.spec import canonical as canonical_form
from app.spec import derived as derived_values
from app.spec.blocks import Library, expand
from app.spec.building import build_procedure
from app.spec.conditions import ConditionReader
from app.spec.day import on_this_day
from app.spec.derived import DerivedReader
from app.spec.diagnostics import Diagnostic, Findings
from app.spec.elsewhere import questions_of
from app.spec.glossary import FILE as GLOSSARY
from app.spec.glossary import add_shared_words, read_glossary
from app.spec.meaning import check_meaning
from app.spec.model import Procedure
from app.spec.resolve import resolve
from app.spec.source import decode, load
from app.spec.structure import check_shape
from app.spec.symbols import AnyName, FieldSymbol, collect, doubled, names_in
from app.spec.tables import read_tables
from app.spec.tree import Node, Span

_UNSOUND = (KeyError, IndexError, ValueError, TypeError, AttributeError, AssertionError, RecursionError)
"""What building a procedure meets where errors have taken parts of it out."""


@dataclass(frozen=True, slots=True)
class Written:
    """A compiled file as it was written: its tree with shared blocks brought in, its conditions with their places."""

    tree: Node
    reader: ConditionReader


@dataclass(frozen=True, slots=True)
class Compiled:
    """What came of a file. `procedure` is None, and `canonical` empty, exactly when a diagnostic is an error.

    `sources` holds the text of every file read, by the name used in the diagnostics, so that they can be shown with
    their lines. `written` is there when `procedure` is.
    """

    procedure: Procedure | None
    canonical: str
    diagnostics: list[Diagnostic]
    sources: Mapping[str, str] = field(default_factory=dict)
    written: Written | None = None


@dataclass(frozen=True, slots=True)
class _Around:
    """What lies around a procedure's file: the tables, and where it is a folder, its name and those of the other
    procedures.
    """

    tables: Mapping[str, str]
    folder: str | None = None
    procedures: AbstractSet[str] | None = None
    others: Callable[[str], Mapping[str, FieldSymbol] | None] | None = None
    glossary: tuple[str, str] | None = None
    """The file of the shared glossary and its text."""


def compile_folder(
    folder: Path, shared: Path, tables: Path, *, today: date | None = None, forgiving: bool = False
) -> Compiled:
    """Compile `folder/procedure.yaml` with the blocks of `shared` and the CSV files of `tables`.

    `forgiving` is for a text that is only looked back at: what an earlier language allowed is left out, and there may
    be a procedure beside errors, which say what was.
    """
    findings = Findings()
    file = folder / "procedure.yaml"
    text = read_text(file, findings)
    blocks = {
        path.stem: block for path in sorted(shared.glob("*.yaml")) if (block := read_text(path, findings)) is not None
    }
    csv_texts = {
        path.name: rows for path in sorted(tables.glob("*.csv")) if (rows := read_text(path, findings)) is not None
    }
    if text is None:
        return Compiled(None, "", findings.in_order())
    words = blocks.pop(GLOSSARY, None)
    files = {name: str(shared / f"{name}.yaml") for name in blocks}
    around = _Around(
        csv_texts,
        folder.name,
        {path.parent.name for path in folder.parent.glob("*/procedure.yaml")},
        lambda slug: questions_of(folder.parent / slug, blocks),
        None if words is None else (str(shared / f"{GLOSSARY}.yaml"), words),
    )
    return _compile(text, str(file), Library(blocks, findings, files), around, today, forgiving)


def compile_text(
    text: str,
    *,
    file: str = "procedure.yaml",
    blocks: Mapping[str, str] | None = None,
    tables: Mapping[str, str] | None = None,
    glossary: str | None = None,
    today: date | None = None,
) -> Compiled:
    """Compile one text. `blocks` are shared blocks by name, `tables` CSV texts by file name, `glossary` is shared."""
    words = None if glossary is None else (f"shared/{GLOSSARY}.yaml", glossary)
    return _compile(text, file, Library(blocks or {}, Findings()), _Around(tables or {}, glossary=words), today)


def from_canonical(canonical: str) -> Procedure:
    """The procedure of a stored revision: no checks, since it was checked when it was stored."""
    return build_procedure(canonical_form.loads(canonical), canonical_form.sha256(canonical))


def read_text(path: Path, findings: Findings) -> str | None:
    """The text of a file, None with the reason recorded where it cannot be read."""
    try:
        return decode(path.read_bytes(), str(path), findings)
    except OSError as error:
        findings.add("Y17", Span(str(path), 1, 1, 1, 1), reason=error.strerror or type(error).__name__)
        return None


def _compile(
    text: str, file: str, library: Library, around: _Around, today: date | None, forgiving: bool = False
) -> Compiled:
    findings = library.findings
    sources = {file: text, **{library.file(name): block for name, block in library.texts.items()}}
    tree = load(text, file, findings, "procedure")
    if tree is None:
        return Compiled(None, "", findings.in_order(), sources)
    declared = names_in(tree)
    check_shape(tree, "procedure", findings)
    named = names_in(tree)
    slug = tree.get("procedure")
    if around.folder is not None and slug is not None and slug.value != around.folder:
        findings.add("S09", slug, name=slug.value, folder=around.folder)
    expand(tree, library)
    if around.glossary is not None:
        sources[around.glossary[0]] = around.glossary[1]
        add_shared_words(tree, read_glossary(around.glossary[1], around.glossary[0], findings))
    symbols = collect(tree, read_tables(tree, around.tables, findings), set())
    symbols.procedures, symbols.others, symbols.blocks = around.procedures, around.others, library.asking
    # Of what a fault took out nothing more is said; of what a missing block would bring, or of a name that another one
    # hides, nothing can be said.
    lost = (
        declared - named | library.broken | {name for name, _ in tree.entries("tables") if name not in symbols.tables}
    )
    symbols.broken = AnyName() if library.incomplete or doubled(tree) else symbols.broken | lost
    reader = ConditionReader(symbols, findings)
    derived = DerivedReader(symbols, findings).read_all()
    check_meaning(tree, symbols, reader, derived, today or on_this_day())
    if findings.has_errors and not forgiving:
        return Compiled(None, "", findings.in_order(), sources)
    written = Written(tree, reader)
    try:
        plain = resolve(tree, symbols, reader, {name: derived_values.encode(value) for name, value in derived.items()})
        canonical = canonical_form.dumps(plain)
        return Compiled(from_canonical(canonical), canonical, findings.in_order(), sources, written)
    except _UNSOUND:
        if not findings.has_errors:  # what has no error compiles: anything else is a fault of this program
            raise
        return Compiled(None, "", findings.in_order(), sources)
