"""Plain language: PL01 sentences and words are counted as people count them, PL02 each rule finds what it is for, PL03
and leaves ordinary sentences alone, PL04 statutory wording is left alone, PL05 a departure is accepted for a reason and
shown, PL06 a word is explained once for all in the glossary, shared or not, PL07 each language has its own rules.
"""

from __future__ import annotations

import pytest

from app.spec.codes.examples import TODAY, whole
from app.spec.compiler import Compiled, compile_text
from app.spec.plain.checks import RULES
from app.spec.plain.english import ENGLISH
from app.spec.plain.french import FRENCH
from app.spec.plain.lexicon import Lexicon
from app.spec.plain.sentences import count, paragraphs, sentences
from app.spec.plain.vocabulary import Vocabulary
from app.spec.terms import occurring
from tests.spec.sample import codes

SHARED = """
language: "fr"
terms:
  récépissé: "Un papier qui montre que vous avez fait une demande à la préfecture."
  préfecture: "Le bureau de l'État dans le département."
  CAF: {text: "Caisse d'allocations familiales.", also: ["allocations familiales"]}
  apatride: "Une personne qui n'a la nationalité d'aucun pays."
"""


def _summary(text: str, more: str = "") -> str:
    return f'summary: "{text}"\n{more}'


def _compiled(sections: str, glossary: str | None = SHARED) -> Compiled:
    return compile_text(whole(sections).text, glossary=glossary, today=TODAY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vous avez déménagé. Dites-le à la préfecture !", ["Vous avez déménagé.", "Dites-le à la préfecture !"]),
        ("Lisez l'art. 3 de la loi. Puis signez.", ["Lisez l'art. 3 de la loi.", "Puis signez."]),
        ("La loi L. 432-2 du code. Elle dit non.", ["La loi L. 432-2 du code.", "Elle dit non."]),
        ("Payez 3.50 € avant midi.", ["Payez 3.50 € avant midi."]),
        ("Écrivez à M. Diallo. Attendez.", ["Écrivez à M. Diallo.", "Attendez."]),
        ("Elle dit : « Venez. » Puis elle part.", ["Elle dit : « Venez. »", "Puis elle part."]),
    ],
)
def test_sentences_end_where_people_end_them(text: str, expected: list[str]) -> None:
    """PL01"""
    assert list(sentences(text, FRENCH.abbreviations)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L'OFII vérifie le VLS-TS via l'ANEF.", 6),
        ("Payez {fact.stamp} avant le {derived.closes} !", 5),
        ("Avez-vous 18 ans ou plus ?", 5),
        ("aujourd'hui, peut-être", 2),
    ],
)
def test_words_are_counted_as_a_word_processor_does(text: str, expected: int) -> None:
    """PL01: a placeholder is one word."""
    assert count(text) == expected


def test_list_items_and_paragraphs_are_read_apart() -> None:
    """PL01: a list without full stops is not one long sentence. A link counts by its words."""
    text = "Joignez :\n- une photo\n- un [timbre](https://timbres.impots.gouv.fr/)\n\nPuis signez."
    assert list(paragraphs(text)) == ["Joignez :", "une photo", "un timbre", "Puis signez."]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Merci de remplir ce papier.", "L03"),
        ("Procédez à la mise à jour.", "L03"),
        ("Joignez, le cas échéant, une preuve.", "L03"),
        ("Votre récépissé est prêt.", "L04"),
        ("Il faut une apostille sur l'acte.", "L04"),
        ("Écrivez à la DDETS.", "L06"),
        ("Votre dossier sera instruit rapidement par la préfecture.", "L07"),
        ("Il n'est pas impossible de changer.", "L08"),
        ("Vous ne pouvez pas continuer sans répondre.", "L08"),
        ("La carte est valable à compter de ce jour.", "L09"),
        ("Voir [ici](https://example.fr/).", "L10"),
        ("ATTENTION AUX DATES DE DÉPÔT !", "L11"),
    ],
)
def test_what_is_hard_to_read_is_found(text: str, code: str) -> None:
    """PL02"""
    assert code in codes(_summary(text))


@pytest.mark.parametrize(
    "text",
    [
        "Vous êtes arrivé en France par avion.",
        "Vous serez prévenu par e-mail ou par SMS.",
        "Vous êtes né, mariée ou entré par Marseille.",
        "Une personne réfugiée est protégée par la France.",
        "Ne partez pas sans ce papier.",
        "Vous ne pouvez pas y aller sans rendez-vous.",
        "Le format PDF ou JPEG convient. Envoyez un SMS.",
        "La caisse d'assurance maladie (CPAM) vous répond.",
        "Demandez un récépissé, c'est un papier qui prouve votre demande.",
        "Ce papier s'appelle un récépissé.",
        "Une personne apatride n'a pas de nationalité.",
        "La quittance est le reçu du loyer.",
        "Répondez à la question. C'est possible aujourd'hui. Oui ou non ? Merci. Écrivez. Signez. Envoyez.",
        "Voir la page [Acheter un timbre](https://timbres.impots.gouv.fr/).",
    ],
)
def test_ordinary_sentences_are_left_alone(text: str) -> None:
    """PL03"""
    assert codes(_summary(text)) == set()


def test_every_text_of_a_file_is_read() -> None:
    """PL02: a choice, a document, a way out, a letter, a check: whatever an applicant may meet."""
    heavy = "Veuillez répondre."
    sections = f"""
documents: [{{id: "a", title: "{heavy}", why: "{heavy}"}}]
contacts: [{{title: "Le centre", phone: "0 806 001 620", hours: "{heavy}"}}]
letters: [{{id: "a", title: "T", to: "X", subject: "S", paragraphs: ["{heavy}", {{text: "{heavy}"}}]}}]
after_sending: {{silence: [{{after: "4 months", means: "{heavy}", from: "filed"}}]}}
glossary: {{mot: "{heavy}"}}
"""
    found = [one for one in _compiled(sections).diagnostics if one.code == "L03"]
    assert len({(one.line, one.column) for one in found}) == 7


def test_statutory_wording_is_left_alone() -> None:
    """PL04: with the law it comes from; elsewhere the same words are refused."""
    law = "Toute fausse déclaration expose, conformément à l'article 441-7, à des sanctions."
    written = f'declarations: [{{id: "truth", text: "{law}"%s}}]\n'
    assert codes(written % "") == {"L03"}
    assert codes(written % ', verbatim: "yes", source: "Code pénal, article 441-7"') == set()
    assert codes(f'summary: {{text: "{law}", verbatim: "yes", source: "Code pénal"}}\n') == set()


ACCEPTED = """
summary:
  text: "%s"
  accept: {codes: [%s], because: "Ce sont les mots écrits sur le papier officiel."}
"""


def test_a_departure_has_a_reason_and_stays_visible() -> None:
    """PL05"""
    found = _compiled(ACCEPTED % ("Gardez le récépissé.", '"L04"'), None).diagnostics
    assert [(one.code, one.severity) for one in found] == [("L20", "hint")]
    assert "Ce sont les mots écrits sur le papier officiel." in found[0].message
    assert codes(ACCEPTED % ("Gardez le papier.", '"L04"')) == {"L21"}
    assert codes(ACCEPTED % ("Veuillez garder le récépissé.", '"L04"')) == {"L20", "L03"}
    assert "S02" in codes('summary: {text: "Gardez le récépissé.", accept: {codes: ["L04"]}}\n')


def test_a_word_of_the_shared_glossary_is_explained_in_every_procedure() -> None:
    """PL06: only the words that its texts use, and those that explain them, become a part of it."""
    compiled = _compiled(_summary("Gardez vos récépissés. La CAF vous aide."))
    assert compiled.diagnostics == []
    assert compiled.procedure is not None
    assert list(compiled.procedure.glossary) == ["récépissé", "préfecture", "CAF"]
    assert compiled.procedure.spellings == {"CAF": ("allocations familiales",)}
    assert compiled.procedure.glossary["récépissé"].context == "exemple/glossary/récépissé"


def test_a_procedures_own_explanation_comes_first() -> None:
    """PL06"""
    own = 'glossary:\n  récépissé: "Un papier de trois mois."\n'
    compiled = _compiled(_summary("Gardez le récépissé.", own))
    assert compiled.procedure is not None
    assert compiled.procedure.glossary["récépissé"].source == "Un papier de trois mois."


def test_a_fault_in_the_shared_glossary_is_told() -> None:
    """PL06"""
    found = _compiled(_summary("Bonjour."), 'language: "fr"\nterms:\n  mot: 12\n').diagnostics
    assert [(one.code, one.file, one.line) for one in found] == [("S03", "shared/glossary.yaml", 3)]


def test_the_longest_term_is_found_and_acronyms_keep_their_capitals() -> None:
    """PL06"""
    words: dict[str, tuple[str, ...]] = {
        "titre": (),
        "titre de séjour": (),
        "APS": (),
        "tuteur, tutrice": (),
        "bail": ("baux",),
    }
    assert occurring(words, ["Votre titre de séjour et vos baux. Des aps."]) == ["titre de séjour", "bail"]
    assert occurring(words, ["Vos titres. La tutrice. L'APS."]) == ["titre", "APS", "tuteur, tutrice"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("In accordance with the law, come.", "L03"),
        ("An affidavit must be sworn.", "L04"),
        ("Your file is examined by the office.", "L07"),
        ("You cannot stay; it is not impossible to leave.", "L08"),
        ("Utilize this form.", "L09"),
        ("See [here](https://example.fr/).", "L10"),
        ("Veuillez venir.", None),
    ],
)
def test_english_has_its_own_rules(text: str, code: str | None) -> None:
    """PL07"""
    found = {one.code for one in _compiled(f'language: "en"\n{_summary(text)}', None).diagnostics}
    assert (code in found) if code else (found == set())


def test_another_language_is_only_measured() -> None:
    """PL07: lengths hold in every language; words are not judged without a list."""
    found = _compiled(f'language: "es"\n{_summary("Veuillez. " + "palabra " * 26 + ".")}', None).diagnostics
    assert {one.code for one in found} == {"L01"}


@pytest.mark.parametrize("lexicon", [FRENCH, ENGLISH])
def test_no_text_that_holds_a_word_of_the_lists_is_left_unread(lexicon: Lexicon) -> None:
    """PL03: rules about words read only the texts that hold all the words of an entry."""
    for entries, words in (
        (lexicon.heavy, lexicon.heavy_words),
        (lexicon.trade, lexicon.trade_words),
        (lexicon.rare, lexicon.rare_words),
    ):
        texts = ["", *(f"« {entry.replace('*', 'es').upper()} »" for entry in entries), "Bonjour."]
        assert [words.search(text) is not None for text in texts] == [False, *(True for _ in entries), False]
        assert Vocabulary(texts).holding(entries) == set(range(1, len(texts) - 1))


def test_every_rule_says_where_it_comes_from() -> None:
    sources = "123456"
    assert all(any(f"({number})" in (rule.__doc__ or "") for number in sources) for rule in RULES)
