"""`guichet translations`: what it extracts, what a changed French sentence makes stale, what it finds wrong."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from app.locale.addresses import address, shared_address
from app.locale.catalogue import Catalogues, reviewer
from app.locale.command import main
from app.locale.po import key_of, path_of, read

PROCEDURE = """
procedure: "crossing"
language: "fr"
title: "Traverser le pont"
summary: "Vous traversez le pont à pied."
for:
  - "Vous avez des chaussures."
  - "Vous avez le temps."
authority: "La mairie du pont"
sources:
  - title: "Règlement du pont"
    kind: "official"
checked_on: "2026-11-20"
review_by: "2027-11-20"
facts:
  toll:
    periods:
      - value: 2
        unit: "EUR"
        source: "Règlement du pont"
    fallback: "un prix à vérifier"
steps:
  - id: "who"
    title: "Vous"
    fields:
      - use:
          block: "person"
          as: "walker"
  - id: "road"
    title: "Le chemin"
    fields:
      - id: "way"
        kind: "radios"
        label: "Par où passez-vous, {answer.walker.first_names} ?"
        hint: "Le passage coûte {fact.toll}."
        choices:
          - id: "left"
            label: "À gauche"
          - id: "right"
            label: "À droite"
outcomes:
  - id: "closed"
    effect: "stop"
    when:
      way: "right"
    title: "Le côté droit est fermé"
    body: "Prenez le **côté gauche**. Lisez [le plan](https://pont.example/plan)."
    source: "Règlement du pont"
    go_to:
      - title: "Appeler le gardien"
        phone: "+33639981234"
declarations:
  - id: "truth"
    text:
      text: "Ce que j'écris est vrai."
      verbatim: "yes"
      source: "Règlement du pont"
channels:
  gate:
    kind: "counter"
    title: "La porte du pont"
    how: "Venez le matin."
    source: "Règlement du pont"
contacts:
  - title: "Le gardien du pont"
    phone: "+33639981234"
"""
BLOCK = """
block: "person"
title: "La personne"
fields:
  - id: "first_names"
    kind: "name"
    label: "Prénoms"
"""
CASES = """
- person: "Awa, à gauche"
  today: "2026-11-23"
  answers:
    walker.first_names: "Awa"
    way: "left"
  sees:
    outcomes: []
- person: "Luc, à droite"
  today: "2026-11-23"
  answers:
    walker.first_names: "Luc"
    way: "right"
  sees:
    outcomes:
      - "closed"
"""

Run = Callable[..., int]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    for slug, title in (("crossing", "Traverser le pont"), ("return", "Revenir")):
        folder = tmp_path / "procedures" / slug
        folder.mkdir(parents=True)
        text = PROCEDURE.replace('"crossing"', f'"{slug}"').replace("Traverser le pont", title)
        (folder / "procedure.yaml").write_text(text, encoding="utf-8")
        (folder / "cases.yaml").write_text(CASES, encoding="utf-8")
    shared = tmp_path / "procedures" / "shared"
    shared.mkdir()
    (shared / "person.yaml").write_text(BLOCK, encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(place: Path) -> Run:
    def call(*arguments: str) -> int:
        folders = ["--procedures", str(place / "procedures"), "--translations", str(place / "tr")]
        return main([*arguments, *folders])

    return call


def catalog(place: Path, domain: str = "crossing", language: str = "ar") -> Catalog:
    return read(path_of(place / "tr", language, domain), language)


def said(place: Path, domain: str = "crossing") -> dict[tuple[str | None, str], Any]:
    return {key_of(message): message for message in catalog(place, domain) if message.id}


def translate(place: Path, domain: str = "crossing", **given: str) -> None:
    """Translate every text of a domain into itself between guillemets; `given` by the end of the address."""
    held = catalog(place, domain)
    for message in held:
        if isinstance(message.id, str) and message.id:
            message.string = given.get((message.context or "").replace("/", "_"), f"‹{message.id}›")
            message.flags.discard("fuzzy")
        elif message.id:
            message.string = (f"‹{message.id[-1]}›",) * held.num_plurals
    with path_of(place / "tr", "ar", domain).open("wb") as file:
        write_po(file, held)


def rewrite(place: Path, old: str, new: str) -> None:
    file = place / "procedures" / "crossing" / "procedure.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_each_text_is_extracted_with_its_address_its_line_and_what_a_translator_should_know(
    place: Path, run: Run
) -> None:
    assert run("extract", "--language", "ar") == 0
    held = said(place)
    hint = held["crossing/steps/road/fields/way/hint", "Le passage coûte {fact.toll}."]
    line = 1 + PROCEDURE.splitlines().index('        hint: "Le passage coûte {fact.toll}."')
    assert hint.locations == [("procedures/crossing/procedure.yaml", line)]
    assert "Longueur : 160 signes au plus, si possible." in hint.auto_comments
    assert "{fact.toll} : une valeur avec son unité" in hint.auto_comments
    choice = held["crossing/steps/road/fields/way/choices/left/label", "À gauche"]
    assert choice.auto_comments == ["Réponse proposée à : Par où passez-vous, {answer.walker.first_names} ?"]
    stop = held["crossing/outcomes/closed/title", "Le côté droit est fermé"]
    assert {"Effet : la démarche s'arrête ici. Le sens exact compte.", "Source : Règlement du pont"} <= set(
        stop.auto_comments
    )
    truth = held["crossing/declarations/truth/text", "Ce que j'écris est vrai."]
    assert "Texte de loi, cité mot pour mot : traduisez-le sans le simplifier." in truth.auto_comments
    # The place in a list is no part of the address: a line put in before costs the others nothing.
    assert ("crossing/for", "Vous avez le temps.") in held


def test_what_a_shared_block_says_is_translated_once_for_all(place: Path, run: Run) -> None:
    run("extract", "--language", "ar")
    assert not any("walker" in (context or "") for context, _ in said(place))
    assert list(said(place, "shared")) == [("shared/fields/first_names/label", "Prénoms")]
    translate(place, "shared")
    messages = Catalogues(place / "tr").messages("ar")
    for slug in ("crossing", "return"):
        shown = messages.pgettext(f"{slug}/steps/who/fields/walker.first_names/label", "Prénoms")
        assert shown == "‹Prénoms›"


def test_the_interface_is_extracted_whole(place: Path, run: Run) -> None:
    run("extract", "--language", "ar")
    held = {source for _, source in said(place, "messages")}
    assert {
        "Continuer",  # a template
        "Répondez à la question « {label} ».",  # a message of a kind of question
        "La même réponse que pour « {label} » : {answer}",  # a constant that is translated where it is shown
        "{question} est avant le {low}",  # a condition in words, on paper
        "Apatride",
    } <= held


def test_extracting_again_writes_nothing_when_nothing_changed(
    place: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    run("extract", "--language", "ar")
    translate(place)
    run("extract")
    capsys.readouterr()
    assert run("extract") == 0
    assert capsys.readouterr().out.startswith("ar : 0 fichier(s)")
    assert said(place)["crossing/for", "Vous avez le temps."].string == "‹Vous avez le temps.›"


def test_a_changed_sentence_makes_exactly_its_translations_stale(
    place: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    run("extract", "--language", "ar")
    for domain in ("messages", "shared", "crossing", "return"):
        translate(place, domain)
    assert run("status") == 0
    rewrite(place, "Prenez le **côté gauche**.", "Passez par le **côté gauche**.")
    rewrite(place, '  - "Vous avez le temps."', '  - "Vous savez nager."\n  - "Vous avez le temps."')
    where = "crossing/outcomes/closed/body"
    new = "Passez par le **côté gauche**. Lisez [le plan](https://pont.example/plan)."
    # At once, before anything is extracted again, the page shows French there and nowhere else.
    messages = Catalogues(place / "tr").messages("ar")
    assert not messages.translated(where, new)
    assert messages.translated("crossing/for/2", "Vous avez le temps.")
    for _ in ("before", "after"):
        capsys.readouterr()
        assert run("status", "--format", "json") == 1
        (state,) = json.loads(capsys.readouterr().out)
        parts = {part["name"]: part for part in state["parts"]}
        assert [row["context"] for row in parts["crossing"]["stale"]] == [where]
        assert not parts["return"]["stale"]
        touched = {row["person"]: row["stale"] for row in parts["crossing"]["journeys"]}
        assert touched == {"Awa, à gauche": 0, "Luc, à droite": 1}
        run("extract")
    changed = said(place)[where, new]
    assert changed.fuzzy
    assert changed.previous_id == ["Prenez le **côté gauche**. Lisez [le plan](https://pont.example/plan)."]
    assert [message.context for message in catalog(place) if message.id and message.fuzzy] == [where]
    capsys.readouterr()
    run("status")
    said_in_words = capsys.readouterr().out
    assert "le français a changé : procedures/crossing/procedure.yaml:" in said_in_words
    assert "parcours touchés par ces changements : Luc, à droite\n" in said_in_words


def test_what_went_away_is_kept_aside_and_comes_back_translated(place: Path, run: Run) -> None:
    run("extract", "--language", "ar")
    translate(place)
    rewrite(place, '        hint: "Le passage coûte {fact.toll}."\n', "")
    run("extract")
    key = ("crossing/steps/road/fields/way/hint", "Le passage coûte {fact.toll}.")
    assert key not in said(place)
    assert any(message.string == f"‹{key[1]}›" for message in catalog(place).obsolete.values())
    rewrite(
        place,
        '        choices:\n          - id: "left"',
        f'        hint: "{key[1]}"\n        choices:\n          - id: "left"',
    )
    run("extract")
    assert said(place)[key].string == f"‹{key[1]}›"


def test_the_same_sentence_in_two_procedures_is_translated_once(place: Path, run: Run) -> None:
    run("extract", "--language", "ar")
    translate(place)
    run("extract")
    assert said(place, "return")["return/channels/gate/how", "Venez le matin."].string == "‹Venez le matin.›"
    assert not said(place, "return")["return/title", "Revenir"].string


def test_a_reviewer_is_named_at_the_head_of_a_file(place: Path, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    run("extract", "--language", "ar")
    path = path_of(place / "tr", "ar", "crossing")
    assert reviewer(catalog(place).header_comment) is None
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("# Reviewed-by: nobody", "# Reviewed-by: Amal, 2026-12-01"), encoding="utf-8")
    rewrite(place, "Venez le matin.", "Venez le soir.")
    run("extract")
    assert reviewer(catalog(place).header_comment) == "Amal, 2026-12-01"
    capsys.readouterr()
    run("status")
    last = capsys.readouterr().out.splitlines()[-1]
    assert last == "  pas encore relu par une personne qui parle cette langue : messages, shared, return"


TITLE = "crossing_title"
BODY = "crossing_outcomes_closed_body"
HINT = "crossing_steps_road_fields_way_hint"


@pytest.mark.parametrize(
    ("where", "text", "severity", "words"),
    [
        (HINT, "بلا ثمن", "error", "il manque {fact.toll}"),
        (HINT, "{fact.tol} و {fact.toll}", "error", "{fact.tol} n'existe pas dans le français"),
        (BODY, "**خذ** [الخريطة](https://other.example/)", "error", "les liens ne sont pas ceux du français"),
        (BODY, "خذ [الخريطة](https://pont.example/plan)", "error", "les passages en gras (**) ne sont pas les mêmes"),
        (TITLE, "عبور \u202eالجسر", "error", "un signe qui force le sens de lecture"),
        (TITLE, "عبور \u2066الجسر", "error", "un isolement du sens de lecture"),
        (TITLE, "عبور\u200b الجسر", "error", "un signe que l'on ne voit pas"),
        (TITLE, " عبور الجسر", "error", "l'espace au début ou à la fin"),
        (TITLE, "عبور {pont}", "error", "{pont} n'existe pas dans le français"),
        (TITLE, "عبور } الجسر", "error", "une accolade { ou } de trop"),
        (TITLE, "عبور الجسر " * 6 + "كله", "warning", "signes, pour 17 en français"),
        ("crossing_for", "Vous avez le temps.", "warning", "c'est le texte français"),
    ],
)
def test_what_is_wrong_in_a_translation_is_found(
    place: Path,
    run: Run,
    capsys: pytest.CaptureFixture[str],
    where: str,
    text: str,
    severity: str,
    words: str,
) -> None:
    run("extract", "--language", "ar")
    translate(place, **{where: text})
    capsys.readouterr()
    assert run("check", "--format", "json") == (severity == "error")
    rows = json.loads(capsys.readouterr().out)
    assert {row["severity"] for row in rows} == {severity}
    assert words in rows[0]["message"]
    assert {str(row["context"]).replace("/", "_") for row in rows} == {where}
    assert rows[0]["file"] == "ar/LC_MESSAGES/crossing.po"
    assert rows[0]["place"].startswith("procedures/crossing/procedure.yaml:")


def test_a_word_of_the_glossary_left_in_french_is_found_and_an_acronym_or_one_in_brackets_is_not(
    place: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    rewrite(place, "steps:", 'glossary:\n  passage: "Le fait de passer."\n  ANEF: "Un site."\nsteps:')
    rewrite(place, "Venez le matin.", "Venez au passage avec l'ANEF.")
    run("extract", "--language", "ar")
    given = {"crossing_steps_road_fields_way_hint": "{fact.toll}", "crossing_glossary_passage_word": "عبور"}
    translate(place, crossing_channels_gate_how="Passages و ANEF", **given)
    capsys.readouterr()
    assert run("check") == 0
    out = capsys.readouterr().out
    assert "« Passages » reste en français" in out
    assert "« ANEF »" not in out
    translate(place, crossing_channels_gate_how="العبور (passage) و ANEF", **given)
    assert run("check") == 0
    assert "reste en français" not in capsys.readouterr().out


def test_a_word_may_stay_in_french_where_its_meaning_follows_it_is_quoted_or_the_language_keeps_it(
    place: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    rewrite(place, "steps:", 'glossary:\n  passage: "Le fait de passer."\nsteps:')
    rewrite(place, "Venez le matin.", "Passage.info le dit : demandez le « passage ».")
    run("extract", "--language", "ar")

    def said(how: str, word: str, meaning: str = "المرور") -> str:
        given = {"crossing_glossary_passage_word": word, "crossing_glossary_passage": meaning}
        translate(place, crossing_channels_gate_how=how, crossing_steps_road_fields_way_hint="{fact.toll}", **given)
        capsys.readouterr()
        assert run("check") == 0
        return capsys.readouterr().out

    for allowed in ("Passage.info", "«passage»", "“passage”", "passage (عبور)"):
        assert "« passage »" not in said(allowed, "عبور"), allowed
    left = "العبور passage"
    # A translation before brackets keeps nothing; the word itself keeps it everywhere.
    assert "« passage » reste en français" in said(left, "عبور (passage)")
    assert "« passage »" not in said(left, "passage")
    out = said(left, "", "")
    assert "« passage » : ce mot n'est pas traduit" in out
    assert "« passage » : ce qui explique ce mot n'est pas traduit" in out


def test_the_space_that_only_french_has_before_a_colon_is_not_asked_of_other_languages(place: Path, run: Run) -> None:
    run("extract", "--language", "ar")
    path = path_of(place / "tr", "ar", "messages")
    text = path.read_text(encoding="utf-8")
    assert 'msgid " :"\nmsgstr ""\n' in text
    for given, found in ((":", 0), (" :", 0), (": ", 1)):
        path.write_text(text.replace('msgid " :"\nmsgstr ""', f'msgid " :"\nmsgstr "{given}"'), encoding="utf-8")
        assert run("check") == found


def test_plural_forms_are_counted(place: Path, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    run("extract", "--language", "ar")
    path = path_of(place / "tr", "ar", "messages")
    text = path.read_text(encoding="utf-8")
    plural = '\nmsgid "{n} page"\nmsgid_plural "{n} pages"\nmsgstr[0] "صفحة"\nmsgstr[1] "{n} صفحات"\n'
    path.write_text(text + plural, encoding="utf-8")
    capsys.readouterr()
    assert run("check") == 1
    assert "il faut 6 formes de pluriel, il y en a 2" in capsys.readouterr().out


def test_misuse_is_told_apart(place: Path, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("status") == 2
    assert "aucune langue" in capsys.readouterr().err
    assert run("extract", "--language", "zz") == 2
    assert run("polish") == 2
    run("extract", "--language", "ar")
    path_of(place / "tr", "ar", "crossing").write_bytes(b'msgid "a\nmsgstr "\xff"\n')
    capsys.readouterr()
    assert run("status") == 1
    assert "un fichier ne se lit pas" in capsys.readouterr().err
    shutil.rmtree(place / "procedures")
    assert run("status") == 2


def test_addresses_are_the_same_in_every_procedure() -> None:
    assert address("dcem/for/2") == "dcem/for"
    assert address("dcem/steps/a/fields/number/choices/2/label") == "dcem/steps/a/fields/number/choices/2/label"
    assert shared_address("dcem/steps/a/checks/3/says") == "shared/checks/says"
    assert shared_address("dcem/documents/child.proof/title") == "shared/documents/proof/title"
    assert shared_address("dcem/glossary/C.A.F/word") == "shared/glossary/C.A.F/word"
