"""Who is touched by something, in a few words: what all these people have answered, and others have not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from app.kinds.base import UNKNOWN, Value
from app.spec.model import Field
from app.verify.coded import Boxes, Linked, Plain
from app.verify.domains import Answer
from app.verify.frame import Frame
from app.verify.person import in_words
from app.verify.relation import Slot

MOST_LINES = 6
MOST_WORDS = 5


def who(frame: Frame, touched: int, everybody: int) -> list[str]:
    """One line for each question whose answers are fewer among the people touched than among all."""
    lines: list[str] = []
    support = frame.diagrams.support(touched)
    for slot, coded in frame.coded.items():
        if slot.item <= 1 and not support.isdisjoint(coded.levels):
            lines += _lines(frame, slot, touched, everybody)
    return lines[:MOST_LINES]


def _lines(frame: Frame, slot: Slot, touched: int, everybody: int) -> Iterator[str]:
    coded, question = frame.coded[slot], frame.question(slot.name)
    diagrams = frame.diagrams
    if question is None or isinstance(coded, Linked):
        return
    if isinstance(coded, Boxes):
        for choice, level in coded.bits.items():
            found = diagrams.values(touched, level)
            if len(found) == 1 and diagrams.values(everybody, level) != found:
                label = next(one.label.source for one in question.choices if one.id == choice)
                yield f"{question.label.source} : {label} ({'coché' if found == {1} else 'pas coché'})"
        return
    some, all_of = diagrams.values(touched, coded.level), diagrams.values(everybody, coded.level)
    if some < all_of:
        yield f"{question.label.source} : {_answers(question, coded, sorted(some), sorted(all_of))}"


def _answers(question: Field, coded: Plain, some: Sequence[int], every: Sequence[int]) -> str:
    """The answers of the people touched; those of the others where these are fewer to say."""
    if question.kind in ("date", "whole_number", "amount"):
        return ", ".join(_range(question, coded, number) for number in some)
    words = list(_each(question, [coded.answers[number] for number in some]))
    others = list(_each(question, [coded.answers[number] for number in every if number not in some]))
    if len(others) < len(words):
        return f"tout, sauf {' ou '.join(others)}"
    return " ou ".join(words) if len(words) <= MOST_WORDS else f"une réponse parmi {len(words)}"


def _each(question: Field, answers: Sequence[Answer]) -> Iterator[str]:
    for answer in answers:
        if question.choices and answer.value is not None:
            yield from (in_words(question, value) for value in (answer.value, *answer.also))
        elif answer.also:
            yield f"{in_words(question, answer.value)}, par exemple"
        else:
            yield in_words(question, answer.value)


def _range(question: Field, coded: Plain, number: int) -> str:
    """A stretch of days or numbers, as far as the tests of the procedure tell where it ends."""
    answer = coded.answers[number]
    if answer.value is None or answer.value == UNKNOWN:
        return in_words(question, answer.value)
    known = {place: one for place, row in enumerate(coded.answers) if (one := _places(row))}
    if number not in known:
        return f"{in_words(question, answer.value)}, par exemple"
    own, others = known[number], [at for place, row in known.items() if place != number for at in row]
    low, high = min(own), max(own)
    if any(low < at < high for at in others):
        return f"{in_words(question, answer.value)}, par exemple"
    first, last = in_words(question, own[low]), in_words(question, own[high])
    before, after = ("avant", "après") if question.kind == "date" else ("moins", "plus")
    if others and low < min(others):
        return f"{last} ou {before}"
    if others and high > max(others):
        return f"{first} ou {after}"
    return first if first == last else f"de {first} à {last}"


def _places(answer: Answer) -> dict[float, Value]:
    """The answers of a class by their place on the line; dates that leave a part out have none of their own."""
    found: dict[float, Value] = {}
    for value in (answer.value, *answer.also):
        if isinstance(value, str) and value.count("-") == 2:
            found[date.fromisoformat(value).toordinal()] = value
        elif isinstance(value, int | str) and str(value).replace(".", "", 1).isdigit() and "-" not in str(value):
            found[float(value)] = value
    return found
