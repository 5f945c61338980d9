"""Languages, messages, countries, dates and amounts as a reader sees them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask, g
from flask_babel import get_locale

from app.locale import (
    available,
    country_choices,
    country_name,
    dir_of,
    foreign,
    format_amount,
    format_date,
    format_duration,
    format_phone,
    format_place,
    marked_up,
    messages,
    unmarked,
)
from app.locale.catalogue import MOST_OPEN, Catalogues
from app.locale.flask import init_locale
from app.locale.held import HeldTexts
from app.locale.sizes import format_size
from app.spec.model import Duration

PO = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; "
"plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"

msgid "Continuer"
msgstr "Далі"

#, fuzzy
msgid "Enregistrer"
msgstr "Старе"

msgid "{n} document"
msgid_plural "{n} documents"
msgstr[0] "{n} документ"
msgstr[1] "{n} документи"
msgstr[2] "{n} документів"

msgctxt "dcem/title"
msgid "Titre"
msgstr "Назва"
"""


def catalogues(folder: Path) -> Catalogues:
    place = folder / "uk" / "LC_MESSAGES"
    place.mkdir(parents=True)
    (place / "messages.po").write_text(PO, encoding="utf-8")
    empty = folder / "en" / "LC_MESSAGES"
    empty.mkdir(parents=True)
    (empty / "messages.po").write_text('msgid ""\nmsgstr ""\n\nmsgid "Continuer"\nmsgstr ""\n', encoding="utf-8")
    return Catalogues(folder)


def test_a_language_is_offered_when_it_has_a_translated_message(tmp_path: Path) -> None:
    assert [(one.code, one.name, one.dir) for one in catalogues(tmp_path).available()] == [
        ("fr", "Français", "ltr"),
        ("uk", "Українська", "ltr"),
    ]


def test_messages_are_translated_and_a_stale_one_is_shown_in_french(tmp_path: Path) -> None:
    uk = catalogues(tmp_path).messages("uk")
    assert uk.gettext("Continuer") == "Далі"
    assert uk.gettext("Enregistrer") == foreign("Enregistrer", "fr")
    assert uk.partial
    assert uk.pgettext("dcem/title", "Titre") == "Назва"
    assert uk.pgettext("dcem/title", "Titre changé") == "Titre changé"
    assert not uk.translated("dcem/title", "Titre changé")
    shown = [uk.ngettext("{n} document", "{n} documents", n) for n in (1, 3, 5)]
    assert shown == ["{n} документ", "{n} документи", "{n} документів"]


def test_a_file_that_cannot_be_read_leaves_french_and_tells_the_operator(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    held = catalogues(tmp_path)
    (tmp_path / "uk" / "LC_MESSAGES" / "dcem.po").write_bytes(b'msgid "Titre"\nmsgstr "\xff"\n')
    assert held.messages("uk").pgettext("dcem/summary", "Autre") == "Autre"
    assert held.messages("uk").gettext("Continuer") == "Далі"
    assert [record.getMessage() for record in caplog.records] == [
        "translations: uk/dcem.po cannot be read (UnicodeDecodeError)"
    ]


def test_a_procedure_s_texts_are_read_when_one_is_asked_for(tmp_path: Path) -> None:
    held = catalogues(tmp_path)
    uk = held.messages("uk")
    late = tmp_path / "uk" / "LC_MESSAGES"
    assert held.available()
    (late / "other.po").write_text('msgctxt "other/title"\nmsgid "A"\nmsgstr "Б"\n', encoding="utf-8")
    # Only a file that was there at start, and only when it is needed.
    assert uk.pgettext("other/title", "A") == "A"
    again = Catalogues(tmp_path).messages("uk")
    (late / "other.po").write_text('msgctxt "other/title"\nmsgid "A"\nmsgstr "В"\n', encoding="utf-8")
    assert again.pgettext("other/title", "A") == "В"


def test_a_language_holds_the_texts_of_some_procedures_and_reads_the_others_again(tmp_path: Path) -> None:
    place = tmp_path / "uk" / "LC_MESSAGES"
    place.mkdir(parents=True)
    names = [f"essai-{number}" for number in range(MOST_OPEN + 2)]
    for name in ("shared", *names):
        (place / f"{name}.po").write_text(f'msgctxt "{name}/title"\nmsgid "A"\nmsgstr "{name}"\n', encoding="utf-8")
    uk = Catalogues(tmp_path).messages("uk")
    for name in (*names, names[0]):
        assert uk.pgettext(f"{name}/title", "A") == name
    # The second one was read longest ago: it was let go of, and what its file says now is read.
    (place / "essai-1.po").write_text('msgctxt "essai-1/title"\nmsgid "A"\nmsgstr "Б"\n', encoding="utf-8")
    (place / f"{names[-1]}.po").unlink()
    assert uk.pgettext("essai-1/title", "A") == "Б"
    assert uk.pgettext(f"{names[-1]}/title", "A") == names[-1]


def test_a_sentence_that_the_file_does_not_know_yet_makes_it_partial(tmp_path: Path) -> None:
    place = tmp_path / "uk" / "LC_MESSAGES"
    place.mkdir(parents=True)
    (place / "messages.po").write_text('msgid "Continuer"\nmsgstr "Далі"\n', encoding="utf-8")
    uk = Catalogues(tmp_path).messages("uk")
    assert uk.gettext("Continuer") == "Далі"
    assert not uk.partial
    assert uk.gettext("Une phrase nouvelle") == foreign("Une phrase nouvelle", "fr")
    assert uk.partial


def test_french_counts_zero_as_one() -> None:
    french = messages("fr")
    assert [french.ngettext("un", "plusieurs", n) for n in (0, 1, 2)] == ["un", "un", "plusieurs"]
    assert "fr" in {language.code for language in available()}


def test_a_message_is_typeset_in_the_language_it_is_shown_in(tmp_path: Path) -> None:
    held = catalogues(tmp_path)
    assert unmarked(held.messages("uk").typeset("Qui ?")) == "Qui\u202f?"
    assert held.messages("uk").typeset("Continuer") == "Далі"


def test_countries_are_in_french_alphabetical_order_with_accents_folded() -> None:
    names = [name for _, name in country_choices("fr")]
    assert names.index("Égypte") < names.index("Espagne") < names.index("Sénégal")
    assert names.index("Zimbabwe") > names.index("Îles Féroé")
    assert ("XK", "Kosovo") in country_choices("fr")
    assert country_choices("fr", nationality=True)[-2:] == (("XXA", "Apatride"), ("XXB", "Réfugié"))
    assert country_name("SN", "fr") == "Sénégal"
    assert country_name("ZZZ", "fr") == "ZZZ"


def test_dates_say_what_is_known() -> None:
    assert format_date(date(2026, 11, 24), "fr") == "24 novembre 2026"
    assert format_date("2026-11-01", "fr") == "1er novembre 2026"
    assert format_date("2026-11-21", "fr") == "21 novembre 2026"
    assert format_date("2001-02", "fr") == "février 2001"
    assert format_date("2001", "fr") == "2001"
    assert format_date("n'importe", "fr") == "n'importe"
    assert format_date("2026-13-40", "fr") == "2026-13-40"


def test_a_day_in_ukrainian_brings_no_full_stop_of_its_own() -> None:
    assert format_date("2026-11-01", "uk") == "1 листопада 2026 року"
    assert format_date("2001-02", "uk") == "лютий 2001 року"


def test_amounts_and_durations() -> None:
    assert format_amount(225, "EUR", "fr") == "225\u00a0€"
    assert format_amount("877.50", "EUR", "fr") == "877,50\u00a0€"
    assert format_amount(Decimal("1234.5"), "EUR", "fr") == "1\u202f234,50\u00a0€"
    assert format_amount(1234567, "EUR", "fr") == "1\u202f234\u202f567\u00a0€"
    assert format_amount(225, "EUR", "uk") == "225\u00a0€"
    assert format_amount("877.50", "EUR", "uk") == "877,50\u00a0€"
    assert format_amount("un texte", None, "fr") == "un texte"
    assert format_duration(Duration(3, "months"), "fr") == "3\u00a0mois"
    assert format_duration(Duration(2, "years"), "fr") == "2\u00a0ans"
    assert format_amount(50, "percent", "fr") == "50\u00a0pour cent"
    assert format_duration(Duration(1, "years"), "en") == "1\u00a0year"


def test_a_duration_is_said_in_the_words_of_every_language_that_the_cldr_knows() -> None:
    assert format_duration(Duration(3, "months"), "ar") == "3\u00a0أشهر"
    assert format_duration(Duration(2, "months"), "ar") == "شهران"
    assert format_duration(Duration(60, "days"), "ar") == "60\u00a0يومًا"
    assert format_duration(Duration(10, "years"), "ar") == "10\u00a0سنوات"
    assert format_duration(Duration(3, "months"), "pt-BR") == "3\u00a0meses"
    assert format_duration(Duration(1, "days"), "uk") == "1\u00a0день"


def test_phones_and_directions() -> None:
    assert format_phone("+33639981234", "fr") == "06 39 98 12 34"
    assert format_phone("+33639981234", "ar") == "\u206606 39 98 12 34\u2069"
    assert (dir_of("ar"), dir_of("fr")) == ("rtl", "ltr")


def test_what_has_no_translation_becomes_an_element_where_one_can_stand() -> None:
    stop = foreign("Arrêter", "fr")
    page = f'<title>{stop}</title><p title="{stop}">{stop} <b>{stop}</b></p><option value="1">{stop}</option>'
    said = '<span lang="fr" dir="ltr">Arrêter</span>'
    shown = f'<title>Arrêter</title><p title="Arrêter">{said} <b>{said}</b></p><option value="1">Arrêter</option>'
    assert marked_up(page) == shown
    # What was filled in stays inside, elements included.
    assert marked_up(f"<p>{foreign('Pour <bdi>Wei</bdi>.', 'fr')}</p>") == (
        '<p><span lang="fr" dir="ltr">Pour <bdi>Wei</bdi>.</span></p>'
    )


def test_english_puts_the_day_before_the_month_as_papers_in_france_do() -> None:
    assert format_date(date(2026, 11, 24), "en") == "24 November 2026"


def test_sizes_and_cities_in_the_reader_s_language() -> None:
    assert format_size(850_000, "fr") == "850\u00a0Ko"
    assert format_size(1_250_000, "uk") == "1,3\u00a0МБ"
    assert format_size(5_000_000, "ar") == "5\u00a0ميغابايت"  # never letters with full stops, which no voice can say
    assert format_place("Europe/Paris", "ar") == "باريس"


def test_the_address_chooses_the_language() -> None:
    app = Flask(__name__)
    init_locale(app)
    with app.test_request_context("/xx/"):
        g.locale = "xx"
        assert str(get_locale()) == "fr"


def test_arabic_says_one_and_two_without_a_number() -> None:
    say = messages("ar")
    span = ("{least} à {most} minute", "{least} à {most} minutes")
    minutes = [say.ngettext(*span, most).format(least=1, most=most) for most in (2, 3, 11)]
    assert minutes == ["من دقيقة إلى دقيقتين", "من 1 إلى 3 دقائق", "من 1 إلى 11 دقيقة"]
    questions = say.ngettext("{least} à {most} question", "{least} à {most} questions", 2).format(least=1, most=2)
    assert questions == "من سؤال إلى سؤالين"


def test_texts_are_found_by_their_address_and_their_source_alone() -> None:
    texts = {("p/title", "A"): "أهلا", ("p/title", "B"): "", (None, "A"): "\ud800 Б", ("p", "title"): "x" * 9_000}
    held = HeldTexts(texts)
    assert {key: held.get(key) for key in texts} == texts
    for absent in (("p/title", "C"), ("q/title", "A"), (None, "B"), ("", "A")):
        assert held.get(absent) is None
    assert held
    assert not HeldTexts({})
    assert HeldTexts({}).get((None, "A")) is None
