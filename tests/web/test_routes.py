"""The contract of every route (design, decision 6): what a plain browser gets, what htmx gets, and that both agree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.web.installation import Installation
from tests.web.routes import GET, PIECES, POST, YOU, Case, rules, visit_token
from tests.web.trial import Draft, draft, install_trial

HTMX = {"HX-Request": "true"}
RESTORE = {**HTMX, "HX-History-Restore-Request": "true"}
NOT_MINE = "0" * 32


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return install_trial(tmp_path_factory.mktemp("routes"))


def cases(table: dict[str, Case], *sorts: str) -> list[Any]:
    return [pytest.param(case, id=name) for name, case in table.items() if case.sort in sorts]


def token(case: Case, at: Draft) -> str:
    return visit_token(at) if case.path.startswith("/") else at.csrf


def send(case: Case, at: Draft, data: Any, headers: dict[str, str] | None = None, csrf: str | None = None) -> Any:
    form = {**data, "csrf_token": token(case, at) if csrf is None else csrf}
    kind = "multipart/form-data" if "file" in data else None
    return at.client.post(case.address(at), data=form, headers=headers, content_type=kind)


def assert_part(partial: TestResponse, whole: TestResponse) -> None:
    """What htmx gets stands in the whole page, byte for byte: its title, and its `<main>`."""
    title, _, main = partial.data.partition(b"\n")
    assert title.startswith(b"<title>")
    assert title.endswith(b"</title>")
    assert main.startswith(b'<main id="main"')
    assert main.rstrip().endswith(b"</main>")
    assert whole.data.startswith(b"<!doctype html>")
    assert whole.data.count(title) == 1
    assert whole.data.count(main) == 1


def without_ids(url: str, at: Draft) -> str:
    return re.sub(r"proof=\w+", "proof=…", url.replace(at.id, "<draft>"))


def test_every_route_has_its_case(trial: Installation) -> None:
    assert rules(trial) == {("GET", name) for name in GET} | {("POST", name) for name in POST} | PIECES


@pytest.mark.parametrize("case", cases(GET, "page"))
def test_a_page_is_whole_for_a_browser_and_its_main_for_htmx(trial: Installation, case: Case) -> None:
    at = case.scene(trial)
    url = case.address(at)
    # The first reply of a browser without cookies has another token.
    at.client.get("/fr/")
    whole, partial, restored = (at.client.get(url, headers=headers) for headers in ({}, HTMX, RESTORE))
    assert [reply.status_code for reply in (whole, partial, restored)] == [200, 200, 200]
    assert_part(partial, whole)
    assert restored.data == whole.data
    assert "Ce n’est pas le site de l’État." in whole.get_data(as_text=True)
    assert "HX-Push-Url" not in partial.headers
    for reply in (whole, partial, restored):
        assert "HX-Request" in reply.vary
        assert reply.mimetype == "text/html"


@pytest.mark.parametrize("case", cases(GET, "sends on"))
def test_an_address_that_sends_on(trial: Installation, case: Case) -> None:
    at = case.scene(trial)
    plain, quick = (at.client.get(case.address(at), headers=headers) for headers in ({}, HTMX))
    assert plain.status_code == 303
    assert (quick.status_code, quick.headers["HX-Push-Url"]) == (200, plain.location)
    assert_part(quick, at.client.get(plain.location))
    assert "HX-Request" in plain.vary
    assert at.client.get(case.address(at), headers=RESTORE).status_code == 303


@pytest.mark.parametrize("case", cases(GET, "file", "redirects"))
def test_what_is_no_page_is_the_same_for_htmx(trial: Installation, case: Case) -> None:
    at = case.scene(trial)
    plain, quick = (at.client.get(case.address(at), headers=headers) for headers in ({}, HTMX))
    assert plain.status_code == quick.status_code == (302 if case.sort == "redirects" else 200)
    assert plain.mimetype == quick.mimetype
    assert plain.location == quick.location
    assert plain.mimetype == "text/html" or plain.data[:64] == quick.data[:64]


@pytest.mark.parametrize("case", cases(POST, "sends on"))
def test_a_good_form_sends_on(trial: Installation, case: Case) -> None:
    at = case.scene(trial)
    plain = send(case, at, case.form(at))
    assert plain.status_code == 303
    assert plain.location.startswith("/fr/")
    assert "HX-Request" in plain.vary
    assert at.client.get(plain.location).status_code == 200

    other = case.scene(trial)
    quick = send(case, other, case.form(other), HTMX)
    assert quick.status_code == 200
    assert without_ids(quick.headers["HX-Push-Url"], other) == without_ids(plain.location, at)
    assert "HX-Request" in quick.vary
    assert_part(quick, other.client.get(quick.headers["HX-Push-Url"]))


def test_a_page_reached_in_one_trip_speaks_of_its_own_place(trial: Installation) -> None:
    """Its notice, its way back and where its form is posted are those of the page, not of the form that led to it."""
    at = draft(trial, {}, data={"notice": {"cause": "day", "new_documents": ["home"]}})
    quick = at.client.post(
        at.url("you?return=check"), data={"csrf_token": at.csrf, **YOU, "situation": "family"}, headers=HTMX
    )
    assert quick.headers["HX-Push-Url"] == at.url("children")
    assert_part(quick, at.client.get(at.url("children")))
    assert f'name="back" value="{at.url("children")}"' in quick.get_data(as_text=True)


@pytest.mark.parametrize("case", cases(POST, "loads"))
def test_a_form_that_needs_a_new_cookie_makes_the_browser_load_a_page(trial: Installation, case: Case) -> None:
    at = case.scene(trial)
    plain = send(case, at, case.form(at))
    assert plain.status_code == 303
    assert "guichet-" in plain.headers["Set-Cookie"]
    assert at.client.get(plain.location).status_code == 303
    quick = send(case, at, case.form(at), HTMX)
    assert (quick.status_code, quick.data) == (200, b"")
    assert quick.headers["HX-Redirect"].startswith("/fr/essai/")
    assert "HX-Push-Url" not in quick.headers


def refusing() -> Iterator[Any]:
    yield from (pytest.param(case, id=name) for name, case in POST.items() if case.refused is not None)


@pytest.mark.parametrize("case", list(refusing()))
def test_a_form_with_a_fault_comes_back(trial: Installation, case: Case) -> None:
    at = case.scene(trial)
    answers = at.answers
    plain, quick = (send(case, at, case.refused, headers) for headers in ({}, HTMX))
    assert (plain.status_code, quick.status_code) == (422, 422)
    assert_part(quick, plain)
    assert b'id="errors"' in quick.data
    assert "HX-Push-Url" not in quick.headers
    assert at.answers == answers


@pytest.mark.parametrize("case", cases(POST, "sends on", "loads", "page"))
def test_a_form_of_somebody_else_changes_nothing(trial: Installation, case: Case) -> None:
    at = case.scene(trial)
    at.client.get("/fr/")
    before = at.snapshot()
    for csrf in (NOT_MINE, "", case.scene(trial).csrf):
        plain, quick = (send(case, at, case.typed or case.form(at), headers, csrf) for headers in ({}, HTMX))
        assert (plain.status_code, quick.status_code) == (403, 403)
        assert_part(quick, plain)
        assert "Set-Cookie" not in plain.headers
        for text in shown_again(case.typed or {}):
            assert text in plain.get_data(as_text=True)
    assert at.snapshot() == before


def shown_again(typed: Any) -> Iterator[str]:
    """The HTML of controls that hold what was typed."""
    choices = {"situation", "filed_where", "declared"}
    for name, text in typed.items():
        if name == "reason":
            yield f"\n{text}</textarea>"
        elif name not in ("action", "says"):
            yield f'value="{text}" checked' if name in choices else f'value="{text}"'
