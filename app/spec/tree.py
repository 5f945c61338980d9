"""A tree of what an author wrote, in which every key and every value knows its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

Plain = str | int | Decimal | bool | None


class Span(NamedTuple):
    """A stretch of a file. Lines and columns count from 1, in code points; the end is exclusive."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(slots=True, eq=False)
class Node:
    """One value: a scalar, a list of nodes, or a mapping of names to nodes.

    `keys` holds the places of a mapping's keys; `path` its address in its own file (`("steps", 0, "id")`). `used_at` is
    set on what a shared block brought: the place of the `use` that brought it.
    """

    value: Plain | list[Node] | dict[str, Node]
    span: Span
    keys: dict[str, Span] = field(default_factory=dict)
    path: tuple[str | int, ...] = ()
    plain: bool = True
    """For a scalar: written without quotes."""
    used_at: Span | None = None

    @property
    def is_map(self) -> bool:
        return isinstance(self.value, dict)

    @property
    def is_list(self) -> bool:
        return isinstance(self.value, list)

    def get(self, key: str) -> Node | None:
        """The value of a key, None where the key is absent or this is not a mapping."""
        return self.value.get(key) if isinstance(self.value, dict) else None

    def entries(self, key: str | None = None) -> Iterator[tuple[str, Node]]:
        """The pairs of this mapping, or of the mapping under `key`; nothing for anything else."""
        node = self if key is None else self.get(key)
        if node is not None and isinstance(node.value, dict):
            yield from list(node.value.items())

    def items(self, key: str | None = None) -> list[Node]:
        """The items of this list, or of the list under `key`; nothing for anything else."""
        node = self if key is None else self.get(key)
        return list(node.value) if node is not None and isinstance(node.value, list) else []

    def text(self, key: str | None = None) -> str | None:
        """The string here or under `key`; None where it is something else."""
        node = self if key is None else self.get(key)
        return node.value if node is not None and isinstance(node.value, str) else None

    def flag(self, key: str, default: bool = False) -> bool:
        """A yes/no setting; the schema admits `yes`, `no`, `true` and `false`."""
        node = self.get(key)
        return default if node is None or node.value is None else node.value in ("yes", True)

    def key_span(self, key: str) -> Span:
        """Where `key` is written, or this mapping if it is not."""
        return self.keys.get(key, self.span)

    def set(self, key: str, node: Node) -> None:
        """Add or replace a key of this mapping."""
        if isinstance(self.value, dict):
            self.value[key] = node
            self.keys.setdefault(key, node.span)

    def remove(self, key: str | int) -> None:
        """Take a key out of a mapping or an index out of a list; nothing if it is not there."""
        if isinstance(self.value, dict):
            self.value.pop(str(key), None)
        elif isinstance(self.value, list) and isinstance(key, int) and key < len(self.value):
            del self.value[key]

    def walk(self) -> Iterator[Node]:
        """This node and everything below it."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            if isinstance(node.value, dict):
                waiting += reversed(node.value.values())
            elif isinstance(node.value, list):
                waiting += reversed(node.value)

    def to_plain(self) -> Any:
        """The same value as plain Python: dict, list, str, int, Decimal, bool, None."""
        if isinstance(self.value, dict):
            return {key: child.to_plain() for key, child in self.value.items()}
        if isinstance(self.value, list):
            return [child.to_plain() for child in self.value]
        return self.value


def pointer(path: tuple[str | int, ...]) -> str:
    """`("steps", 0, "id")` as a JSON pointer, `/steps/0/id`."""
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in path)
