"""A page in another language: what stands around it speaks it too, and each language leads to the same place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.locale.catalogue import Catalogues
from tests.printed import spoken
from tests.web.installation import Installation
from tests.web.routes import FILED, finish
from tests.web.test_errors import words
from tests.web.test_ready import text
from tests.web.trial import FAMILY, SHORT, draft, install_trial

ENGLISH = """
msgctxt "pont/title"
msgid "Une démarche courte"
msgstr "A short procedure"

msgctxt "pont/channels/online/title"
msgid "Le site court"
msgstr "The short website"

msgctxt "essai/steps/you/fields/name/label"
msgid "Votre nom"
msgstr "Your name"

msgctxt "essai/steps/you/fields/born/label"
msgid "Votre date de naissance"
msgstr "Your date of birth"

msgctxt "essai/channels/online/screens/0/title"
msgid "Écran un"
msgstr "Screen one"
"""


ANSWERED: dict[str, Any] = {"answers": {"word": "mot", "_visited": ["one"]}}


@pytest.fixture
def english(tmp_path: Path) -> Iterator[Installation]:
    """French, and the English of one procedure."""
    folder = tmp_path / "translations" / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.po").write_text('msgid "Continuer"\nmsgstr "Continue"\n' + ENGLISH, encoding="utf-8")
    short = SHORT.replace('"court"', '"pont"').replace('label: "Un mot"', 'label: "Un mot", example: "J\'ai froid."')
    with spoken(Catalogues(tmp_path / "translations")):
        yield install_trial(tmp_path / "site", others={"pont": short})


@pytest.mark.parametrize(
    ("address", "twin"),
    [("/fr/", "/en/"), ("/fr/pont/", "/en/pont/"), ("/static/x", "/en/"), ("/static/%00", "/en/"), ("/x/y/", "/en/")],
)
def test_a_language_leads_to_the_same_page_or_to_the_catalogue(english: Installation, address: str, twin: str) -> None:
    assert f'<a href="{twin}" hreflang="en"' in english.client().get(address).get_data(as_text=True)


def test_the_name_of_a_procedure_in_a_tab_is_in_the_language_of_the_page(english: Installation) -> None:
    at = draft(english, ANSWERED["answers"], slug="pont", data=ANSWERED)
    for locale, name in (("fr", "Une démarche courte"), ("en", "A short procedure")):
        page = at.client.get(at.url("check").replace("/fr/", f"/{locale}/")).get_data(as_text=True)
        assert f"· {name} ·" in page.partition("<title>")[2].partition("</title>")[0]


def test_an_example_is_in_the_language_of_the_office_and_says_so(english: Installation) -> None:
    at = draft(english, {}, slug="pont")
    shown = {
        locale: at.client.get(at.url("one").replace("/fr/", f"/{locale}/")).get_data(as_text=True)
        for locale in ("fr", "en")
    }
    assert "<bdi>J" in shown["fr"]
    assert '<bdi><span lang="fr" dir="ltr">J' in shown["en"]


def test_the_way_of_filing_that_was_noted_is_said_in_the_language_of_the_page(english: Installation) -> None:
    at = finish(draft(english, ANSWERED["answers"], slug="pont", data=ANSWERED))
    at.client.post(at.url("filed"), data={"csrf_token": at.csrf, **FILED})
    assert "The short website" in words(at.client.get(at.url("receipt").replace("/fr/", "/en/")))


def test_what_is_copied_into_the_site_of_the_office_has_its_words_beside_those_of_the_reader(
    english: Installation,
) -> None:
    at = finish(draft(english, FAMILY))
    address = at.url("a-recopier").replace("/fr/", "/en/")
    page = at.client.get(address).get_data(as_text=True)
    french = '<span lang="fr" dir="ltr">{}</span>'
    assert f"<h2>Screen one ({french.format('Écran un')})</h2>" in page
    assert f"<dt>Your name ({french.format('Votre nom')})</dt>" in page
    assert "<dd><bdi>Diallo</bdi></dd>" in page, "what was typed is the same in both"
    assert f"<dd><bdi>14 May 1990 ({french.format('14 mai 1990')})</bdi></dd>" in page
    assert page.count("Écran deux") == 1, "what is not translated is said once"
    paper = text(at.client.get(address + ".pdf"))
    assert "Your name (Votre nom)" in paper
    assert "\ue010" not in paper
    assert "(" not in words(at.client.get(at.url("a-recopier"))).partition("Écran un")[2].partition("Écran deux")[0]
