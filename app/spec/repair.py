"""Certain fixes written into the files: stretches of text are replaced, everything else stays as it is, to the byte.

A fix is certain when it keeps what the author meant to the letter. Still, the files are checked again after each round,
and a change that does not make them better is taken back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.spec.codes.phrase import Language, Phrase, said
from app.spec.diagnostics import Diagnostic, Edit

MOST_ROUNDS = 20
_BOM = "\ufeff"
_VISIBLE = str.maketrans({"\u00a0": "⍽", "\u202f": "⍽", "\t": "→"})
_LINE_END = re.compile(r"\r\n|\r|\n")
_DONE = Phrase("{place}  {code} réparé : {before} → {after}", "{place}  {code} mended: {before} → {after}")
_REMOVED = Phrase("(retiré)", "(removed)")
_ADDED = Phrase("(rien)", "(nothing)")


@dataclass(frozen=True, slots=True)
class Applied:
    """One change that was written."""

    code: str
    edit: Edit
    before: str

    def told(self, language: Language = "fr") -> str:
        span, after = self.edit.span, self.edit.text.strip()
        return said(_DONE, language).format(
            place=f"{span.file}:{span.line}:{span.column}",
            code=self.code,
            before=self.before.translate(_VISIBLE).strip() or said(_ADDED, language),
            after=after or said(_REMOVED, language),
        )


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """`text` with stretches replaced. Lines may end in any way; an edit that overlaps an earlier one is left out."""
    bom = text.startswith(_BOM)
    body = text[len(_BOM) :] if bom else text
    starts = [0, *(match.end() for match in _LINE_END.finditer(body)), len(body)]
    pieces: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda one: (one.span.line, one.span.column)):
        start, end = _offsets(edit, starts)
        if start >= at:
            pieces += [body[at:start], edit.text]
            at = end
    return (_BOM if bom else "") + "".join([*pieces, body[at:]])


def _offsets(edit: Edit, starts: Sequence[int]) -> tuple[int, int]:
    def offset(line: int, column: int) -> int:
        number = min(line, len(starts)) - 1
        return min(starts[number] + column - 1, starts[-1])

    return offset(edit.span.line, edit.span.column), offset(edit.span.end_line, edit.span.end_column)


def certain(diagnostics: Iterable[Diagnostic]) -> list[tuple[str, Edit]]:
    """The edits of all certain fixes, each once, with the code of what it mends."""
    found: dict[Edit, str] = {}
    for diagnostic in diagnostics:
        if diagnostic.fix is not None and diagnostic.fix.certainty == "certain":
            for edit in diagnostic.fix.edits:
                found.setdefault(edit, diagnostic.code)
    return [(code, edit) for edit, code in found.items()]


def repair(check: Callable[[], Sequence[Diagnostic]]) -> list[Applied]:
    """Write certain fixes into the files until none is left. `check` reads the files and says what is wrong."""
    applied: list[Applied] = []
    refused: set[Edit] = set()
    found = check()
    for _ in range(MOST_ROUNDS):
        wanted = [(code, edit) for code, edit in certain(found) if edit not in refused]
        if not wanted:
            break
        done, found = _round(wanted, found, check)
        if not done:  # all together made nothing better: each alone may
            for one in wanted:
                alone, found = _round([one], found, check)
                done += alone
                if not alone:
                    refused.add(one[1])
                else:
                    break  # places have moved
        applied += done
    return applied


def _round(
    wanted: Sequence[tuple[str, Edit]], before: Sequence[Diagnostic], check: Callable[[], Sequence[Diagnostic]]
) -> tuple[list[Applied], Sequence[Diagnostic]]:
    """Write some fixes and check again; take them back where nothing is better."""
    kept: dict[Path, bytes] = {}
    done: list[Applied] = []
    for file in dict.fromkeys(edit.span.file for _, edit in wanted):
        path = Path(file)
        kept[path] = path.read_bytes()
        text = kept[path].decode("utf-8")
        own = [(code, edit) for code, edit in wanted if edit.span.file == file]
        after = apply_edits(text, [edit for _, edit in own])
        if after != text:
            done += [Applied(code, edit, _written(text, edit)) for code, edit in own]
            path.write_bytes(after.encode("utf-8"))
    found = check()
    if done and _weight(found) < _weight(before):
        return done, found
    for path, content in kept.items():
        path.write_bytes(content)
    return [], before


def _written(text: str, edit: Edit) -> str:
    body = text.removeprefix(_BOM)
    start, end = _offsets(edit, [0, *(match.end() for match in _LINE_END.finditer(body)), len(body)])
    return body[start:end]


def _weight(diagnostics: Sequence[Diagnostic]) -> tuple[int, ...]:
    """How bad it is: what keeps a file from being read weighs most, since it hides the rest; then shape; then all."""
    errors = [found.code[0] for found in diagnostics if found.severity == "error"]
    rest = [sum(found.severity == severity for found in diagnostics) for severity in ("warning", "hint")]
    return (errors.count("Y"), errors.count("S"), len(errors), *rest)
