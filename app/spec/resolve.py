"""From the checked tree to a plain document that stands alone: conditions typed, lists and tables written in."""

from __future__ import annotations

from typing import Any

from app.spec.canonical import encode_condition
from app.spec.conditions import ConditionReader
from app.spec.symbols import Symbols
from app.spec.tree import Node

_YES_NO = frozenset(
    {
        "required",
        "verbatim",
        "private",
        "exclusive",
        "masked",
        "needs_review",
        "files",
        "helps",
        "free",
        "multiple",
        "birth",
        "allow_none",
        "allow_abroad",
        "single_name_ok",
    }
)
_TEXTS = frozenset({"id", "kind", "label", "hint", "help", "why", "example", "autocomplete", "same_as", "subject"})


def resolve(tree: Node, symbols: Symbols, reader: ConditionReader, derived: dict[str, Any]) -> dict[str, Any]:
    """The plain document of an expanded tree without errors. `derived` holds the typed values, already plain."""
    plain = {key: _plain(node, reader) for key, node in tree.entries() if key not in ("lists", "tables", "derived")}
    plain["derived"] = derived
    plain["tables"] = {
        name: {
            "key": table.key,
            "columns": list(table.columns),
            "rows": {key: dict(row) for key, row in table.rows.items()},
        }
        for name, table in symbols.tables.items()
    }
    order = {
        section: [key for key, _ in tree.entries(section)]
        for section in ("channels", "facts", "glossary", "parts", "rules")
    }
    plain["order"] = {**order, "derived": list(derived)}
    for step in plain.get("steps", ()):
        _for_each(step.get("repeat"), symbols)
        for question in step.get("fields", ()):
            _options(question, symbols)
            _flags(question)
    for document in plain.get("documents", ()):
        _needs(document)
    return plain


def _plain(node: Node, reader: ConditionReader) -> Any:
    if isinstance(node.value, dict):
        return {key: _value(key, child, reader) for key, child in node.value.items()}
    if isinstance(node.value, list):
        return [_plain(child, reader) for child in node.value]
    return node.value


def _value(key: str, child: Node, reader: ConditionReader) -> Any:
    if key == "when" and child.is_map:
        condition = reader.read(child)
        return None if condition is None else encode_condition(condition)
    if key in ("with", "carry"):
        return child.to_plain()
    if key in _YES_NO and child.value in ("yes", "no", True, False):
        return child.value in ("yes", True)
    return _plain(child, reader)


def _options(question: dict[str, Any], symbols: Symbols) -> None:
    """Write the codes of `options_from` into the question; a select shows them by the table's first column."""
    source = question.pop("options_from", None)
    if source is None:
        return
    if source in symbols.lists:
        labels = {code: code for code in symbols.lists[source]}
    else:
        table = symbols.tables[source]
        column = next((name for name in table.columns if name != table.key), table.key)
        labels = {key: row[column] for key, row in table.rows.items()}
    if question["kind"] == "select":
        question["choices"] = [{"id": code, "label": label} for code, label in labels.items()]
    else:
        question["options"] = list(labels)


def _for_each(repeat: dict[str, Any] | None, symbols: Symbols) -> None:
    """Write down which choices make an item where "none of these" is one of them: it makes none."""
    each = None if repeat is None else repeat.get("for_each")
    if repeat is None or not isinstance(each, str):
        return
    choices = symbols.fields[each].node.items("choices")
    kept = [choice.text("id") for choice in choices if not choice.flag("exclusive")]
    if len(kept) < len(choices):
        repeat["for_each"] = {"of": each, "choices": kept}


def _flags(question: dict[str, Any]) -> None:
    """Settings that only a kind knows say yes or no with the same words."""
    for key, value in question.items():
        if key not in _TEXTS and value in ("yes", "no"):
            question[key] = value == "yes"


def _needs(document: dict[str, Any]) -> None:
    """Write `need` as rows that each hold their whole condition, the document's own `when` included."""
    need = document.get("need", "required")
    when = document.pop("when", None)
    rows: list[dict[str, Any]] = [{"level": need}] if isinstance(need, str) else need
    for row in rows:
        both: list[Any] = [condition for condition in (when, row.get("when")) if condition is not None]
        if both:
            row["when"] = both[0] if len(both) == 1 else {"all": both}
    document["need"] = rows
