"""Whatever a browser or a program sends: a page in words, the right status, nothing lost or mixed up."""

from __future__ import annotations

import re
from collections.abc import Iterable

import html5lib
import pytest
from werkzeug.test import TestResponse

from app.kinds.registry import KINDS
from app.web.guards import typable
from tests.web.bodies import MULTIPART, URLENCODED, field, file, multipart, urlencoded
from tests.web.installation import Installation
from tests.web.person import Form
from tests.web.routes import YOU
from tests.web.trial import HEAD, PLAIN, Draft, draft, install_trial

CHOICES = 'choices: [{id: "one", label: "Un"}, {id: "two", label: "Deux", specify: {label: "Lequel ?"}}]'
EVERY_KIND = """
procedure: "kinds"
title: "Toutes les questions"
channels:
  online: {kind: "external", title: "Le site", url: "https://example.org/", files: "yes", source: "R1"}
steps:
  - id: "all"
    title: "Tout"
    fields:
"""
EVERY_KIND += "".join(
    f'      - {{id: "the_{name}", kind: "{name}", label: "La question {place}"'
    + (f", {CHOICES}" if kind.choice_based else "")
    + (', allow_none: "yes", allow_abroad: "yes"' if name == "address" else "")
    + "}\n"
    for place, (name, kind) in enumerate(sorted(KINDS.items()))
)

HOSTILE: dict[str, bytes] = {
    "a null": b"a\x00b",
    "only nulls": b"\x00\x00",
    "control characters": b"\x01\x02\x07\x1b[31m\x7f",
    "C1 controls": "\x80\x9f\x85".encode(),
    "no characters": "\ufffe\uffff\U0010ffff".encode(),
    "private use": "\ue000\ue0010\ue001".encode(),
    "turned direction": "\u202eabc\u2066".encode(),
    "a thousand accents": ("e" + "\u0301" * 1000).encode(),
    "markup": b"</textarea></p></main><script>alert(1)</script><img src=x onerror=alert(1)>\"'",
    "a template": b"{{ 7*7 }} {% raw %} {answer.name} ${7*7} %(name)s {0} {",
    "a line end": b"a\r\nX-Evil: 1\r\n\r\nb",
    "a very long line": b"x" * 20_000,
    "a number too big": b"9" * 5000,
    "infinity": b"Infinity",
    "a negative number": b"-1",
    "exponents": b"1e999999999",
    "digits of another script": "٩٩٩٩٩٩٩٩٩٩٩٩".encode(),
    "a superscript": "²³".encode(),
    "a path": b"../../../../etc/passwd",
    "a list": b'["one"]',
    "a formula": b'=HYPERLINK("https://example.org")',
    "nothing but spaces": " \t\u00a0\u2003\u200b".encode(),
}

NO_UTF8: dict[str, bytes] = {
    "bytes that are no UTF-8": b"Ren\xe9\xff\xfe",
    "a surrogate in UTF-8": b"\xed\xa0\x80\xed\xbf\xbf",
    "half an emoji": b"\xf0\x9f\x98",
}


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return install_trial(tmp_path_factory.mktemp("bad"), others={"kinds": EVERY_KIND + HEAD})


@pytest.fixture
def mine(trial: Installation) -> Draft:
    return draft(trial, {})


def controls(page: str) -> list[str]:
    """Names of the controls of a page's form, ours left out."""
    names = re.findall(r'<(?:input|select|textarea)[^>]* name="([^"]+)"', page)
    return [name for name in dict.fromkeys(names) if name not in ("csrf_token", "digest")]


def send(at: Draft, path: str, pairs: Iterable[tuple[str, str | bytes]]) -> TestResponse:
    body = urlencoded([("csrf_token", at.csrf), ("action", "continue"), *pairs])
    return at.client.post(at.url(path), data=body, content_type=URLENCODED)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_in_every_kind_of_question_comes_back_with_errors(trial: Installation, text: bytes) -> None:
    at = draft(trial, {}, slug="kinds")
    names = controls(at.client.get(at.url("all")).get_data(as_text=True))
    assert len(names) > len(KINDS)
    reply = send(at, "all", [(name, text) for name in names])
    assert reply.status_code == 422
    assert at.answers == {}
    kept = at.record.data["pending"]["all"]["the_long_text"][0]
    assert kept == typable(text.decode())
    assert "<script>alert" not in reply.get_data(as_text=True)
    for page in (reply, at.client.get(at.url("all"))):
        # A browser gives one line end where we keep two signs, and none in a box of one line.
        assert shown(page)["the_long_text"] == kept.replace("\r\n", "\n").lstrip("\n")
        assert shown(page)["the_name"].split() == kept.split()
    assert at.client.get(at.url("check")).status_code == 200


def shown(reply: TestResponse) -> dict[str, str]:
    """What the controls of the page's form hold, as a browser reads it."""
    page = html5lib.parse(reply.get_data(as_text=True), treebuilder="etree", namespaceHTMLElements=False)
    forms = [Form.read(element) for element in page.iter("form")]
    values: dict[str, str] = next(form for form in forms if "digest" in form.values).values.to_dict()
    return values


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["plain", "htmx"])
@pytest.mark.parametrize("kind", ["percent", "raw", "multipart"])
@pytest.mark.parametrize("text", NO_UTF8.values(), ids=NO_UTF8)
def test_text_that_is_no_utf8_is_refused_and_changes_nothing(
    mine: Draft, text: bytes, kind: str, headers: dict[str, str]
) -> None:
    before = mine.snapshot()
    pairs: list[tuple[str, str | bytes]] = [("csrf_token", mine.csrf), *{**YOU, "name": text}.items()]
    body = multipart(field(name, value) for name, value in pairs) if kind == "multipart" else urlencoded(pairs)
    if kind == "raw":
        body = urlencoded([("csrf_token", mine.csrf)]) + b"&name=" + text
    content_type = MULTIPART if kind == "multipart" else URLENCODED
    reply = mine.client.post(mine.url("you"), data=body, content_type=content_type, headers=headers)
    assert reply.status_code == 400
    assert "Votre texte n’a pas pu être lu" in reply.get_data(as_text=True)
    assert "Rien n’a été changé." in reply.get_data(as_text=True)
    assert mine.snapshot() == before


def test_a_replacement_sign_that_was_typed_is_taken_as_typed(mine: Draft) -> None:
    reply = send(mine, "you", [("name", "Ren\ufffd")])
    assert reply.status_code == 422
    assert shown(reply)["name"] == "Ren\ufffd"


@pytest.mark.parametrize("kind", [URLENCODED, MULTIPART])
def test_a_hundred_fields_more_than_there_are_change_nothing(mine: Draft, kind: str) -> None:
    more = [(f"extra-{number}", "x") for number in range(100)]
    pairs = [("csrf_token", mine.csrf), *YOU.items(), *more]
    body = urlencoded(pairs) if kind == URLENCODED else multipart(field(name, text) for name, text in pairs)
    assert mine.client.post(mine.url("you"), data=body, content_type=kind).status_code == 303
    assert set(mine.answers) == {"name", "born", "situation", "_visited"}


def test_ten_thousand_fields(mine: Draft) -> None:
    """They are taken as what they are, nothing, or refused in words; never a fault, never kept."""
    crowd = [(f"extra-{number}", "x") for number in range(10_000)]
    reply = send(mine, "you", [*YOU.items(), *crowd])
    assert reply.status_code == 303
    assert "extra" not in mine.snapshot()
    body = multipart(field(name, text) for name, text in [("csrf_token", mine.csrf), *crowd])
    before = mine.snapshot()
    refused = mine.client.post(mine.url("you"), data=body, content_type=MULTIPART)
    assert refused.status_code == 413
    assert mine.snapshot() == before


def test_a_field_sent_ten_thousand_times_is_read_once(mine: Draft) -> None:
    again = [("name", "Barry")] * 10_000
    reply = send(mine, "you", [*YOU.items(), *again])
    assert reply.status_code == 303
    assert mine.answers["name"] == "Traoré"
    assert len(mine.snapshot()) < 3000


@pytest.mark.parametrize("name", ["name", "situation", "born-day", "helps"])
def test_a_repeated_field_that_is_refused_does_not_swell_the_draft(mine: Draft, name: str) -> None:
    assert send(mine, "you", [(name, "zzz")] * 10_000).status_code == 422
    assert len(mine.snapshot()) < 5000
    assert mine.client.get(mine.url("you")).status_code == 200


def test_missing_controls_are_missing_answers(mine: Draft) -> None:
    reply = send(mine, "you", [])
    assert reply.status_code == 422
    page = reply.get_data(as_text=True)
    assert page.count('class="error"') == 3
    assert mine.answers == {}


@pytest.mark.parametrize("choice", ["nothing", "PLAIN", "plain ", "__unknown", "plain,family", ""])
def test_a_choice_that_was_not_offered_is_refused(mine: Draft, choice: str) -> None:
    reply = send(mine, "you", {**YOU, "situation": choice}.items())
    assert reply.status_code == (303 if choice == "plain " else 422)
    assert mine.answers.get("situation") in (None, "plain")


def test_a_choice_among_several_that_was_not_offered_is_refused(mine: Draft) -> None:
    assert send(mine, "you", [*YOU.items(), ("helps", "friend"), ("helps", "nobody")]).status_code == 422
    assert (
        send(mine, "you", [*YOU.items(), ("helps", "group"), ("helps", "friend"), ("helps", "group")]).status_code
        == 303
    )
    assert mine.answers["helps"] == ["friend", "group"]


def test_answers_to_questions_that_are_not_on_the_page_are_not_taken(mine: Draft) -> None:
    assert (
        send(mine, "you", [*YOU.items(), ("danger", "yes"), ("photo_code", "X"), ("_visited", "photo")]).status_code
        == 303
    )
    assert not {"danger", "photo_code"} & set(mine.answers)
    assert mine.answers["_visited"] == ["you"]


def test_a_file_where_text_is_asked_is_a_missing_answer(mine: Draft) -> None:
    parts = [field(name, text) for name, text in YOU.items() if name != "name"]
    body = multipart([field("csrf_token", mine.csrf), file(b"Traor", "name.txt", name="name"), *parts])
    reply = mine.client.post(mine.url("you"), data=body, content_type=MULTIPART)
    assert reply.status_code == 422
    assert shown(reply)["name"] == ""
    assert shown(reply)["situation"] == "plain"


def test_text_where_a_file_is_asked_is_a_missing_file(trial: Installation) -> None:
    at = draft(trial, PLAIN)
    reply = send(at, "documents/passport", [("file", "passeport.pdf")])
    assert reply.status_code == 422
    assert "Choisissez un fichier" in reply.get_data(as_text=True)


NO_FORMS: list[tuple[bytes, str | None]] = [
    (b"", None),
    (b"", URLENCODED),
    (b"{}", "application/json"),
    (b"name=x", "text/plain"),
    (b"\xff\xfe\x00", URLENCODED),
    (b"&&&=&=;;%%%", URLENCODED),
    (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
    (b"x", "multipart/form-data"),
    (b"a" * 100, "multipart/form-data; boundary=" + "y" * 5000),
    (multipart([field("name", "x")])[:-20], MULTIPART),
]


@pytest.mark.parametrize(("body", "kind"), NO_FORMS)
def test_a_body_that_is_no_form_changes_nothing(trial: Installation, body: bytes, kind: str | None) -> None:
    at = draft(trial, PLAIN)
    before = at.snapshot()
    for path in ("you", "documents", "documents/passport", "check", "declaration", "erase", "filed", "erase-answer"):
        reply = at.client.post(at.url(path), data=body, content_type=kind)
        assert reply.status_code in (303, 400, 403), path
    assert at.snapshot() == before


@pytest.mark.parametrize("digest", [b"\x00", b"a\x0bb", "\ufffe".encode(), b'"><script>'])
def test_a_digest_that_is_none_of_ours_is_not_printed_again(mine: Draft, digest: bytes) -> None:
    body = urlencoded([("csrf_token", "0" * 32), *YOU.items(), ("digest", digest)])
    reply = mine.client.post(mine.url("you"), data=body, content_type=URLENCODED)
    assert reply.status_code == 403
    assert shown(reply)["digest"] == ""
    assert shown(reply)["name"] == "Traoré"


def test_the_digest_of_our_own_form_is_kept(mine: Draft) -> None:
    """Also when the page shows text that was typed before: its digest then has two parts."""
    assert send(mine, "you", [("name", "Diallo")]).status_code == 422
    ours = shown(mine.client.get(mine.url("you")))["digest"]
    body = urlencoded([("csrf_token", "0" * 32), *YOU.items(), ("digest", ours)])
    reply = mine.client.post(mine.url("you"), data=body, content_type=URLENCODED)
    assert reply.status_code == 403
    assert shown(reply)["digest"] == ours
    assert "." in ours


def test_a_hidden_control_as_long_as_a_book(mine: Draft) -> None:
    for name in ("csrf_token", "digest", "action"):
        data = {"csrf_token": mine.csrf, **YOU, name: "é" * 100_000}
        assert mine.client.post(mine.url("you"), data=data).status_code in (303, 403, 409)


@pytest.mark.parametrize(
    "query", ["return=%ff%00", "return=check&return=//evil.example", "added=%0d%0aX:1", "a=" + "x" * 50_000]
)
def test_a_hostile_query_is_ignored(trial: Installation, query: str) -> None:
    at = draft(trial, PLAIN)
    for path in ("you", "documents", "check", "saved"):
        reply = at.client.get(f"{at.url(path)}?{query}")
        assert reply.status_code == 200
        assert "evil.example" not in reply.get_data(as_text=True)
