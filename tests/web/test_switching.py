"""The same page in another language: nothing typed is lost, and what is not translated says so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from babel.messages.pofile import write_po

from app.locale.catalogue import Catalogues
from app.locale.po import path_of, read
from tests.locale import pseudo
from tests.web.installation import Installation
from tests.web.person import Person
from tests.web.trial import FAMILY, SLUG, draft, install_trial

HE, LONG = pseudo.MIRRORED, pseudo.LONG


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("languages")
    made = install_trial(folder / "site")
    with pseudo.spoken(folder / "translations", folder / "site" / "procedures"):
        yield made


def switch(person: Person, code: str) -> dict[str, str]:
    """The attributes of the control that leads to a language."""
    return next(dict(one.attrib) for one in person.page.iter() if one.get("data-language") == code)


def test_each_language_is_a_link_in_its_own_words_that_keeps_the_place(site: Installation) -> None:
    person = Person(site.client()).open(f"/fr/{SLUG}/")
    assert switch(person, HE) == {
        "href": f"/{HE}/{SLUG}/",
        "hreflang": HE,
        "lang": HE,
        "dir": "rtl",
        "data-language": HE,
    }
    assert 'aria-current="true">Français</li>' in person.html
    assert "עברית" in person.html
    assert f'<link rel="alternate" hreflang="{HE}" href="/{HE}/{SLUG}/">' in person.html
    at = draft(site)
    inside = at.client.get(f"{at.url('check')}").get_data(as_text=True)
    # A page of one person is no page for search engines.
    assert "alternate" not in inside
    assert f'href="/{HE}/{SLUG}/{at.id}/check"' in inside
    back = at.client.get(at.url("documents") + "?return=check").get_data(as_text=True)
    assert f'href="/{HE}/{SLUG}/{at.id}/documents?return=check"' in back


def test_changing_the_language_of_a_page_of_questions_keeps_what_was_typed(site: Installation) -> None:
    person = Person(site.client()).start(SLUG)
    # A link: a button before the questions would be the one that Enter presses. It leads to the button that sends what
    # was typed; scripts send it from here.
    assert switch(person, HE)["href"] == f"#in-{HE}"
    assert any(element.get("id") == "questions" for element in person.page.iter("form"))
    person.press(person.form(), f"language-{HE}", name="Zoubeida", **{"born-day": "3", "born-year": "quatre"})
    assert urlsplit(person.url).path == f"/{HE}/{SLUG}/{person.draft}/you"
    assert '<html lang="he" dir="rtl">' in person.html
    kept = person.form().values
    assert (kept["name"], kept["born-day"], kept["born-year"]) == ("Zoubeida", "3", "quatre")
    # What can be saved is saved, and the way back shows it as well.
    person.press(person.form(), "language-fr", **{"born-month": "5", "born-year": "1990"}, situation="plain")
    assert person.form().values["born-year"] == "1990"
    assert "/fr/" in person.url


def faulty(person: Person) -> bool:
    return any(one.get("id") == "errors" or one.get("aria-invalid") for one in person.page.iter())


def test_a_change_of_language_calls_nothing_wrong_that_is_half_typed(site: Installation) -> None:
    person = Person(site.client()).start(SLUG)
    half = {"born-day": "3", "born-year": "quatre"}
    person.press(person.form(), f"language-{HE}", name="Zoubeida", **half)
    assert not faulty(person)
    person.press(person.form(), f"language-{LONG}")
    assert person.form().values["born-year"] == "quatre"
    assert not faulty(person), "nor the second time"
    person.press(person.form(), "continue")
    assert person.reply.status_code == 422
    assert faulty(person)
    # Who asks for another language now wants to read what is wrong.
    person.press(person.form(), f"language-{HE}")
    assert person.form().values["born-year"] == "quatre"
    assert faulty(person)


def test_the_buttons_that_take_along_what_is_typed_come_after_the_others(site: Installation) -> None:
    person = Person(site.client()).start(SLUG)
    form = next(one for one in person.page.iter("form") if one.get("id") == "questions")
    buttons = [one.get("value") for one in form.iter("button")]
    assert buttons[:2] == ["continue", "save"], "Enter presses the first"
    assert set(buttons[2:]) == {f"language-{HE}", f"language-{LONG}"}
    # Scripts may be on and not arrive: the buttons wait for no "noscript".
    assert all(one.tag != "button" for part in form.iter("noscript") for one in part.iter())
    targets = {f"#{one.get('id')}" for one in form.iter("button") if one.get("id")}
    assert targets == {switch(person, code)["href"] for code in (HE, LONG)}


def test_without_scripts_one_reads_when_what_is_typed_is_kept(site: Installation) -> None:
    person = Person(site.client()).start(SLUG)
    form = next(one for one in person.page.iter("form") if one.get("id") == "questions")
    note = " ".join("".join(part.itertext()) for part in form.iter("noscript"))
    assert "Ce que vous tapez est gardé quand vous appuyez sur" in note


def test_htmx_loads_the_page_whole_when_the_language_changes(site: Installation) -> None:
    person = Person(site.client()).start(SLUG)
    form = {**person.form().values.to_dict(), "name": "Wei", "action": f"language-{HE}"}
    reply = person.client.post(urlsplit(person.url).path, data=form, headers={"HX-Request": "true"})
    assert reply.headers["HX-Redirect"] == f"/{HE}/{SLUG}/{person.draft}/you?typed=1"


def test_an_unknown_language_changes_nothing(site: Installation) -> None:
    person = Person(site.client()).start(SLUG)
    person.press(person.form(), "language-tlh", name="Wei")
    assert person.reply.status_code == 422
    assert "/fr/" in person.url


@pytest.mark.parametrize(("header", "first"), [("he-IL,he;q=0.9,fr;q=0.4", HE), ("el", LONG), ("ja", "fr"), ("", "fr")])
def test_the_first_language_is_the_browser_s(site: Installation, header: str, first: str) -> None:
    reply = site.client().get("/", headers={"Accept-Language": header})
    assert reply.location == f"/{first}/"
    assert "Accept-Language" in reply.vary


def test_a_draft_opens_elsewhere_in_the_language_of_its_answers(site: Installation) -> None:
    person = Person(site.client(), locale=HE).start(SLUG)
    person.open(f"/{HE}/{SLUG}/{person.draft}/saved")
    code = "".join(next(box for box in person.page.iter("div") if box.get("class") == "code").itertext())
    elsewhere = Person(site.client()).open("/fr/resume")
    elsewhere.press(elsewhere.form(holds="code"), code=code)
    elsewhere.press(elsewhere.form(holds="proof"))
    assert urlsplit(elsewhere.url).path == f"/{HE}/{SLUG}/{person.draft}/you"


def test_a_letter_is_sent_in_the_language_of_the_office_and_read_in_one_s_own(site: Installation) -> None:
    at = draft(site)
    page = at.client.get(at.url("lettre/host").replace("/fr/", f"/{HE}/")).get_data(as_text=True)
    letter, _, rest = page.partition("</article>")
    assert '<div lang="fr" dir="ltr">' in letter
    assert "J'héberge <bdi>Diallo</bdi>." in letter
    assert pseudo.invented("Bonjour.", HE) in rest
    assert f"/fr/{SLUG}/{at.id}/lettre/host.pdf" in page
    assert at.client.get(at.url("lettre/host")).get_data(as_text=True).count("J'héberge") == 1


def test_an_answer_that_was_posted_to_another_address_leads_back_to_its_page(site: Installation) -> None:
    at = draft(site, FAMILY)
    refused = at.client.post(at.url("documents/passport"), data={"csrf_token": at.csrf, "file": ""})
    assert refused.status_code == 422
    assert f'href="/{HE}/{SLUG}/{at.id}/documents"' in refused.get_data(as_text=True)


# --- what is not translated, or not read ------------------------------------------------------------------------------

LATER = "bg"
"""A language that is not finished; no other test speaks it."""


@pytest.fixture(scope="module")
def unfinished(tmp_path_factory: pytest.TempPathFactory, site: Installation) -> Iterator[Installation]:
    """Everything is translated but a button, whose French has changed, and the title of a step."""
    folder = tmp_path_factory.mktemp("unfinished")
    pseudo.write(folder, pseudo.texts(site.settings.procedures), {LATER: LONG})
    for domain, source in (("messages", "Continuer"), (SLUG, "Vous")):
        path = path_of(folder, LATER, domain)
        catalog = read(path, LATER)
        message = next(one for one in catalog if one.id == source)
        message.flags.add("fuzzy")
        with path.open("wb") as file:
            write_po(file, catalog)
    with pseudo.only(Catalogues(folder)):
        yield site


def test_what_is_out_of_date_is_shown_in_french_and_says_so(unfinished: Installation) -> None:
    person = Person(unfinished.client(), locale=LATER).start(SLUG)
    assert '<span lang="fr" dir="ltr">Vous</span>' in person.html
    assert 'value="continue"><span lang="fr" dir="ltr">Continuer</span></button>' in person.html
    # Only what changed: the question below has its translation.
    assert pseudo.invented("Votre nom", LONG) in person.html
    assert "Votre nom" not in person.html
    assert "<title>Vous · " in person.html
    assert pseudo.invented("Certains textes ne sont pas encore traduits. Ils sont en français.", LONG) in person.html


def test_a_page_says_that_nobody_has_read_its_translation_until_somebody_did(
    unfinished: Installation, tmp_path: Path
) -> None:
    notice = pseudo.invented("Aucune personne qui parle cette langue", LONG)[:30]
    assert notice in unfinished.client().get(f"/{LATER}/").get_data(as_text=True)
    assert "relu cette traduction" not in unfinished.client().get("/fr/").get_data(as_text=True)
    pseudo.write(tmp_path, pseudo.texts(unfinished.settings.procedures), {"mk": LONG})
    for path in tmp_path.glob("mk/LC_MESSAGES/*.po"):
        if path.stem != SLUG:
            text = path.read_text(encoding="utf-8").replace("# Reviewed-by: nobody", "# Reviewed-by: Ana, 2026-12-01")
            path.write_text(text, encoding="utf-8")
    with pseudo.only(Catalogues(tmp_path)):
        assert notice not in unfinished.client().get("/mk/").get_data(as_text=True)
        assert notice in unfinished.client().get(f"/mk/{SLUG}/").get_data(as_text=True)
