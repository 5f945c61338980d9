"""The client that checks every page it receives, and the count of what it lets pass."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest
from flask import Flask, Response, redirect

from tests.checks import client
from tests.checks.client import CheckedClient, locale_of
from tests.checks.test_page import page

TESTS = Path(__file__).resolve().parents[1]


@pytest.fixture
def browser() -> CheckedClient:
    app = Flask(__name__)
    app.test_client_class = CheckedClient
    pages = {
        "bon": page(),
        "mauvais": page("<h1>Deux</h1>"),
        "partie": '<title>a</title><main id="main"><h1>a</h1></main>',
    }
    app.add_url_rule("/fr/<name>", "page", lambda name: pages[name], methods=["GET", "POST"])
    app.add_url_rule("/fr/ailleurs", "moved", lambda: redirect("/fr/mauvais", 303))
    app.add_url_rule("/fr/texte", "text", lambda: Response("<h1>", mimetype="text/plain"))
    made = app.test_client()
    assert isinstance(made, CheckedClient)
    return made


def test_a_faulty_page_fails_the_test_that_met_it(browser: CheckedClient) -> None:
    browser.get("/fr/bon")
    with pytest.raises(AssertionError, match="2 <h1>"):
        browser.get("/fr/mauvais")
    with pytest.raises(AssertionError, match="2 <h1>"):
        browser.post("/fr/mauvais")


def test_a_page_reached_by_a_redirect_is_checked(browser: CheckedClient) -> None:
    browser.get("/fr/ailleurs")
    with pytest.raises(AssertionError, match="/fr/mauvais"):
        browser.get("/fr/ailleurs", follow_redirects=True)


def test_htmx_gets_a_part_and_others_a_whole_page(browser: CheckedClient) -> None:
    browser.get("/fr/partie", headers={"HX-Request": "true"})
    with pytest.raises(AssertionError, match="DOCTYPE"):
        browser.get("/fr/partie")
    with pytest.raises(AssertionError, match="DOCTYPE"):
        browser.get("/fr/partie", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})


def test_other_types_are_left_alone(browser: CheckedClient) -> None:
    assert browser.get("/fr/texte").status_code == 200


def test_a_rule_is_set_aside_by_name_and_only_for_a_while(
    browser: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ValueError, match="may be set aside"), browser.without_rule("one h1"):
        pass
    monkeypatch.setitem(client.OPT_OUTS, "one h1", ("only here", 1))
    with browser.without_rule("one h1"):
        browser.get("/fr/mauvais")
    with pytest.raises(AssertionError, match="2 <h1>"):
        browser.get("/fr/mauvais")


@pytest.mark.parametrize(
    ("path", "locale"), [("/fr/dcem/", "fr"), ("/ar/dcem/x", "ar"), ("/healthz", "fr"), ("/", "fr")]
)
def test_the_language_is_read_from_the_address(path: str, locale: str) -> None:
    assert locale_of(path) == locale


def test_every_rule_set_aside_is_counted() -> None:
    used: Counter[str] = Counter()
    for path in TESTS.rglob("test_*.py"):
        if path == Path(__file__).resolve():
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "without_rule":
                used[ast.literal_eval(node.args[0])] += 1
    assert dict(used) == {name: places for name, (_, places) in client.OPT_OUTS.items()}
