"""Every failure is a page in plain French: what happened, what was kept, what to do, which other way there is."""

from __future__ import annotations

import html
import io
import logging
import re
from collections.abc import Callable, Iterator

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.store import Store
from app.store.spool import EncryptedSpool
from app.web import check_view, errors, opendraft, respond, step_view
from tests.web.bodies import MULTIPART, URLENCODED, field, file, multipart, urlencoded
from tests.web.installation import Installation
from tests.web.routes import YOU, finished, visit_token, with_file
from tests.web.test_routes import HTMX, assert_part
from tests.web.trial import FAMILY, JPEG, PLAIN, Draft, draft, install_trial, site_of

CONTACT = "Le centre d'essai"
CHANNELS = ("Le site d'essai", "Le guichet d'essai")
KEPT = re.compile(r"est gardé|gardées|restent ouvertes|[Rr]ien n’(a été|y a) changé")
PERSONAL = "Diallo-Sekret"


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return install_trial(tmp_path_factory.mktemp("errors"), environment={"GUICHET_MAX_UPLOAD_MB": "1"})


@pytest.fixture
def mine(trial: Installation) -> Draft:
    made = draft(trial, FAMILY)
    made.client.get("/fr/")
    return made


def words(reply: TestResponse) -> str:
    """The visible words of a page."""
    body = reply.get_data(as_text=True).partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", "<main" + body)))


def assert_helps(reply: TestResponse, status: int, *, here: bool = True) -> str:
    """The page has this status and says all it must. `here`: it knows which procedure the person is in."""
    page = words(reply)
    assert reply.status_code == status, page
    assert KEPT.search(page), page
    assert CONTACT in page
    assert "0 806 001 620" in page
    assert 'href="/fr/resume"' in reply.get_data(as_text=True)
    assert 'href="/fr/"' in reply.get_data(as_text=True)
    assert f"Numéro de l’erreur, si vous demandez de l’aide : {status}" in page
    if here:
        assert all(channel in page for channel in CHANNELS)
        assert "/fr/essai/formulaire.pdf" in reply.get_data(as_text=True)
    assert_plain_french(page)
    assert "Traceback" not in page
    return page


def assert_plain_french(page: str) -> None:
    """Short sentences, no jargon, before the list of other ways."""
    said = page.partition("Reprendre avec un code")[0]
    assert all(len(sentence.split()) <= 20 for sentence in re.split(r"[.?!:]", said)), said
    for jargon in ("invalide", "serveur", "requête", "token", "CSRF", "HTTP", "veuillez", "Veuillez"):
        assert jargon not in said


POSTED = ("documents/passport", "file/x/remove", "filed", "notice", "erase-answer")
"""Where forms are sent: a page that came from there may be loaded anew."""


# --- addresses


@pytest.mark.parametrize(
    "path",
    ["/fr/nothing/", "/fr/nothing/6k7jt4676za/you", "/nothing/", "/xx/", "/xx/essai/", "/static/no.css", "/a/b/c/d"],
)
def test_an_unknown_address_leads_on(trial: Installation, path: str) -> None:
    client = trial.client()
    reply = client.get(path)
    assert_helps(reply, 403 if "6k7jt4676za" in path else 404, here=False)
    assert_part(client.get(path, headers=HTMX), client.get(path))


@pytest.mark.parametrize(
    "rest", ["nowhere", "you/nowhere", "children/9", "children/9/x", "a/b/c/d/e", "%00", "é à", "outcome/x", *POSTED]
)
def test_an_unknown_page_of_a_draft_leads_back_into_it(mine: Draft, rest: str) -> None:
    reply = mine.client.get(mine.url(rest))
    assert (reply.status_code, reply.location) == (303, mine.url("documents"))


@pytest.mark.parametrize("rest", ["lettre/nothing", "lettre/nothing.pdf", "receipt", "preuve.pdf", "dossier.zip"])
def test_a_paper_that_is_not_there_leads_back_into_the_draft(mine: Draft, rest: str) -> None:
    reply = mine.client.get(mine.url(rest))
    assert (reply.status_code, reply.location) == (303, mine.url("documents"))


@pytest.mark.parametrize("rest", ["file/nothing", "file/%00", "remove/nothing/1", "remove/you/1"])
def test_an_unknown_file_or_list_is_told_and_leads_back(mine: Draft, rest: str) -> None:
    reply = mine.client.get(mine.url(rest))
    assert_helps(reply, 404)
    assert f'href="{mine.url("documents")}">Continuer ma demande' in reply.get_data(as_text=True)


def test_an_item_that_is_gone_leads_back_to_its_list(mine: Draft) -> None:
    reply = mine.client.get(mine.url("remove/children/9"))
    assert reply.status_code in (303, 404)
    if reply.status_code == 404:
        assert_helps(reply, 404)
    else:
        assert reply.location == mine.url("children")


def test_removing_a_file_twice_is_no_failure(trial: Installation) -> None:
    at = with_file(trial)
    file_id = site_of(trial).store.files.of_draft(at.id)[0].id
    for _ in range(2):
        reply = at.client.post(at.url(f"file/{file_id}/remove"), data={"csrf_token": at.csrf})
        assert reply.status_code == 303
        assert at.client.get(reply.location).status_code == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/fr/"), ("PUT", "/fr/help"), ("PUT", "/fr/essai/"), ("DELETE", "{draft}you"), ("PATCH", "{draft}"),
     ("POST", "/healthz"), ("DELETE", "/fr/left"), ("DELETE", "/")],
)  # fmt: skip
def test_another_method_is_refused_in_words(mine: Draft, method: str, path: str) -> None:
    before = mine.snapshot()
    reply = mine.client.open(path.format(draft=mine.url()), method=method)
    assert "GET" in reply.headers["Allow"] or "POST" in reply.headers["Allow"]
    assert_helps(reply, 405, here="essai" in path or "{draft}" in path)
    assert mine.snapshot() == before


@pytest.mark.parametrize("host", ["a b", "<script>", "exa\\mple", "x" * 300])
def test_a_host_that_is_none_is_no_fault_of_ours(trial: Installation, host: str) -> None:
    assert trial.client().get("/fr/", headers={"Host": host}).status_code in (200, 400)


@pytest.mark.parametrize("path", ["/fr/help/", "/fr/resume/", "/fr/accessibility/", "/fr/left/", "/fr/resume/open/"])
def test_a_slash_too_many_is_forgiven(trial: Installation, path: str) -> None:
    assert trial.client().get(path, follow_redirects=True).status_code == 200


def test_a_way_to_another_address_says_nothing_in_a_foreign_language(trial: Installation) -> None:
    missing = trial.client().get("/fr/essai")
    assert (missing.status_code, missing.location) == (308, "http://localhost/fr/essai/")
    start = trial.client().get("/")
    assert start.status_code in (302, 303)
    assert start.location
    for reply in (missing, start):
        assert reply.get_data() == b""
        assert reply.headers["Content-Length"] == "0"


# --- drafts that are not for this browser


def not_here(client: FlaskClient, url: str) -> Iterator[TestResponse]:
    for path in ("", "you", "documents", "check", "saved", "leave", "erase", "receipt", "reponses.pdf", "file/x"):
        yield client.get(url + path)
    for path in ("you", "check", "documents", "documents/passport", "erase", "leave", "filed", "notice"):
        yield client.post(url + path, data={"name": "x"})


def test_the_draft_of_somebody_else_an_erased_and_an_invented_one_look_alike(trial: Installation, mine: Draft) -> None:
    stranger, erased = trial.client(), draft(trial, PLAIN)
    stranger.get("/fr/")
    site_of(trial).store.drafts.erase(erased.id)
    before = mine.snapshot()
    for replies in zip(
        not_here(stranger, mine.url()),
        not_here(stranger, "/fr/essai/0123456789a/"),
        not_here(erased.client, erased.url()),
        strict=True,
    ):
        said = [assert_helps(reply, 403) for reply in replies]
        assert said[0] == said[1] == said[2]
        assert "Avec votre code, vous pouvez la reprendre." in said[0]
    assert mine.snapshot() == before


@pytest.mark.parametrize("token", ["", "x", "é", "\x01", "a" * 4000])
def test_a_wrong_cookie_opens_nothing(trial: Installation, mine: Draft, token: str) -> None:
    other = trial.client()
    other.set_cookie(mine.cookie, token)
    assert_helps(other.get(mine.url("you")), 403)


def test_a_draft_of_another_procedure_is_not_found_by_its_id(trial: Installation, mine: Draft) -> None:
    assert_helps(mine.client.get(mine.url("you").replace("/essai/", "/nothing/")), 403, here=False)


def test_a_draft_whose_time_is_over_says_so(trial: Installation) -> None:
    at = draft(trial, PLAIN)
    at.client.get("/fr/")
    trial.clock.forward(days=181)
    try:
        for reply in not_here(at.client, at.url()):
            assert "sa durée est finie" in assert_helps(reply, 403)
    finally:
        trial.clock.forward(days=-181)
    assert at.client.get(at.url("you")).status_code == 200


def test_a_browser_without_cookies_is_told_about_cookies(trial: Installation) -> None:
    reply = trial.app.test_client(use_cookies=False).post("/fr/essai/", data={"csrf_token": "x"})
    assert "Acceptez les cookies" in assert_helps(reply, 403)
    code = trial.app.test_client(use_cookies=False).post("/fr/resume", data={"csrf_token": "x", "code": "ABCD"})
    assert code.status_code == 403
    assert "refuse les cookies" in words(code)


# --- too much


def post(at: Draft, path: str, body: bytes, media: str, headers: dict[str, str] | None = None) -> TestResponse:
    return at.client.post(at.url(path), data=body, content_type=media, headers=headers)


def test_a_file_that_is_too_big_for_the_service_is_refused_in_words(trial: Installation) -> None:
    at = with_file(trial)
    before = at.snapshot()
    body = multipart([field("csrf_token", at.csrf), file(JPEG + b"x" * 1_200_000, "photo.jpg")])
    for headers in ({}, HTMX):
        reply = post(at, "documents/passport", body, MULTIPART, headers)
        assert "Choisissez un fichier plus petit" in assert_helps(reply, 413)
        assert "Continuer ma demande" in words(reply)
    assert at.snapshot() == before


def test_a_text_that_is_too_long_for_the_service_is_refused_in_words(mine: Draft) -> None:
    before = mine.snapshot()
    body = urlencoded([("csrf_token", mine.csrf), *YOU.items(), ("story", "é" * 400_000)])
    reply = post(mine, "you", body, URLENCODED)
    assert "votre texte y est encore" in assert_helps(reply, 413)
    assert mine.snapshot() == before


def test_a_body_that_is_too_big_is_taken_in_so_that_the_browser_sees_the_page(mine: Draft) -> None:
    """A browser that is cut off while it sends shows an error of its own."""
    stream = io.BytesIO(b"x" * 3_000_000)
    reply = mine.client.post(
        mine.url("you"), input_stream=stream, content_type=URLENCODED, headers={"Content-Length": "3000000"}
    )
    assert reply.status_code == 413
    assert stream.tell() == 3_000_000


def test_what_arrived_of_a_refused_upload_is_given_up_at_once(
    trial: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    at, spools = draft(trial, PLAIN), list[EncryptedSpool]()

    def spool(_store: Store) -> EncryptedSpool:
        spools.append(EncryptedSpool(memory=1000))
        return spools[-1]

    monkeypatch.setattr(Store, "spool", spool)
    crowd = [field(f"part-{number}", "x") for number in range(2001)]
    body = multipart([file(b"x" * 90_000, "a.pdf"), *crowd])
    assert_helps(post(at, "documents/passport", body, MULTIPART), 413)
    assert len(spools) == 1
    assert spools[0].spilled
    assert spools[0].closed


def test_too_many_new_drafts_at_once_leave_the_others_alone(trial: Installation, mine: Draft) -> None:
    client = trial.client()
    token = visit_token(mine)
    for _ in range(400):
        if (reply := mine.client.post("/fr/essai/", data={"csrf_token": token})).status_code != 303:
            break
    said = assert_helps(reply, 429)
    assert "Beaucoup de personnes" in said
    assert 1 <= int(reply.headers["Retry-After"]) <= 60
    assert client.get("/fr/essai/").status_code == 200
    sent = mine.client.post(mine.url("you"), data={"csrf_token": mine.csrf, **YOU, "digest": digest(mine)})
    assert sent.status_code == 303
    trial.clock.forward(seconds=int(reply.headers["Retry-After"]))
    assert mine.client.post("/fr/essai/", data={"csrf_token": token}).status_code == 303
    trial.clock.forward(seconds=600)


def digest(at: Draft, key: str = "you") -> str:
    found = re.search(r'name="digest" value="([^"]+)"', at.client.get(at.url(key)).get_data(as_text=True))
    assert found
    return found[1]


# --- faults of ours


Break = Callable[[pytest.MonkeyPatch], None]


def fails(*_given: object, **_named: object) -> None:
    raise ValueError(f"a message that quotes {PERSONAL}")


BROKEN: dict[str, tuple[str, Break]] = {
    "a view": ("you", lambda patch: patch.setattr("app.web.steps.step_view", fails)),
    "the journey": ("you", lambda patch: patch.setattr(opendraft, "build_journey", fails)),
    "a part of a page": ("check", lambda patch: patch.setattr(check_view, "fee_rows", fails)),
    "the store": ("you", lambda patch: patch.setattr("app.store.drafts.Drafts.authorise", fails)),
    "the words of a step": ("you", lambda patch: patch.setattr(step_view, "TextRenderer", fails)),
}


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG)
    return caplog


@pytest.mark.parametrize(("path", "breaks"), BROKEN.values(), ids=BROKEN)
def test_a_fault_is_a_page_and_a_line_in_the_log(
    mine: Draft, monkeypatch: pytest.MonkeyPatch, logged: pytest.LogCaptureFixture, path: str, breaks: Break
) -> None:
    breaks(monkeypatch)
    for headers in ({}, HTMX):
        reply = mine.client.get(mine.url(path), headers=headers)
        assert reply.status_code == 500
        said = words(reply)
        assert "C’est notre faute, pas la vôtre." in said
        assert "Ce qui était enregistré est gardé." in said
        assert PERSONAL not in reply.get_data(as_text=True)
    assert any(re.fullmatch(r"fault ValueError at \S+:\d+ in GET \S+", record.message) for record in logged.records)
    assert PERSONAL not in logged.text
    assert mine.id not in logged.text


def test_a_fault_keeps_the_ways_on_the_page(mine: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.web.steps.step_view", fails)
    assert_helps(mine.client.get(mine.url("you")), 500)


def test_a_fault_while_saving_loses_nothing(mine: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    before, shown = mine.snapshot(), digest(mine)
    form = {"csrf_token": mine.csrf, **YOU, "digest": shown}
    with monkeypatch.context() as patch:
        patch.setattr("app.store.draft_rows.DraftRows.save", fails)
        assert_helps(mine.client.post(mine.url("you"), data=form), 500)
    assert mine.snapshot() == before
    assert mine.client.post(mine.url("you"), data=form).status_code == 303
    assert mine.answers["name"] == "Traoré"


def test_when_no_page_can_be_made_there_are_still_words(
    mine: Draft, monkeypatch: pytest.MonkeyPatch, logged: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(respond, "render_page", fails)
    whole, part = (mine.client.get(mine.url("you"), headers=headers) for headers in ({}, HTMX))
    assert (whole.status_code, part.status_code) == (500, 500)
    assert_part(part, whole)
    assert "Ce qui était enregistré est gardé." in words(whole)
    assert PERSONAL not in logged.text
    assert whole.headers["Content-Security-Policy"]


def test_the_health_check_tells_the_monitor_of_a_fault(trial: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    client = trial.client()
    assert client.get("/healthz").data == b"ok\n"
    monkeypatch.setattr("app.store.Store.ping", fails)
    assert client.get("/healthz").status_code == 500


def test_every_case_of_the_page_says_all_it_must(trial: Installation, mine: Draft) -> None:
    """Also those that no request of today leads to."""
    finished(trial)
    for kind, status in [("400", 400), ("403", 403), ("409", 409), ("415", 415), ("503", 503), ("418", 418)]:
        with trial.app.test_request_context(mine.url("you")):
            assert KEPT.search(errors.page(status, kind=kind).get_data(as_text=True)), kind
