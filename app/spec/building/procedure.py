"""The head of a procedure, its facts, and the whole."""

from __future__ import annotations

from typing import Any

from app.spec.building import filing
from app.spec.building.questions import build_step
from app.spec.building.texts import Plain, day_of, text, text_of, texts_of
from app.spec.canonical import decode_condition
from app.spec.derived import decode
from app.spec.model import Condition, Fact, Period, Procedure, Rule, Source, Suspended, Table
from app.spec.reading import fields_read


def build_procedure(plain: dict[str, Any], sha256: str) -> Procedure:
    """The model of a resolved document, as `app.spec.canonical.loads` gives it."""
    slug: str = plain["procedure"]
    order = plain["order"]
    facts = {name: _fact(name, plain["facts"][name], slug) for name in order["facts"]}
    rules = {name: _rule(name, plain["rules"][name], slug) for name in order["rules"]}
    derived = {name: decode(name, plain["derived"][name]) for name in order["derived"]}
    conditions = {name: rule.when for name, rule in rules.items()}
    as_of = {name: fact.as_of for name, fact in facts.items()}

    def reads(condition: Condition) -> set[str]:
        return fields_read(condition, conditions, derived, as_of)

    return Procedure(
        slug=slug,
        sha256=sha256,
        facts=facts,
        rules=rules,
        derived=derived,
        steps=tuple(build_step(step, slug, reads) for step in plain["steps"]),
        tables={name: _table(name, table) for name, table in plain["tables"].items()},
        glossary={word: text(plain["glossary"][word], f"{slug}/glossary/{word}") for word in order["glossary"]},
        spellings={word: tuple(also) for word in order["glossary"] if (also := _also(plain["glossary"][word]))},
        **_head(plain, slug),
        **_filing(plain, slug, order),
    )


def _also(explanation: Any) -> list[str]:
    also: list[str] = explanation.get("also", []) if isinstance(explanation, dict) else []
    return also


def _head(plain: Plain, slug: str) -> dict[str, Any]:
    return {
        "kind": plain.get("kind", "procedure"),
        "language": plain["language"],
        "title": text(plain["title"], f"{slug}/title"),
        "summary": text(plain["summary"], f"{slug}/summary"),
        "for_whom": texts_of(plain, "for", slug),
        "not_for": texts_of(plain, "not_for", slug),
        "authority": text_of(plain, "authority", slug),
        "sources": tuple(_source(source) for source in plain["sources"]),
        "checked_on": day_of(plain, "checked_on"),
        "review_by": day_of(plain, "review_by"),
        "valid_from": day_of(plain, "valid_from"),
        "valid_until": day_of(plain, "valid_until"),
        "questions": tuple(plain["questions"]) if "questions" in plain else None,
        "suspended": _suspended(plain.get("suspended"), slug),
    }


def _filing(plain: Plain, slug: str, order: Plain) -> dict[str, Any]:
    return {
        "documents": tuple(filing.build_document(row, slug) for row in plain.get("documents", ())),
        "parts": {name: filing.build_part(name, plain["parts"][name], slug) for name in order["parts"]},
        "channels": tuple(filing.build_channel(name, plain["channels"][name], slug) for name in order["channels"]),
        "contacts": tuple(filing.build_contact(row, f"{slug}/contacts/{n}") for n, row in enumerate(plain["contacts"])),
        "outcomes": tuple(filing.build_outcome(row, slug) for row in plain.get("outcomes", ())),
        "window": filing.build_window(plain.get("file_between"), slug),
        "fees": tuple(filing.build_fee(row, f"{slug}/fees/{n}") for n, row in enumerate(plain.get("fees", ()))),
        "declarations": tuple(filing.build_declaration(row, slug) for row in plain.get("declarations", ())),
        "letters": tuple(filing.build_letter(row, slug) for row in plain.get("letters", ())),
        "after_sending": filing.build_after_sending(plain.get("after_sending", {}), slug),
    }


def _source(plain: Plain) -> Source:
    return Source(plain["title"], plain["kind"], plain.get("reference"), plain.get("url"), day_of(plain, "checked_on"))


def _suspended(plain: Any, slug: str) -> Suspended | None:
    if plain is None:
        return None
    context = f"{slug}/suspended"
    since = day_of(plain, "since")
    assert since is not None  # the schema requires it
    return Suspended(
        since,
        text(plain["title"], f"{context}/title"),
        text(plain["body"], f"{context}/body"),
        filing.build_ways(plain, context),
    )


def _fact(name: str, plain: Plain, slug: str) -> Fact:
    return Fact(
        name=name,
        periods=tuple(_period(row) for row in plain.get("periods", ())),
        conflict=tuple(_period(row) for row in plain.get("conflict", ())),
        stricter=plain.get("stricter", "smallest"),
        as_of=plain.get("as_of", "started"),
        fallback=text_of(plain, "fallback", f"{slug}/facts/{name}"),
    )


def _period(plain: Plain) -> Period:
    unknown = plain.get("from") == "unknown"
    return Period(
        value=plain["value"],
        unit=plain.get("unit"),
        starts=None if unknown else day_of(plain, "from"),
        ends=day_of(plain, "until"),
        starts_unknown=unknown,
        source=plain.get("source"),
        needs_review=plain.get("needs_review", False),
    )


def _rule(name: str, plain: Plain, slug: str) -> Rule:
    return Rule(
        name,
        text(plain["says"], f"{slug}/rules/{name}/says"),
        decode_condition(plain["when"]),
        plain.get("source"),
        plain.get("needs_review", False),
    )


def _table(name: str, plain: Plain) -> Table:
    return Table(name, plain["key"], tuple(plain["columns"]), plain["rows"])
