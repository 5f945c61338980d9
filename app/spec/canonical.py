"""The resolved procedure as canonical JSON: sorted keys, no positions, no spaces; its SHA-256 names the revision."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from app.spec.model import All, AnyOf, Condition, Duration, FactRef, Items, NoneOf, Operand, Ref, RuleRef, Test


def dumps(plain: Mapping[str, Any]) -> str:
    """Canonical text of a plain document. Decimals keep their digits, as `{"$decimal": "877.50"}`."""
    return json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_encode_scalar)


def sha256(canonical: str) -> str:
    """The name of a revision: SHA-256 of its canonical text, in hexadecimal."""
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def loads(canonical: str) -> dict[str, Any]:
    """The plain document, with decimals, days, durations and facts as values again."""
    plain: dict[str, Any] = json.loads(canonical, object_hook=_decode_object)
    return plain


def _encode_scalar(value: object) -> dict[str, str]:
    if isinstance(value, Decimal):
        return {"$decimal": str(value)}
    if isinstance(value, date):
        return {"$date": value.isoformat()}
    if isinstance(value, Duration):
        return {"$duration": f"{value.count} {value.unit}"}
    if isinstance(value, FactRef):
        return {"$fact": value.name}
    raise TypeError(f"no canonical form for {type(value).__name__}")


def _decode_object(plain: dict[str, Any]) -> Any:
    if len(plain) != 1:
        return plain
    ((key, text),) = plain.items()
    decoder = _DECODERS.get(key)
    return plain if decoder is None else decoder(text)


def parse_duration(text: str) -> Duration:
    """`"3 months"` as a duration; the text has been checked."""
    count, unit = text.split(" ")
    return Duration(int(count), unit if unit.endswith("s") else f"{unit}s")  # type: ignore[arg-type]


_DECODERS: dict[str, Any] = {
    "$decimal": Decimal,
    "$date": date.fromisoformat,
    "$duration": parse_duration,
    "$fact": FactRef,
}


def encode_condition(condition: Condition) -> dict[str, Any]:
    """A condition as plain data; `decode_condition` is its inverse."""
    match condition:
        case Test(ref, operator, operand):
            plain: dict[str, Any] = {
                "test": operator,
                "of": ref.name,
                "with": list(operand) if isinstance(operand, tuple) else operand,
            }
            if ref.scope != "field":
                plain["scope"] = ref.scope
            if ref.part is not None:
                plain["part"] = ref.part
            return plain
        case All(parts):
            return {"all": [encode_condition(part) for part in parts]}
        case AnyOf(parts):
            return {"any": [encode_condition(part) for part in parts]}
        case NoneOf(parts):
            return {"none": [encode_condition(part) for part in parts]}
        case RuleRef(name):
            return {"rule": name}
        case Items(quantifier, of, when):
            return {"items": quantifier, "of": of, "when": encode_condition(when)}


def decode_condition(plain: Mapping[str, Any]) -> Condition:
    """The condition that `encode_condition` wrote."""
    if "test" in plain:
        value: Operand = tuple(plain["with"]) if isinstance(plain["with"], list) else plain["with"]
        return Test(Ref(plain["of"], plain.get("scope", "field"), plain.get("part")), plain["test"], value)
    if "all" in plain:
        return All(tuple(map(decode_condition, plain["all"])))
    if "any" in plain:
        return AnyOf(tuple(map(decode_condition, plain["any"])))
    if "none" in plain:
        return NoneOf(tuple(map(decode_condition, plain["none"])))
    if "rule" in plain:
        return RuleRef(plain["rule"])
    return Items(plain["items"], plain["of"], decode_condition(plain["when"]))


__all__ = ["decode_condition", "dumps", "encode_condition", "loads", "parse_duration", "sha256"]
