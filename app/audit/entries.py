"""YAML files in which people write down, entry by entry, what they looked at and decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from app.spec.diagnostics import Findings
from app.spec.source import load

Entry = dict[str, Any]


class EntriesError(ValueError):
    """The file cannot be used; the message lists every reason, in French, one a line."""


def read_entries(path: Path, keys: Sequence[str], faults: Callable[[Entry], Iterable[str]]) -> list[Entry]:
    """The entries of a file, each with all `keys` and no other; none where there is no file. `faults` tells what else
    is wrong with one. Raises `EntriesError`.
    """
    if not path.is_file():
        return []
    problems = Findings()
    tree = load(path.read_text(encoding="utf-8"), str(path), problems)
    wrong = [f"{path}:{found.line} {found.message}" for found in problems.in_order() if found.severity == "error"]
    entries: list[Entry] = []
    for node in [] if tree is None or wrong else tree.items():
        plain = node.to_plain()
        entry = plain if isinstance(plain, dict) else {}
        wrong += [f"{path}:{node.span.line} {fault}" for fault in _wrong_keys(entry, keys) or faults(entry)]
        entries.append(entry)
    if wrong:
        raise EntriesError("\n".join(wrong))
    return entries


def _wrong_keys(entry: Entry, keys: Sequence[str]) -> list[str]:
    missing = [key for key in keys if not str(entry.get(key, "")).strip()]
    unknown = [key for key in entry if key not in keys]
    if not missing and not unknown:
        return []
    return [f"clés manquantes : {', '.join(missing) or 'aucune'} ; clés inconnues : {', '.join(unknown) or 'aucune'}."]
