"""Everything that a language has to say: by domain (one file each), and by what a person meets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.locale.addresses import SHARED
from app.locale.authored import Authored, authored_entries
from app.locale.entries import INTERFACE, Entry
from app.locale.interface import interface_entries
from app.locale.languages import SOURCE


@dataclass(frozen=True, slots=True)
class Sources:
    """The texts of an installation, read once for all languages."""

    interface: list[Entry]
    authored: Authored

    def domains(self, language: str) -> Mapping[str, list[Entry]]:
        """What each file of `language` translates; what is written in that language already needs none."""
        found: dict[str, list[Entry]] = {} if language == SOURCE else {INTERFACE: self.interface}
        if self.authored.shared and language != SOURCE:
            found[SHARED] = self.authored.shared
        written = self.authored.languages
        return found | {slug: rows for slug, rows in self.authored.own.items() if rows and written[slug] != language}


def sources(procedures: Path) -> Sources:
    """The messages of this Guichet and the texts of the procedures below `procedures`."""
    return Sources(interface_entries(Path(__file__).resolve().parents[2]), authored_entries(procedures))
