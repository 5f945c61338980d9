"""Shared phones: a draft opens by its cookie or its code, and after "Leave this phone" by its code alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.store.codes import ALPHABET, check_symbol
from tests.checks.client import CheckedClient
from tests.web.installation import Clock, Installation
from tests.web.person import Form, Person
from tests.web.written import SLUG, answers_of, data_of, installed, record_of, store_of, write

STEPS = """
- id: "you"
  title: "Vous"
  fields:
    - {id: "name", kind: "name", label: "Votre nom"}
- id: "more"
  title: "Encore"
  fields:
    - {id: "text", kind: "text", label: "Un mot"}
"""
MORE = """
documents:
  - {id: "pass", title: "Passeport"}
"""


@pytest.fixture
def small(tmp_path: Path) -> Installation:
    return installed(tmp_path, STEPS, MORE)


def begun(small: Installation, name: str, client: CheckedClient | None = None) -> Person:
    """Somebody with a draft and one answer, on a phone of their own or on a given one."""
    person = Person(client or small.client()).start(SLUG)
    return person.press(person.form(), "continue", name=name)


def code_of(small: Installation, person: Person) -> str:
    return str(data_of(small, person.draft)["code"])


def leave(person: Person) -> Person:
    person.open(f"/fr/{SLUG}/{person.draft}/leave")
    return person.press(person.form(action="/leave"))


def cookies(client: CheckedClient) -> dict[str, str]:
    found = client._cookies or {}
    return {cookie.key: cookie.value for cookie in found.values()}


def pages(small: Installation, person: Person) -> list[str]:
    """The address of every page of a draft."""
    rules = [rule for rule in small.app.url_map.iter_rules() if "GET" in rule.methods and "draft" in rule.arguments]
    parts = {"locale": "fr", "slug": SLUG, "draft": person.draft, "key": "you", "step_id": "x", "item": "1"}
    parts |= {"file_id": "f", "outcome_id": "o", "letter_id": "l", "place": "0"}
    adapter = small.app.url_map.bind("localhost")
    return [adapter.build(rule.endpoint, {name: parts[name] for name in rule.arguments}) for rule in rules]


def test_each_draft_has_a_cookie_of_its_own(small: Installation) -> None:
    client = small.client()
    awa, bob = begun(small, "Awa", client), begun(small, "Bob", client)
    held = cookies(client)
    assert {f"guichet-{awa.draft}", f"guichet-{bob.draft}"} <= set(held)
    assert held[f"guichet-{awa.draft}"] != held[f"guichet-{bob.draft}"]
    stranger = small.client()
    stranger.set_cookie(f"guichet-{awa.draft}", held[f"guichet-{bob.draft}"])
    assert stranger.get(f"/fr/{SLUG}/{awa.draft}/you").status_code == 403
    assert "Bob" in Person(client).open(f"/fr/{SLUG}/{bob.draft}/you").html
    assert "Awa" in Person(client).open(f"/fr/{SLUG}/{awa.draft}/you").html


def test_a_page_of_one_draft_changes_no_other(small: Installation) -> None:
    """The token of a form belongs to one draft."""
    client = small.client()
    awa, bob = begun(small, "Awa", client), begun(small, "Bob", client)
    form = awa.open(f"/fr/{SLUG}/{awa.draft}/you").form()
    bob.url = f"/fr/{SLUG}/{bob.draft}/you"
    form.action = bob.url
    bob.press(form, "continue", name="Eve")
    assert bob.reply.status_code == 403
    assert answers_of(small, bob.draft)["name"] == "Bob"


def test_two_people_find_their_drafts_on_one_phone(small: Installation) -> None:
    client = small.client()
    awa, bob = begun(small, "Awa", client), begun(small, "Bob", client)
    for page in ("/fr/", f"/fr/{SLUG}/"):
        links = {node.get("href") for node in Person(client).open(page).page.iter("a")}
        assert {f"/fr/{SLUG}/{awa.draft}/", f"/fr/{SLUG}/{bob.draft}/"} <= links


def test_leaving_says_which_other_drafts_it_closes(small: Installation) -> None:
    client = small.client()
    awa, bob = begun(small, "Awa", client), begun(small, "Bob", client)
    awa.open(f"/fr/{SLUG}/{awa.draft}/leave")
    links = [node.get("href") for node in awa.page.find(".//main").iter("a")]  # type: ignore[union-attr]
    assert f"/fr/{SLUG}/{bob.draft}/" in links
    assert links.count(f"/fr/{SLUG}/{awa.draft}/") == 0
    alone = begun(small, "Cid")
    assert "D’autres demandes" not in alone.open(f"/fr/{SLUG}/{alone.draft}/leave").text


@pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
def test_after_leaving_nothing_on_the_phone_opens_any_draft(small: Installation, htmx: bool) -> None:
    client = small.client()
    awa, bob = begun(small, "Awa", client), begun(small, "Bob", client)
    before, ids = cookies(client), (awa.draft, bob.draft)
    addresses = pages(small, awa) + pages(small, bob)
    old = awa.open(f"/fr/{SLUG}/{awa.draft}/you").form()
    awa.htmx = htmx
    leave(awa)
    assert awa.reply.status_code == 200
    assert set(cookies(client)) == {"guichet-visit"}
    assert cookies(client)["guichet-visit"] != before["guichet-visit"]
    for stolen in (None, before):
        for name, value in (stolen or {}).items():
            client.set_cookie(name, value)
        for address in addresses:
            reply = client.get(address)
            assert reply.status_code == 403
            assert "Awa" not in reply.get_data(as_text=True)
        flatmate = Person(client).open("/fr/")
        assert all(draft not in flatmate.html for draft in ids)
        assert flatmate.press(old, "continue", name="Eve").reply.status_code == 403
    assert answers_of(small, ids[0])["name"] == "Awa"


def test_leaving_tells_the_browser_to_forget(small: Installation) -> None:
    awa = begun(small, "Awa")
    awa.open(f"/fr/{SLUG}/{awa.draft}/leave")
    form = awa.form(action="/leave")
    reply = awa.client.post(form.action, data=form.values)
    assert reply.headers["Clear-Site-Data"] == '"cache", "storage"'
    gone = [line for line in reply.headers.getlist("Set-Cookie") if f"guichet-{awa.draft}=;" in line]
    assert "Max-Age=0" in gone[0]


def test_no_page_of_a_draft_may_be_kept_by_a_browser(small: Installation) -> None:
    """Back shows a page from a browser's cache: there is none."""
    awa = begun(small, "Awa")
    replies: list[TestResponse] = [awa.client.get(address) for address in pages(small, awa)]
    replies += [awa.client.get(address) for address in ("/fr/", f"/fr/{SLUG}/", "/fr/resume")]
    assert {reply.headers["Cache-Control"] for reply in replies} == {"no-store"}


def test_leaving_one_phone_leaves_the_other_open(small: Installation) -> None:
    awa = begun(small, "Awa")
    other = resume(small, code_of(small, awa))
    leave(awa)
    assert other.open(f"/fr/{SLUG}/{other.draft}/you").reply.status_code == 200


# --- coming back by code


def confirm(small: Installation, code: str, client: CheckedClient | None = None) -> Person:
    """Somebody who has typed a code, on another phone."""
    person = Person(client or small.client()).open("/fr/resume")
    return person.press(person.form(holds="code"), code=code)


def resume(small: Installation, code: str) -> Person:
    person = confirm(small, code)
    return person.press(person.form(holds="proof"))


def test_a_code_opens_the_draft_elsewhere_after_saying_which(small: Installation) -> None:
    awa = begun(small, "Awa")
    small.clock.forward(days=2)
    asked = confirm(small, code_of(small, awa))
    assert "Petite démarche" in asked.text
    assert "24 novembre 2026" in asked.text
    assert "Awa" not in asked.html
    assert awa.client.get(f"/fr/{SLUG}/{awa.draft}/you").status_code == 200
    assert asked.client.get(f"/fr/{SLUG}/{awa.draft}/you").status_code == 403
    asked.press(asked.form(holds="proof"))
    assert (asked.draft, asked.key) == (awa.draft, "more")


def test_the_code_is_in_no_address(small: Installation) -> None:
    awa = begun(small, "Awa")
    code = code_of(small, awa)
    person = confirm(small, code)
    met = [person.url]
    person.press(person.form(holds="proof"))
    met += [person.url, person.open(f"/fr/{SLUG}/{person.draft}/saved").url]
    for text in (code, code.replace("-", ""), code[:9]):
        assert all(text not in url for url in met)
    assert small.client().get(f"/fr/resume?code={code}").get_data(as_text=True).count(code) == 0


@pytest.mark.parametrize(
    "sloppy",
    [str.lower, lambda code: f"  {code.replace('-', ' ')} ", lambda code: code.replace("-", "")],
    ids=["small letters", "spaces", "no hyphens"],
)
def test_a_code_may_be_typed_sloppily(small: Installation, sloppy: Callable[[str], str]) -> None:
    awa = begun(small, "Awa")
    assert resume(small, sloppy(code_of(small, awa))).draft == awa.draft


def test_letters_that_look_like_figures_are_read_as_figures(small: Installation) -> None:
    awa, code = begun(small, "Awa"), ""
    while not {"0", "1"} <= set(code):
        code = store_of(small).drafts.new_code(awa.draft)
    assert resume(small, code.replace("0", "o").replace("1", "l")).draft == awa.draft
    assert resume(small, code.replace("0", "O").replace("1", "I")).draft == awa.draft


def test_the_confirmation_ends_after_half_an_hour(small: Installation) -> None:
    awa = begun(small, "Awa")
    person = confirm(small, code_of(small, awa))
    form, url = person.form(holds="proof"), person.url
    small.clock.forward(minutes=31)
    person.press(form)
    assert person.reply.status_code == 422
    assert person.errors()
    assert person.open(url).url == "/fr/resume"
    assert person.client.get(f"/fr/{SLUG}/{awa.draft}/you").status_code == 403


def test_the_confirmation_belongs_to_one_browser_and_one_draft(small: Installation) -> None:
    awa, bob = begun(small, "Awa"), begun(small, "Bob")
    person = confirm(small, code_of(small, awa))
    form, url = person.form(holds="proof"), person.url
    stranger = Person(small.client()).open("/fr/resume")
    token = stranger.form(holds="code").values["csrf_token"]
    assert stranger.open(url).url == "/fr/resume"
    stranger.press(form, csrf_token=token)
    assert stranger.reply.status_code == 422
    person.press(form, draft=bob.draft)
    assert person.reply.status_code == 422
    assert person.client.get(f"/fr/{SLUG}/{bob.draft}/you").status_code == 403


def test_nobody_goes_back_to_a_confirmation_after_the_phone_was_left(small: Installation) -> None:
    """Its address is in the browser's history, and so may be the form with the code."""
    awa = begun(small, "Awa")
    person = Person(small.client()).open("/fr/resume")
    typed = person.form(holds="code")
    person.press(typed, code=code_of(small, awa))
    asked, url = person.form(holds="proof"), person.url
    person.press(asked)
    leave(person)
    assert person.open(url).url == "/fr/resume"
    person.press(asked)
    assert person.reply.status_code == 403
    person.press(typed, code=code_of(small, awa))
    assert person.reply.status_code == 403
    assert person.client.get(f"/fr/{SLUG}/{awa.draft}/you").status_code == 403


def test_a_procedure_that_is_no_longer_served_is_named_by_its_title(small: Installation, tmp_path: Path) -> None:
    awa = begun(small, "Awa")
    (tmp_path / "procedures" / SLUG / "procedure.yaml").unlink()
    write(tmp_path / "procedures", STEPS, slug="other", title="Autre démarche")
    small.restart()
    assert "Petite démarche" in confirm(small, code_of(small, awa)).text
    assert "Petite démarche" in Person(awa.client).open("/fr/").text


# --- wrong codes


def wrong(number: int) -> str:
    """A code that is well written and opens nothing."""
    body = "".join(ALPHABET[number // 32**place % 32] for place in range(12))
    return body + check_symbol(body)


def test_a_wrong_code_a_thousand_times(small: Installation) -> None:
    """Counted for each code and for all, never for an address: the right code still works, for everyone."""
    awa = begun(small, "Awa")
    thief = Person(small.client()).open("/fr/resume")
    form, statuses = thief.form(holds="code"), []
    raw = FlaskClient(small.app, small.app.response_class)
    raw.set_cookie("guichet-visit", cookies(thief.client)["guichet-visit"])
    for number in range(1000):
        typed = {**form.values, "code": wrong(number)}
        reply = raw.post("/fr/resume", data=typed, environ_base={"REMOTE_ADDR": "1.2.3.4"})
        statuses.append(reply.status_code)
        if number % 100 == 0:
            assert resume(small, code_of(small, awa)).draft == awa.draft
    assert statuses == [422] * 60 + [429] * 940
    thief.press(form, code=wrong(5000))
    assert thief.reply.status_code == 429
    assert 1 <= int(thief.reply.headers["Retry-After"]) <= 60
    assert "trop d’essais" in thief.text
    assert "Attendez une minute" in thief.text
    assert thief.form(holds="code").values["code"] == wrong(5000)
    same_address = small.client()
    same_address.environ_base["REMOTE_ADDR"] = "1.2.3.4"
    assert confirm(small, code_of(small, awa), same_address).form(holds="proof")
    small.clock.forward(minutes=1)
    thief.press(form, code=wrong(5001))
    assert thief.reply.status_code == 422


def test_one_wrong_code_again_and_again_is_stopped_alone(small: Installation) -> None:
    person = Person(small.client()).open("/fr/resume")
    form = person.form(holds="code")
    statuses = [person.press(form, code=wrong(7)).reply.status_code for _ in range(6)]
    assert statuses == [422] * 5 + [429]
    assert person.press(form, code=wrong(8)).reply.status_code == 422


def test_what_cannot_be_a_code_is_not_counted(small: Installation) -> None:
    person = Person(small.client()).open("/fr/resume")
    form = person.form(holds="code")
    for text in ("abc", wrong(7)[:-1] + "?", "é" * 13, "1" * 5000) * 20:
        assert person.press(form, code=text).reply.status_code == 422
    assert person.press(form, code=wrong(9)).reply.status_code == 422


# --- the end of a draft's life


@pytest.mark.parametrize("typed", ["G-2026-7K3M-Q2PX-4", " g 2026 7k3m q2px 4", "Référence ici : G-2026-7K3M-Q2PX-4"])
def test_a_reference_typed_in_place_of_the_code_is_told_as_such(small: Installation, typed: str) -> None:
    person = Person(small.client()).open("/fr/resume")
    person.press(person.form(holds="code"), code=typed)
    assert person.reply.status_code == 422
    assert "la référence du dossier, pas le code" in person.text
    assert person.form(holds="code").values["code"] == typed


def test_the_end_of_life_is_announced_wherever_the_code_is(small: Installation) -> None:
    awa = begun(small, "Awa")
    awa.press(awa.form(), "continue", text="Bonjour")
    awa.press(awa.open(f"/fr/{SLUG}/{awa.draft}/check").form(action="/check"), "continue")
    assert awa.key == "receipt"
    for page in ("receipt", "saved", "leave"):
        assert "Valable jusqu’au 22 mai 2027" in awa.open(f"/fr/{SLUG}/{awa.draft}/{page}").text


def test_the_announced_day_is_one_of_the_offices_zone_and_is_kept(tmp_path: Path) -> None:
    """Half past midnight in Paris is still yesterday in Greenwich."""
    clock = Clock(datetime(2026, 6, 1, 22, 30, tzinfo=UTC))
    small = installed(tmp_path, STEPS, clock=clock, environment={"GUICHET_DRAFT_DAYS": "30"})
    awa = begun(small, "Awa")
    assert "Valable jusqu’au 1 juillet 2026" in awa.open(f"/fr/{SLUG}/{awa.draft}/saved").text.replace("1er", "1")
    clock.now = datetime(2026, 7, 1, 21, 59, tzinfo=UTC)
    assert awa.open(f"/fr/{SLUG}/{awa.draft}/saved").reply.status_code == 200


def test_an_expired_draft_is_not_here_by_cookie_nor_by_code(small: Installation) -> None:
    awa = begun(small, "Awa")
    code, form = code_of(small, awa), awa.form()
    small.clock.forward(days=180)
    for person in (awa.press(form, "continue", text="x"), awa.open(f"/fr/{SLUG}/{awa.draft}/you")):
        assert person.reply.status_code == 403
        assert "code" in person.text
    assert awa.draft not in Person(awa.client).open("/fr/").html
    late = confirm(small, code)
    assert late.reply.status_code == 422


def test_every_visit_that_changes_something_gives_the_draft_a_new_life(small: Installation) -> None:
    awa = begun(small, "Awa")
    small.clock.forward(days=170)
    awa.press(awa.open(f"/fr/{SLUG}/{awa.draft}/you").form(), "continue", name="Awa Marie")
    small.clock.forward(days=170)
    assert awa.open(f"/fr/{SLUG}/{awa.draft}/you").reply.status_code == 200
    assert record_of(small, awa.draft).expires_at > small.clock.now


def test_over_https_the_cookie_is_bound_to_the_host(tmp_path: Path) -> None:
    small = installed(tmp_path, STEPS, environment={"GUICHET_HTTPS": "yes"})
    client = small.client()
    person = Person(client)
    person.reply = client.get(f"/fr/{SLUG}/", base_url="https://localhost")
    form = Form.read(next(element for element in person.page.iter("form")))
    reply = client.post(f"/fr/{SLUG}/", data=form.values, base_url="https://localhost")
    line = next(line for line in reply.headers.getlist("Set-Cookie") if "visit" not in line)
    draft = urlsplit(reply.headers["Location"]).path.split("/")[3]
    assert line.startswith(f"__Host-guichet-{draft}=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(line.split("; "))
    assert "Domain" not in line
