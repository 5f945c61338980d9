"""Where a text of a procedure stands: the `msgctxt` under which its translation is kept.

The model gives each text a permanent address, `dcem/steps/child/fields/child.birth_date/label`. Two things are left out
of it here. The place in a list (`dcem/for/2`): a line that is put in before must not cost the others their translation.
And for what a shared block brings, the procedure, the step and the name that the block got there: it is translated
once, for every procedure.
"""

from __future__ import annotations

from functools import lru_cache

SHARED = "shared"
"""The domain of what shared blocks and the shared glossary say; no procedure can be called so."""

_LISTS = frozenset(
    {
        *("for", "not_for", "notes", "checks", "paragraphs", "screens", "contacts", "go_to", "fees"),
        *("stages", "silence", "remedies"),
    }
)
_NAMED = frozenset({"fields", "documents", "parts", "rules", "derived"})


@lru_cache(maxsize=2_000)
def address(context: str) -> str:
    """The address without places in lists: `dcem/for/2` is `dcem/for`."""
    parts = context.split("/")
    pairs = zip(("", *parts), parts, strict=False)
    return "/".join(part for before, part in pairs if not (part.isdecimal() and before in _LISTS))


@lru_cache(maxsize=2_000)
def shared_address(context: str) -> str:
    """The address of the same text in any procedure: `shared/fields/birth_date/label`."""
    parts = address(context).split("/")[1:]
    if len(parts) > 2 and parts[0] == "steps" and parts[2] in ("fields", "checks"):
        parts = parts[2:]
    if len(parts) > 1 and parts[0] in _NAMED:
        parts[1] = parts[1].rpartition(".")[2]
    return "/".join((SHARED, *parts))
