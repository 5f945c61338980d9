"""A number that is shown on a screen others may see: enough of it to know it again, too little to use it."""

from __future__ import annotations


def last_signs(line: str) -> str:
    """The last signs of an answer; nothing of a short one."""
    signs = "".join(line.split())
    return signs[-4:] if len(signs) >= 8 else signs[-2:] if len(signs) >= 5 else ""


def covered(line: str) -> str:
    """« •••• 6789 », where the whole is not to be had beside it."""
    return f"•••• {last_signs(line)}".rstrip()
