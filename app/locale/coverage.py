"""How far the languages are: what is translated, what is out of date, and whom it concerns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog

from app.locale.catalogue import reviewer
from app.locale.entries import INTERFACE, Entry, Key
from app.locale.journeys import Journeys
from app.locale.po import is_translated, key_of, path_of, read
from app.locale.sources import Sources

MOST_NAMED = 10
"""So many persons are named in text; all of them are in JSON."""


@dataclass(frozen=True, slots=True)
class Journey:
    """A worked example: how many texts on this person's way are shown in French, and how many because it changed."""

    person: str
    missing: int
    stale: int


@dataclass(frozen=True, slots=True)
class Part:
    """The interface, or a procedure with what shared blocks bring it. `stale` and `missing` are shown in French."""

    name: str
    total: int
    stale: tuple[Entry, ...]
    missing: tuple[Entry, ...]
    journeys: tuple[Journey, ...] = ()
    """The worked examples of the procedure."""

    @property
    def shown(self) -> int:
        return self.total - len(self.stale) - len(self.missing)


@dataclass(frozen=True, slots=True)
class State:
    """One language. `unreviewed` are the files that nobody who speaks it has read."""

    language: str
    parts: tuple[Part, ...]
    unreviewed: tuple[str, ...]

    @property
    def total(self) -> int:
        return sum(part.total for part in self.parts)

    @property
    def shown(self) -> int:
        return sum(part.shown for part in self.parts)

    @property
    def stale(self) -> int:
        return sum(len(part.stale) for part in self.parts)

    @property
    def complete(self) -> bool:
        return self.shown == self.total


def catalogs_of(folder: Path, language: str) -> dict[str, Catalog]:
    """The files of a language, by domain. Raises `OSError`, `ValueError` or `PoFileError` where one cannot be read."""
    found = sorted(path_of(folder, language, INTERFACE).parent.glob("*.po"))
    return {path.stem: read(path, language) for path in found}


def state_of(language: str, catalogs: Mapping[str, Catalog], texts: Sources, journeys: Journeys) -> State:
    """How far a language is. `journeys` gives the addresses that each person of a procedure meets."""
    held = _Held(catalogs, texts.domains(language).values())
    parts = []
    domains = texts.domains(language)
    if INTERFACE in domains:
        parts.append(_part(INTERFACE, texts.interface, held, {}))
    for slug, entries in texts.authored.journeys.items():
        if slug in domains:
            parts.append(_part(slug, entries, held, journeys.get(slug, {})))
    unread = [domain for domain in domains if domain in catalogs and reviewer(catalogs[domain].header_comment) is None]
    return State(language, tuple(parts), tuple(unread))


class _Held:
    """What the pages show of the files of a language: the same look-up as `app.locale.catalogue`."""

    def __init__(self, catalogs: Mapping[str, Catalog], texts: Iterable[list[Entry]]) -> None:
        there = {entry.key for entries in texts for entry in entries}
        done = [message for one in catalogs.values() for message in one if message.id and is_translated(message)]
        self._fresh = {key_of(message) for message in done if not message.fuzzy}
        # Translated from what stood there before; a line that is new in a list is no change of the others.
        old = [message for message in done if message.fuzzy or key_of(message) not in there]
        self._before = {message.context or key_of(message)[1] for message in old}

    def shows(self, entry: Entry) -> bool:
        return entry.key in self._fresh

    def knew(self, entry: Entry) -> bool:
        """Whether something is translated where this text stands now."""
        return (entry.context or entry.source) in self._before


def _part(name: str, entries: list[Entry], held: _Held, journeys: Mapping[str, frozenset[Key]]) -> Part:
    left = [entry for entry in entries if not held.shows(entry)]
    stale = tuple(entry for entry in left if held.knew(entry))
    missing = tuple(entry for entry in left if not held.knew(entry))
    old, none = {entry.key for entry in stale}, {entry.key for entry in missing}
    rows = tuple(Journey(person, len(none & met), len(old & met)) for person, met in journeys.items())
    return Part(name, len(entries), stale, missing, rows)


def as_json(state: State) -> dict[str, object]:
    """The same for machines."""
    return {
        "language": state.language,
        "total": state.total,
        "shown": state.shown,
        "unreviewed": list(state.unreviewed),
        "parts": [
            {
                "name": part.name,
                "total": part.total,
                "shown": part.shown,
                "stale": [_row(entry) for entry in part.stale],
                "missing": [_row(entry) for entry in part.missing],
                "journeys": [{"person": j.person, "missing": j.missing, "stale": j.stale} for j in part.journeys],
            }
            for part in state.parts
        ],
    }


def _row(entry: Entry) -> dict[str, object]:
    file, line = entry.places[0]
    return {"context": entry.context, "source": entry.source, "file": file, "line": line or None}


def as_text(state: State, name: str) -> Iterator[str]:
    """The state of a language called `name`, line by line."""
    percent = 100 * state.shown // state.total if state.total else 100
    yield f"{state.language} ({name}) : {percent} % ({state.shown} sur {state.total}), {state.stale} à refaire"
    for part in state.parts:
        title = "interface" if part.name == INTERFACE else part.name
        rest = [f"{len(part.stale)} à refaire"] if part.stale else []
        rest += [f"{len(part.missing)} à traduire"] if part.missing else []
        yield f"  {title:<24} {part.shown:>4} sur {part.total:<4} {', '.join(rest)}".rstrip()
        for entry in part.stale:
            file, line = entry.places[0]
            said = " ".join(entry.source.split())
            yield f"      le français a changé : {file}{f':{line}' if line else ''} « {said} »"
        if part.journeys:
            whole = sum(not journey.missing + journey.stale for journey in part.journeys)
            yield f"      parcours d'exemple traduits en entier : {whole} sur {len(part.journeys)}"
        if old := [journey.person for journey in part.journeys if journey.stale]:
            more = f" ; et {len(old) - MOST_NAMED} autres" if len(old) > MOST_NAMED else ""
            yield f"      parcours touchés par ces changements : {' ; '.join(old[:MOST_NAMED])}{more}"
    if state.unreviewed:
        yield f"  pas encore relu par une personne qui parle cette langue : {', '.join(state.unreviewed)}"
