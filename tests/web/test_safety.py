"""What an attacker, a shared phone, a log file and a caching proxy must not get."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.installation import Installation
from tests.web.person import Person
from tests.web.routes import GET, POST, YOU, upload, visit_token, with_notice
from tests.web.test_routes import send
from tests.web.trial import FAMILY, PDF, PLAIN, Draft, draft, install_trial, site_of

DIRECTIVES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
KEPT = {"public.static_file": "public, max-age=31536000, immutable", "offline.program": "no-cache"}
LASTING = {"public.catalogue", "public.start", "public.help_page", "public.accessibility", "200"}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return install_trial(tmp_path_factory.mktemp("safety"))


@pytest.fixture(scope="module")
def secure(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return install_trial(tmp_path_factory.mktemp("https"), environment={"GUICHET_HTTPS": "yes"})


# --- headers


def some_of_each(trial: Installation) -> Iterator[tuple[str, TestResponse]]:
    """A good reply of every route, and one of each failure."""
    for name, case in [*GET.items(), *POST.items()]:
        at = case.scene(trial)
        reply = at.client.get(case.address(at)) if name in GET else send(case, at, case.form(at))
        assert reply.status_code < 400, name
        yield name, reply
    client = trial.client()
    yield "404", client.get("/nothing/")
    yield "403", client.get("/fr/essai/0123456789a/you")
    yield "405", client.delete("/fr/")
    yield "308", client.get("/fr")
    yield "200", client.options("/fr/")
    yield "200", client.head("/fr/")
    yield "413", client.post("/fr/resume", data=b"x" * 3_000_000, content_type="application/x-www-form-urlencoded")


def test_every_reply_carries_the_headers_that_protect_it(trial: Installation) -> None:
    for name, reply in some_of_each(trial):
        assert not name.isdigit() or reply.status_code == int(name)
        assert {header: reply.headers.get(header) for header in HEADERS} == HEADERS, name
        policy = dict(
            part.strip().split(" ", 1)
            for part in reply.headers["Content-Security-Policy"].split(";")
            if " " in part.strip()
        )
        if name in ("documents.file", "documents.thumb"):
            assert reply.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        else:
            style = policy.pop("style-src").split()
            assert policy == DIRECTIVES, name
            assert style == ["'self'", f"'{site_of(trial).assets.style_hash}'"], name
        assert "camera=()" in reply.headers["Permissions-Policy"]
        assert "Server" not in reply.headers
        assert "X-Powered-By" not in reply.headers
        assert "Strict-Transport-Security" not in reply.headers
        # A proxy may keep nothing but style, scripts and pictures; a browser only what holds nobody's data.
        kept = KEPT.get(name, "no-store")
        if name in LASTING and "ETag" in reply.headers:
            kept = "private, no-cache"
        assert reply.headers["Cache-Control"] == kept, name
        assert "ETag" not in reply.headers or name in LASTING, name


def test_https_is_remembered_by_the_browser(secure: Installation) -> None:
    assert secure.client().get("/fr/").headers["Strict-Transport-Security"].startswith("max-age=31536000")


# --- cookies


def cookies(reply: TestResponse) -> dict[str, set[str]]:
    """The attributes of each cookie of a reply, in lower case, its value left out."""
    found = {}
    for header in reply.headers.getlist("Set-Cookie"):
        first, *rest = header.split(";")
        found[first.partition("=")[0]] = {part.strip().lower() for part in rest}
    return found


def begin(client: FlaskClient) -> tuple[TestResponse, TestResponse]:
    page = client.get("/fr/essai/")
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.get_data(as_text=True))
    assert found
    return page, client.post("/fr/essai/", data={"csrf_token": found[1]})


def test_cookies_are_not_for_scripts_nor_for_other_sites(trial: Installation) -> None:
    visit, own = (cookies(reply) for reply in begin(trial.client()))
    assert set(visit) == {"guichet-visit"}
    assert visit["guichet-visit"] == {"httponly", "path=/", "samesite=lax"}
    (name,) = own
    assert re.fullmatch(r"guichet-[0-9a-z]{11}", name)
    assert {"httponly", "path=/", "samesite=lax", f"max-age={180 * 86400}"} <= own[name]
    assert "secure" not in own[name]


def test_over_https_cookies_are_bound_to_this_host(secure: Installation) -> None:
    client = secure.app.test_client()
    page = client.get("/fr/essai/", base_url="https://guichet.example")
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.get_data(as_text=True))
    assert token
    begun = client.post("/fr/essai/", data={"csrf_token": token[1]}, base_url="https://guichet.example")
    for reply in (page, begun):
        ((name, attributes),) = cookies(reply).items()
        # RFC 6265bis, 4.1.3.2: Secure, Path=/, and no Domain.
        assert name.startswith("__Host-guichet-")
        assert {"secure", "httponly", "path=/", "samesite=lax"} <= attributes
        assert not any(part.startswith("domain") for part in attributes)
    inside = client.get(begun.location, base_url="https://guichet.example")
    assert inside.location.endswith("/you")


def test_whole_addresses_do_not_lead_out_of_https(secure: Installation) -> None:
    """The proxy that ends HTTPS asks us over plain HTTP."""
    client = secure.app.test_client()
    assert client.get("/fr/essai").location.startswith("https://")
    at = draft(secure, PLAIN)
    client.set_cookie(f"__Host-{at.cookie}", at.token, secure=True)
    saved = client.get(at.url("saved"), base_url="https://guichet.example")
    assert saved.status_code == 403, "a cookie of another host"
    client.set_cookie(f"__Host-{at.cookie}", at.token, domain="guichet.example", secure=True)
    saved = client.get(at.url("saved"), base_url="https://guichet.example")
    assert "https://guichet.example/fr/resume" in saved.get_data(as_text=True)


def test_a_cookie_of_plain_http_opens_nothing_over_https(secure: Installation) -> None:
    at = draft(secure, PLAIN)
    assert at.cookie.startswith("guichet-")
    assert at.client.get(at.url("you")).status_code == 403


def test_leaving_takes_the_cookies_away_as_they_were_set(trial: Installation) -> None:
    one = draft(trial, PLAIN)
    two = draft(trial, PLAIN, client=one.client)
    reply = one.client.post(one.url("leave"), data={"csrf_token": one.csrf})
    gone = {name: attributes for name, attributes in cookies(reply).items() if name != "guichet-visit"}
    assert set(gone) == {one.cookie, two.cookie}
    for attributes in gone.values():
        assert {"max-age=0", "path=/", "httponly", "samesite=lax"} <= attributes
    assert reply.headers["Clear-Site-Data"] == '"cache", "storage"'
    for at in (one, two):
        at.client.set_cookie(at.cookie, at.token)
        assert at.client.get(at.url("you")).status_code == 403, "the access itself is gone, not only the cookie"


# --- forms of other sites


def test_a_form_is_good_for_as_long_as_its_draft(trial: Installation) -> None:
    """People come back after months: there is no time limit on a token."""
    at = draft(trial, {})
    form = {"csrf_token": at.csrf, **YOU}
    trial.clock.forward(days=179)
    try:
        assert at.client.post(at.url("you"), data=form).status_code == 303
    finally:
        trial.clock.forward(days=-179)


def test_a_form_of_one_draft_is_no_form_of_another(trial: Installation) -> None:
    one = draft(trial, {})
    two = draft(trial, {}, client=one.client)
    for token in (two.csrf, visit_token(one)):
        reply = one.client.post(one.url("you"), data={"csrf_token": token, **YOU})
        assert reply.status_code == 403
        assert 'value="Traoré"' in reply.get_data(as_text=True)
    assert one.answers == two.answers == {}


def test_the_tokens_of_two_browsers_differ(trial: Installation) -> None:
    tokens = {visit_token(draft(trial, PLAIN)) for _ in range(3)}
    assert len(tokens) == 3


# --- addresses and hosts


AWAY = [
    "https://evil.example/", "//evil.example/", "///evil.example", "/\\evil.example", "\\\\evil.example",
    "/\t/evil.example/", "/\n/evil.example/", "\t//evil.example", "/%09/evil.example", "javascript:alert(1)",
    "http:evil.example", "/fr/\r\nSet-Cookie: x=1", "/fr/@evil.example", "", "x" * 5000, "/\u2028/evil.example",
]  # fmt: skip


@pytest.mark.parametrize("back", AWAY)
def test_no_form_leads_away_from_the_service(trial: Installation, back: str) -> None:
    for headers in ({}, {"HX-Request": "true"}):
        at = with_notice(trial)
        reply = at.client.post(at.url("notice"), data={"csrf_token": at.csrf, "back": back}, headers=headers)
        address = reply.location if not headers else reply.headers["HX-Push-Url"]
        assert address == at.url("documents")
        assert "Set-Cookie" not in reply.headers


def test_the_way_back_after_a_notice_is_a_page_of_the_same_draft(trial: Installation) -> None:
    at, other = with_notice(trial), with_notice(trial)
    form = {"csrf_token": at.csrf}
    assert at.client.post(at.url("notice"), data={**form, "back": at.url("check")}).location == at.url("check")
    assert at.client.post(at.url("notice"), data={**form, "back": other.url("erase")}).location == at.url("documents")


@pytest.mark.parametrize("value", ["//evil.example", "https://evil.example", "check/../..", "CHECK", "check\r\nX: 1"])
def test_return_is_one_word_or_nothing(trial: Installation, value: str) -> None:
    at = draft(trial, {})
    page = at.client.get(at.url("you"), query_string={"return": value})
    assert f'action="{at.url("you")}"' in page.get_data(as_text=True)
    reply = at.client.post(at.url("you"), query_string={"return": value}, data={"csrf_token": at.csrf, **YOU})
    assert reply.location == at.url("safety")


@pytest.mark.parametrize(
    "headers", [{"Host": "evil.example"}, {"X-Forwarded-Host": "evil.example"}, {"Forwarded": "host=evil.example"}]
)
def test_another_host_gets_no_address_of_its_own_into_our_replies(trial: Installation, headers: dict[str, str]) -> None:
    """Only the page that says where to type the code shows an address, and it shows the one that was asked."""
    for name, case in [*GET.items(), *POST.items()]:
        if case.sort == "file":
            continue
        at = case.scene(trial)
        if name in GET:
            reply = at.client.get(case.address(at), headers=headers)
        else:
            reply = at.client.post(case.address(at), data={"csrf_token": at.csrf, **case.form(at)}, headers=headers)
        places = [reply.headers.get(header, "") for header in ("Location", "HX-Push-Url", "HX-Redirect")]
        links = re.findall(r'(?:href|src|action)="([^"]*)"', reply.get_data(as_text=True))
        assert not any("evil" in place for place in (*places, *links)), name


# --- data of people


@dataclass
class Witness:
    """A browser that notes every address it meets."""

    client: FlaskClient
    addresses: set[str]

    def get(self, url: str, **given: object) -> TestResponse:
        return self._noted(url, self.client.get(url, **given))  # type: ignore[arg-type]

    def post(self, url: str, **given: object) -> TestResponse:
        return self._noted(url, self.client.post(url, **given))  # type: ignore[arg-type]

    def _noted(self, url: str, reply: TestResponse) -> TestResponse:
        headers = [reply.headers.get(name, "") for name in ("Location", "HX-Push-Url", "HX-Redirect")]
        found = (
            re.findall(r'(?:href|src|action)="([^"]*)"', reply.get_data(as_text=True))
            if reply.mimetype == "text/html"
            else []
        )
        self.addresses |= {unquote(address) for address in (url, *headers, *found)}
        return reply


TYPED = [
    "Secretnom",
    "1977",
    "Secrethistoire",
    "Secretenfant",
    "Secretphoto",
    "secretfichier",
    "SecretNumero",
    "Secretfaux",
]


def whole_walk(witness: Witness, *, htmx: bool) -> Person:
    """From the start page past mistakes, files, check answers and declarations to the end, papers included."""
    person = Person(witness, htmx=htmx)  # type: ignore[arg-type]
    person.start("essai")
    person.press(person.form(), "continue", name="Secretnom <Secretfaux>")
    person.press(person.form(), "save")
    person.open(person.url.replace("saved", "you"))
    you = {"name": "Secretnom", "born-day": "3", "born-month": "5", "born-year": "1977"}
    person.press(person.form(), "continue", **you, situation="family", story="Secrethistoire")
    person.press(person.form(), "add")
    person.press(person.form(), "continue", first_name="Secretenfant")
    while person.key != "safety":
        person.press(person.form(), "continue")
    person.press(person.form(), "continue", danger="no")
    person.press(person.form(action="/outcome/safe"))
    person.press(person.form(), "continue", photo_code="Secretphoto")
    return person


def test_nothing_typed_stands_in_an_address_or_in_the_log(
    trial: Installation, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    for htmx in (False, True):
        witness = Witness(trial.client(), set())
        person = whole_walk(witness, htmx=htmx)
        assert person.key == "documents"
        at = held(trial, person)
        for name, content in (("secretfichier.pdf", PDF), ("secretfichier.html", b"<html>")):
            assert upload(at, "passport", (content, name)).status_code in (303, 422)
        for path in ("documents", "check", "declaration", "reponses.pdf", "lettre/host", "lettre/host.pdf"):
            assert witness.get(at.url(path)).status_code == 200
        person.open(at.url("declaration"))
        person.press(person.form(holds="declared"), "continue", declared=["truth", "law"])
        person.press(person.form(holds="filed_number"), filed_where="online", filed_number="SecretNumero")
        for path in ("receipt", "dossier.zip", "preuve.pdf", "a-recopier", "a-recopier.pdf", "erase", "leave", "saved"):
            assert witness.get(at.url(path)).data
        answers = str(at.record.data) + str(site_of(trial).store.files.of_draft(at.id))
        assert all(text in answers for text in TYPED if text != "Secretfaux")
        for text in TYPED:
            assert not [address for address in witness.addresses if text in address]
    said = caplog.text + "".join(capfd.readouterr())
    assert len(caplog.records) < 2000
    for text in (*TYPED, at.id, at.code, at.token):
        assert text not in said


def held(trial: Installation, person: Person) -> Draft:
    """The draft of somebody who began by the start page."""
    cookie = person.client.client.get_cookie(f"guichet-{person.draft}")  # type: ignore[attr-defined]
    record = site_of(trial).store.drafts.load(person.draft)
    assert record is not None
    return Draft(trial, person.client.client, person.draft, "essai", cookie.value, record.data["code"])  # type: ignore[attr-defined]


def test_what_is_on_the_disk_cannot_be_read(tmp_path: Path) -> None:
    trial = install_trial(tmp_path)
    at = draft(trial, {**PLAIN, "name": "Secretnom"})
    upload(at, "passport", (PDF + b"Secretcontenu", "secretfichier.pdf"))
    site_of(trial).store.close()
    stored = b"".join(path.read_bytes() for path in tmp_path.rglob("data/**/*") if path.is_file())
    assert len(stored) > 10_000
    for text in (b"Secretnom", b"secretfichier", b"Secretcontenu", at.token.encode(), at.code.encode()):
        assert text not in stored


def test_a_code_never_stands_in_an_address(trial: Installation) -> None:
    at = draft(trial, FAMILY)
    page = at.client.get(f"/fr/resume?code={at.code}").get_data(as_text=True)
    assert at.code not in page
    assert '<form method="post" action="/fr/resume"' in page
