"""Every page, whole and as the part that htmx puts in place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.pages import views as v
from app.pages.render import render_page
from tests.checks.page import check_page
from tests.pages.reading import faults, parse, text_of
from tests.pages.samples import CHROME, PAGES, WAYS, step

HOSTILE = "<script>alert(1)</script>\"'&"


@pytest.mark.parametrize("name", PAGES)
def test_page_is_sound(name: str) -> None:
    assert faults(parse(render_page(PAGES[name], CHROME))) == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("partial", [False, True])
def test_page_passes_every_rule_of_a_response(name: str, partial: bool) -> None:
    view = PAGES[name]
    status = view.status if isinstance(view, v.ErrorView) else 422 if view.failed else 200
    chrome = replace(CHROME, error=status >= 400)
    html = render_page(view, chrome, partial=partial)
    check_page(html, url="/fr/dcem/d1/page", locale="fr", status=status, full=not partial)


@pytest.mark.parametrize("name", PAGES)
def test_partial_is_the_same_title_and_main(name: str) -> None:
    whole = render_page(PAGES[name], CHROME)
    title, main = render_page(PAGES[name], CHROME, partial=True).split("\n", 1)
    assert title.startswith("<title>")
    assert title in whole
    assert main.startswith('<main id="main"')
    assert main in whole
    assert whole.count("<main") == 1


def test_every_view_has_a_sample() -> None:
    shown = {type(view).__name__ for view in PAGES.values()}
    known = {name for name in v.__all__ if name.endswith("View") and name != "View"}
    assert shown == known


def test_language_and_direction_follow_the_chrome() -> None:
    page = parse(render_page(PAGES["step"], replace(CHROME, dir="rtl")))
    assert page.get("lang") == "fr"
    assert page.get("dir") == "rtl"


def test_errors_come_first_and_say_so_in_the_title() -> None:
    page = parse(render_page(PAGES["step-errors"], CHROME))
    assert text_of(page.find(".//title")).startswith("Erreur")
    summary = page.find(".//*[@id='errors']")
    assert summary is not None
    assert summary.get("tabindex") == "-1"
    assert summary.get("autofocus") is not None
    order = [
        element.get("id") or element.tag
        for element in page.iter()
        if element.tag == "h1" or element.get("id") == "errors"
    ]
    assert order == ["errors", "h1"]
    assert summary.find("./div[@role='alert']/h2") is not None


def test_step_without_error_has_neither_summary_nor_prefix() -> None:
    page = parse(render_page(PAGES["step"], CHROME))
    assert page.find(".//*[@id='errors']") is None
    assert not text_of(page.find(".//title")).startswith("Erreur")


def test_hidden_controls_and_token_travel_with_a_step() -> None:
    form = parse(render_page(PAGES["step"], CHROME)).find(".//main//form")
    assert form is not None
    assert form.get("action") == form.get("hx-post")
    values = {box.get("name"): box.get("value") for box in form.iter("input") if box.get("type") == "hidden"}
    assert values == {"csrf_token": "jeton", "digest": "abc", "revision": "def"}


def test_required_sentence_stands_above_two_questions() -> None:
    said = "Toutes les questions sont obligatoires"
    assert said in render_page(PAGES["step"], CHROME)
    assert said not in render_page(PAGES["step-alone"], CHROME)


def test_question_alone_is_the_title_of_the_page() -> None:
    page = parse(render_page(PAGES["step-alone"], CHROME))
    assert [text_of(heading) for heading in page.iter("h1")] == ["Qui êtes-vous pour l’enfant ?"]


def test_an_answer_that_is_missing_on_one_side_of_a_conflict_is_said_in_words() -> None:
    page = parse(render_page(step(conflict=(v.ConflictRow("Ville", ("Dakar",), ()),)), CHROME))
    assert "Vous venez d’écrire : rien" in text_of(page.find(".//main"))


@pytest.mark.parametrize("name", ["Aminata\"'", HOSTILE])
def test_hostile_words_are_printed_as_words(name: str) -> None:
    hostile = step(
        heading=name, item=name, conflict=(v.ConflictRow(name, (name,), (name,)),), errors=(v.ErrorLink(name, "#who"),)
    )
    for view in (
        hostile,
        v.RemoveView(name, "/a", "/b"),
        v.ResumeView("/a", name, "unknown"),
        v.SavedView(name, name, "/a", "/b", name),
    ):
        page = render_page(view, replace(CHROME, said=name, procedure=name))
        assert "<script>" not in page
        assert name in text_of(parse(page)) or name in page.replace("&#34;", '"').replace("&#39;", "'")


def test_upload_goes_by_a_plain_form_and_names_its_file() -> None:
    page = parse(render_page(PAGES["documents"], CHROME))
    uploads = [form for form in page.iter("form") if form.get("enctype") == "multipart/form-data"]
    assert uploads
    assert all(form.get("hx-post") is None for form in uploads)
    buttons = [text_of(button) for button in page.iter("button")]
    assert "Supprimer IMG_20261103_110245_acte.jpg" in buttons


def test_private_step_has_a_quick_exit_inside_main() -> None:
    page = parse(render_page(PAGES["step"], replace(CHROME, quick_exit_url="https://meteo.example/")))
    exit_link = page.find(".//main//a[@data-exit]")
    assert exit_link is not None
    assert exit_link.get("href") == "https://meteo.example/"
    assert parse(render_page(PAGES["step"], CHROME)).find(".//a[@data-exit]") is None


def test_prepare_says_it_is_not_the_state_and_authority_does_not() -> None:
    band = "Ce n’est pas le site de l’État"
    assert band in render_page(PAGES["step"], CHROME)
    assert band not in render_page(PAGES["step"], replace(CHROME, mode="authority"))


def test_footer_keeps_its_order() -> None:
    for name in ("start", "step", "error-404"):
        footer = parse(render_page(PAGES[name], CHROME)).find(".//footer")
        assert footer is not None
        links = [link.get("href") for link in footer.iter("a")]
        assert links[-4:] == [CHROME.help_url, CHROME.paper_url, CHROME.leave_url, CHROME.accessibility_url]


@pytest.mark.parametrize("name", ["start", "outcome", "error-500", "error-404"])
def test_ways_out_are_on_the_page(name: str) -> None:
    page = text_of(parse(render_page(PAGES[name], CHROME)))
    titles = [*(str(way.title) for way in WAYS.channels), *(str(contact.title) for contact in WAYS.contacts)]
    assert [title for title in titles if title not in page] == []


@pytest.mark.parametrize("name", ["list", "check", "declaration"])
def test_refused_form_says_why_it_is_back(name: str) -> None:
    page = parse(render_page(PAGES[name], replace(CHROME, error=True)))
    assert "ouverte depuis trop longtemps" in text_of(page.find(".//*[@id='errors']"))
    assert text_of(page.find(".//title")).startswith("Erreur")
