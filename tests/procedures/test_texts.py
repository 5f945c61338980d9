"""Plain words, and nothing said as certain that nobody has read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.procedures.people import SLUGS, catalogue, procedure, texts

LONGEST_SENTENCE = 25
LONGEST_LABEL = 80
LONGEST_HINT = 160
HEAVY = re.compile(
    r"veuillez|conformément|procéder à|susmentionn|ci-après|le cas échéant|cliquez ici|afin de\b", re.IGNORECASE
)
UNREAD = "Aucune source lue"


def sentences(text: str) -> Iterator[str]:
    yield from (found for found in re.split(r"(?<=[.?!…:»])\s+|\n+", text) if found.strip())


def words(sentence: str) -> int:
    return len(re.findall(r"[\w{}.'’-]*\w[\w{}.'’-]*", sentence))


def test_every_procedure_compiles_without_error_or_warning() -> None:
    for slug in SLUGS:
        assert [str(found) for found in catalogue().diagnostics[slug] if found.severity != "stale"] == []
        assert slug in catalogue().procedures


@pytest.mark.parametrize("slug", SLUGS)
def test_sentences_are_short(slug: str) -> None:
    long = [
        (words(s), s)
        for text in texts(slug)
        if not text.verbatim
        for s in sentences(text.source)
        if words(s) > LONGEST_SENTENCE
    ]
    assert long == []


@pytest.mark.parametrize("slug", SLUGS)
def test_no_heavy_words(slug: str) -> None:
    assert [text.source for text in texts(slug) if HEAVY.search(text.source)] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_labels_and_hints_fit_a_small_screen(slug: str) -> None:
    fields = [field for step in procedure(slug).steps for field in step.fields]
    assert [f.label.source for f in fields if len(f.label.source) > LONGEST_LABEL] == []
    assert [f.hint.source for f in fields if f.hint and len(f.hint.source) > LONGEST_HINT] == []
    choices = [choice for field in fields for choice in field.choices]
    assert [c.label.source for c in choices if len(c.label.source) > LONGEST_LABEL] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_every_document_says_why_it_is_asked(slug: str) -> None:
    assert [document.id for document in procedure(slug).documents if document.why is None] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_what_nobody_has_read_is_marked_to_check(slug: str) -> None:
    found = procedure(slug)
    marked: list[Any] = [
        *found.documents,
        *found.outcomes,
        *found.channels,
        *found.contacts,
        *found.after_sending.stages,
        *found.after_sending.silence,
        *found.after_sending.remedies,
    ]
    assert [item for item in marked if UNREAD in (item.source or "") and not item.needs_review] == []
    assert [contact.title.source for contact in found.contacts if not contact.source and not contact.needs_review] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_the_free_helpline_is_always_there(slug: str) -> None:
    assert any(contact.phone == "0 806 001 620" and contact.free for contact in procedure(slug).contacts)


@pytest.mark.parametrize("slug", SLUGS)
def test_numbers_that_follow_a_person_are_optional_and_hidden(slug: str) -> None:
    numbers = [f for step in procedure(slug).steps for f in step.fields if f.kind == "foreigner_number"]
    assert numbers or procedure(slug).kind == "router", "a router asks nothing that says who somebody is"
    assert all(not field.required and field.masked for field in numbers)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_question_about_another_person_never_takes_the_applicants_data(slug: str) -> None:
    about_child = [
        f for step in procedure(slug).steps for f in step.fields if f.id.startswith(("child.", "child_home."))
    ]
    assert all(field.subject == "other" and field.autocomplete is None for field in about_child)
