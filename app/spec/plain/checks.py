"""The rules. Each says where it comes from: (1) démarches-simplifiées, `LLM::LabelImprover`, the State's own rules for
forms after the guides of modernisation.gouv.fr; (2) GOV.UK; (3) Plain English Campaign; (4) FALC, Inclusion Europe;
(5) lucid-lint, profile « public »; (6) docassemble's DAYamlChecker, rules on accessibility.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.spec.codes.phrase import Phrase
from app.spec.diagnostics import Findings
from app.spec.plain.lexicon import Lexicon, entry_for
from app.spec.plain.places import Written
from app.spec.plain.sentences import count, paragraphs, plain, sentences
from app.spec.plain.vocabulary import Vocabulary
from app.spec.terms import may_occur, pattern

LONGEST, LONG = 25, 20
LABEL, HINT = 80, 160
MOST_SENTENCES, LONG_PARAGRAPH = 5, 75
_ACRONYM = re.compile(r"(?<![\w-])[A-ZÉÈÀ]{2,}(?:-[A-Z]{2,})*(?![\w-])")
_LINKED = re.compile(r"\[([^\]]*)\]\(")
_DEFINES = re.compile(r"(?:une?|an?)\s", re.IGNORECASE)
_CAPITALS = re.compile(r"(?:[A-ZÀ-ÖØ-Þ]{2,}['’]?[\s,.!?]+){3,}")


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule says of a text."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


Rule = Callable[[Written, "Reading"], Iterator[Found]]


@dataclass(slots=True)
class Reading:
    """What is known while one procedure is read: its language, the words it explains."""

    lexicon: Lexicon | None
    glossary: Mapping[str, tuple[str, ...]]
    units: dict[str, str] = field(default_factory=dict)
    _words: str = ""
    _terms: dict[str, bool] = field(default_factory=dict)
    """Whether the glossary explains a word, by word."""

    def __post_init__(self) -> None:
        self._words = "\n".join(spelling for word, also in self.glossary.items() for spelling in (word, *also))

    def explained(self, word: str, unit: str) -> bool:
        """Whether a word is in the glossary, alone or as a part of a term, or explained in what is read with it."""
        if self.lexicon is None:
            return True
        if word not in self._terms:
            self._terms[word] = self._in_glossary(word)
        if self._terms[word]:
            return True
        explains = self.lexicon.explains.replace("{word}", rf"(?:{re.escape(word)})")
        return re.search(explains, self.units.get(unit, ""), re.IGNORECASE) is not None

    def _in_glossary(self, word: str) -> bool:
        lower = word.lower()
        if any(
            may_occur(term, also, lower) and pattern(term, also).search(word) for term, also in self.glossary.items()
        ):
            return True
        stem = word.rstrip("esxESX") or word
        return re.search(rf"(?<!\w){re.escape(stem)}\w{{0,3}}(?!\w)", self._words, re.IGNORECASE) is not None


def check_plain(
    found: Sequence[Written], language: str, glossary: Mapping[str, tuple[str, ...]], findings: Findings
) -> None:
    """Read every text of a procedure. `glossary` gives the other spellings of each explained word."""
    reading = Reading(_lexicon(language.partition("-")[0]), glossary)
    for written in found:
        reading.units[written.unit] = f"{reading.units.get(written.unit, '')}\n{plain(written.text)}"
    wanted = _wanted(reading.lexicon, [written.text for written in found])
    for number, written in enumerate(found):
        _read(written, [rule for rule, numbers in wanted if number in numbers], reading, findings)


def _lexicon(language: str) -> Lexicon | None:
    """The words of a language, read when a procedure is written in it; None for one whose texts are only measured."""
    if language == "fr":
        from app.spec.plain.french import FRENCH

        return FRENCH
    if language == "en":
        from app.spec.plain.english import ENGLISH

        return ENGLISH
    return None


def _wanted(lexicon: Lexicon | None, texts: Sequence[str]) -> list[tuple[Rule, Container[int]]]:
    """The texts, by number, that each rule has to read. Most hold none of the words that a rule is about."""
    every = range(len(texts))
    if lexicon is None:
        return [(rule, every) for rule in RULES]
    vocabulary, whole = Vocabulary(texts), "\n".join(texts)
    found: list[tuple[Rule, Container[int]]] = []
    for rule in RULES:
        if rule in _WORDS:
            found.append((rule, vocabulary.holding(_WORDS[rule](lexicon))))
        elif rule not in _TURNS or _TURNS[rule](lexicon).search(whole):
            found.append((rule, every))
    return found


def _read(written: Written, rules: Sequence[Rule], reading: Reading, findings: Findings) -> None:
    accepted = {node.text() or "" for node in (written.accepted.items("codes") if written.accepted is not None else [])}
    met: set[str] = set()
    for rule in () if written.verbatim else rules:
        for found in rule(written, reading):
            met.add(found.code)
            if found.code not in accepted:
                findings.add(found.code, written.node, **found.params)
    if written.accepted is not None:
        reason = written.accepted.text("because") or ""
        for node in written.accepted.items("codes"):
            code = node.text() or ""
            findings.add("L20" if code in met else "L21", node, rule=code, reason=reason)


def long_sentences(written: Written, reading: Reading) -> Iterator[Found]:
    """At most 25 words in a sentence (2); the average should be 15 to 20 (3)."""
    if count(written.text) <= LONG:
        return
    shorts = reading.lexicon.abbreviations if reading.lexicon is not None else ()
    for paragraph in paragraphs(written.text):
        for sentence in sentences(paragraph, shorts):
            size = count(sentence)
            if size > LONG:
                limit = LONGEST if size > LONGEST else LONG
                yield Found(
                    "L01" if size > LONGEST else "L02", {"count": size, "limit": limit, "start": _start(sentence)}
                )


def long_paragraphs(written: Written, reading: Reading) -> Iterator[Found]:
    """At most five sentences in a paragraph (5), short ones aside: its limit is meant for sentences of 15 words."""
    if len(written.text) <= LONG_PARAGRAPH or count(written.text) <= LONG_PARAGRAPH:
        return
    shorts = reading.lexicon.abbreviations if reading.lexicon is not None else ()
    for paragraph in paragraphs(written.text):
        size = len(list(sentences(paragraph, shorts)))
        if size > MOST_SENTENCES and count(paragraph) > LONG_PARAGRAPH:
            yield Found("L12", {"count": size, "limit": MOST_SENTENCES})


def long_labels(written: Written, _: Reading) -> Iterator[Found]:
    """At most 80 characters in a label, 160 in a hint (1)."""
    size = len(written.text)
    if written.role == "label" and size > LABEL:
        yield Found("L05", {"count": size, "limit": LABEL})
    elif written.role == "hint" and size > HINT:
        yield Found("L05", {"count": size, "limit": HINT})


def heavy_turns(written: Written, reading: Reading) -> Iterator[Found]:
    """No « veuillez », « conformément à », « procéder à » (1)."""
    if reading.lexicon is not None:
        for match in reading.lexicon.heavy_words.finditer(written.text):
            yield Found("L03", _better(match[0], reading.lexicon.heavy))


def words_of_the_trade(written: Written, reading: Reading) -> Iterator[Found]:
    """Hard words are explained (4), in the glossary or where they stand."""
    if reading.lexicon is None:
        return
    for match in reading.lexicon.trade_words.finditer(written.text):
        if not reading.explained(match[0], written.unit):
            yield Found("L04", _better(match[0], reading.lexicon.trade))


def acronyms(written: Written, reading: Reading) -> Iterator[Found]:
    """Acronyms are always written out or explained (1)."""
    if reading.lexicon is None or _CAPITALS.search(written.text):
        return
    for match in _ACRONYM.finditer(plain(written.text)):
        if match[0] not in reading.lexicon.known and not reading.explained(match[0], written.unit):
            yield Found("L06", {"word": match[0]})


def passives(written: Written, reading: Reading) -> Iterator[Found]:
    """The active voice (1). Only where the sentence names who acts, since one alarm in five was false without it; and
    not where it says what something is (« une personne réfugiée est protégée par la France »).
    """
    if reading.lexicon is None or not reading.lexicon.passive.search(written.text):
        return
    for paragraph in paragraphs(written.text):
        for sentence in sentences(paragraph, reading.lexicon.abbreviations):
            match = reading.lexicon.passive.search(sentence)
            if match and not _DEFINES.match(sentence):
                yield Found("L07", {"start": match[0].strip()})


def double_negations(written: Written, reading: Reading) -> Iterator[Found]:
    """No double negation (1)."""
    if reading.lexicon is not None:
        for match in reading.lexicon.twice_no.finditer(written.text):
            yield Found("L08", {"start": match[0].strip()})


def rare_words(written: Written, reading: Reading) -> Iterator[Found]:
    """Common words (4)."""
    if reading.lexicon is not None:
        for match in reading.lexicon.rare_words.finditer(written.text):
            yield Found("L09", _better(match[0], reading.lexicon.rare))


def empty_links(written: Written, reading: Reading) -> Iterator[Found]:
    """A link says where it leads, read alone (6): no « cliquez ici »."""
    if reading.lexicon is None:
        return
    for match in _LINKED.finditer(written.text):
        if reading.lexicon.empty_link.fullmatch(match[1].strip()) or not match[1].strip():
            yield Found("L10", {"word": match[1].strip() or "…"})


def capitals(written: Written, _: Reading) -> Iterator[Found]:
    """No text in capitals: screen readers may spell it, and it is hard to read (4)."""
    match = _CAPITALS.search(written.text + " ")
    if match:
        yield Found("L11", {"start": match[0].strip()})


RULES: tuple[Rule, ...] = (
    long_sentences,
    long_paragraphs,
    long_labels,
    heavy_turns,
    words_of_the_trade,
    acronyms,
    passives,
    double_negations,
    rare_words,
    empty_links,
    capitals,
)

_WORDS: dict[Rule, Callable[[Lexicon], Iterable[str]]] = {
    heavy_turns: lambda lexicon: lexicon.heavy,
    words_of_the_trade: lambda lexicon: lexicon.trade,
    passives: lambda lexicon: (lexicon.by,),
    rare_words: lambda lexicon: lexicon.rare,
}
"""Words of which one stands wherever the rule finds something."""

_TURNS: dict[Rule, Callable[[Lexicon], re.Pattern[str]]] = {
    double_negations: lambda lexicon: lexicon.twice_no,
    empty_links: lambda lexicon: _LINKED,
    capitals: lambda lexicon: _CAPITALS,
}


def _start(sentence: str) -> str:
    return sentence if len(sentence) <= 40 else f"{sentence[:40].rsplit(' ', 1)[0]} …"


def _better(word: str, entries: Mapping[str, str]) -> dict[str, Any]:
    return {
        "word": word,
        "better": entries.get(entry_for(word, entries), Phrase("un mot plus simple", "a plainer word")),
    }
