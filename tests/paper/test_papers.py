"""Papers as PDF: what is printed, how it is tagged, what they claim."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

import page
import pikepdf
import pypdf
import pytest

from app.journey.instead import Instead
from app.journey.model import Stop
from app.paper.compose import FiledDocument, blank_form, filled_form, letter, letters, proof, sheet_to_copy
from app.paper.model import (
    Block,
    CheckItem,
    Checklist,
    Pair,
    Pairs,
    Paper,
    Paragraph,
    Question,
    Signature,
    text_of,
)
from app.paper.prose import Meta
from app.paper.render import render, render_pdf
from app.spec.model import Field, Page, Text
from tests.paper.conftest import ReadBack, squeezed
from tests.paper.sample import META, PERSON, PROCEDURE, SHA, journey, wording

NAMES = {"birth": ("01-acte-de-naissance.pdf",)}
FILED = [FiledDocument("birth", "01-acte-de-naissance.pdf", 1_234_567, SHA)]


def travels(condition: object) -> bool:
    return getattr(condition, "operand", ()) == ("travel",)


PAPERS: dict[str, Callable[[], Paper]] = {
    "sheet": lambda: sheet_to_copy(PROCEDURE, journey(), wording(PERSON), META, NAMES),
    "filled": lambda: filled_form(PROCEDURE, journey(), wording(PERSON), META, NAMES),
    "ready": lambda: proof(PROCEDURE, journey(), wording(PERSON), META, FILED),
    "receipt": lambda: proof(PROCEDURE, journey(), wording(PERSON), Meta("REF-1", META.at, mode="authority"), FILED),
    "letter": lambda: letters(journey(), wording(PERSON), META, travels, ["birth"])[0],
    "blank": lambda: blank_form(PROCEDURE, wording(), META),
    "large": lambda: blank_form(PROCEDURE, wording(), META, large=True),
}


@pytest.fixture(scope="module")
def made() -> dict[str, tuple[Paper, bytes]]:
    papers = {name: compose() for name, compose in PAPERS.items()}
    pdfs = [rendered.pdf for rendered in render(list(papers.values()))]
    return {name: (paper, pdf) for (name, paper), pdf in zip(papers.items(), pdfs, strict=True)}


@pytest.mark.parametrize("name", PAPERS)
def test_the_pdf_says_what_the_model_says_and_nothing_else(made: dict[str, tuple[Paper, bytes]], name: str) -> None:
    paper, pdf = made[name]
    ReadBack(pdf, paper.footer).assert_says(paper)


@pytest.mark.parametrize("name", PAPERS)
def test_the_pdf_is_tagged_titled_and_in_its_language(made: dict[str, tuple[Paper, bytes]], name: str) -> None:
    paper, pdf = made[name]
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        root = opened.Root
        assert str(root.Lang) == "fr"
        assert root.MarkInfo.Marked
        assert "/StructTreeRoot" in root
        assert root.ViewerPreferences.DisplayDocTitle
        metadata = opened.open_metadata()
        assert metadata["dc:title"] == paper.title
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")


@pytest.mark.parametrize("profile", [page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A])
@pytest.mark.parametrize("name", PAPERS)
def test_a_validator_confirms_what_the_pdf_claims(
    made: dict[str, tuple[Paper, bytes]], name: str, profile: page.ValidationProfile
) -> None:
    report = page.validate_pdf_bytes(made[name][1], profile=profile)
    assert report.rules.total > 50
    assert [f"{failure.rule_id} {failure.message}" for failure in report.failures] == []


def test_a_paper_from_right_to_left_keeps_french_words_in_their_order_and_is_still_valid() -> None:
    french = "\u206631 décembre 2028 ?\u2069"
    rows = Pairs((Pair(f"تاريخ ({french})", (french,)),))
    made = render([Paper("sheet", "ورقة", "ar", (rows,), direction="rtl")])[0]
    runs: list[str] = []
    pypdf.PdfReader(io.BytesIO(made.pdf)).pages[0].extract_text(visitor_text=lambda text, *_: runs.append(text.strip()))
    # A line that is turned round is drawn in pieces: the number at the right of its month, the sign at its left.
    assert runs.count("31 décembre 2028 ?") == 2
    for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A):
        assert page.is_pdf_compliant_bytes(made.pdf, profile=profile)


ADDRESS = "https://www.exemple.fr/particuliers/vosdroits/F12345/une-page_de-la-demande?etape=3&langue=fr"
FILE = "01-un-papier-qui-montre-la-separation-si-vous-avez.pdf"


def uncut(pdf: bytes) -> str:
    """What is copied out of a paper, without its spaces and line ends."""
    return squeezed("".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(pdf)).pages))


@pytest.mark.parametrize("name", PAPERS)
def test_no_paper_has_signs_without_width(made: dict[str, tuple[Paper, bytes]], name: str) -> None:
    assert not {"\u200b", "\u200c", "\ufeff"} & set(uncut(made[name][1]))


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_long_address_and_the_name_of_a_file_go_on_at_the_next_line_and_are_copied_whole(
    direction: Literal["ltr", "rtl"], large: bool
) -> None:
    address = f"\u2066{ADDRESS}\u2069" if direction == "rtl" else ADDRESS
    rows = Pairs((Pair(f"{FILE} {FILE}", (f"Voir ({address}).", "x" * 300)),))
    paper = Paper("sheet", "Feuille", "fr", (Paragraph(address), rows), direction=direction, large=large)
    pdf = render_pdf(paper)
    text = uncut(pdf)
    assert not {"\u200b", "\u200c", "\ufeff"} & set(text)
    if direction == "ltr":
        assert (text.count(ADDRESS), text.count(FILE), text.count("x" * 300)) == (2, 2, 1)
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    links = [link["/A"]["/URI"] for link in reader.pages[0]["/Annots"]]
    assert set(links) == {ADDRESS}
    width = reader.pages[0].mediabox.width
    assert all(0 < edge < width for link in reader.pages[0]["/Annots"] for edge in (link["/Rect"][0], link["/Rect"][2]))
    for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A):
        assert page.is_pdf_compliant_bytes(pdf, profile=profile)


def test_the_validator_sees_a_pdf_that_lost_its_title(made: dict[str, tuple[Paper, bytes]]) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(made["blank"][1])) as opened:
        del opened.Root.MarkInfo
        opened.save(out)
    assert not page.is_pdf_compliant_bytes(out.getvalue(), profile=page.ValidationProfile.PDF_UA_1)


def test_a_receipt_says_first_that_it_is_not_a_right_to_stay() -> None:
    first, second, *_ = text_of(PAPERS["receipt"]())
    assert first == "Ce papier prouve que vous avez envoyé votre demande."
    assert second == "Il ne prouve pas que vous pouvez rester ou travailler en France."


def test_a_ready_sheet_says_first_that_nothing_was_filed_and_that_it_is_not_the_state() -> None:
    _, second, *_ = text_of(PAPERS["ready"]())
    assert "rien n'a été envoyé à l'administration" in second
    assert "n'est pas un service de l'État" in second


@pytest.mark.parametrize("name", ["sheet", "filled", "ready", "letter", "blank"])
def test_every_paper_of_the_prepare_mode_says_it_is_not_the_state(name: str) -> None:
    assert "Guichet n'est pas un service de l'État." in " ".join(text_of(PAPERS[name]()))


def test_the_receipt_lists_each_document_with_its_digest_and_what_is_missing() -> None:
    said = text_of(PAPERS["receipt"]())
    assert SHA in said
    assert "Fichier : 01-acte-de-naissance.pdf, 1,2\u00a0Mo" in said
    assert said[said.index("Ce qui manque") + 1] == "Justificatif de domicile"
    assert said[said.index("À apporter plus tard") + 1] == "e-photo"
    assert PROCEDURE.sha256 in said
    assert "24/11/2026 à 10:30 (UTC)" in said


def test_the_proofs_say_what_comes_next() -> None:
    for name in ("ready", "receipt"):
        said = text_of(PAPERS[name]())
        late = said.index("Sans réponse le 2027-03-24 (à vérifier)")
        assert said[late + 1] == "Votre demande est refusée."
        fee = said.index("En recevant le document")
        assert said[fee + 1 : fee + 3] == ("{fact.stamp}", "Achetez un timbre fiscal.")
        remedy = said.index("Recours")
        assert said[remedy + 1 : remedy + 3] == ("À : Tribunal administratif", "Délai : 2\u00a0mois, après le refus")
        assert "À quoi sert ce papier : vous avez déposé" in said
        assert "Ce que ce papier ne fait pas : vous pouvez rester" in said
        assert "Téléphone : 0 806 001 620 (appel gratuit)" in said


def test_the_proofs_name_the_procedure_and_the_people_first() -> None:
    child = Field("child.first_names", "name", Text("Prénoms de l'enfant"), subject="other")
    family = Field("child.birth_name", "name", Text("Nom de l'enfant"), subject="other")
    about = Stop(PROCEDURE.steps[1], Page("child", (family, child)), fields=(family, child), key="child")
    alone = journey()
    for_a_child = replace(
        alone,
        path=(about, *alone.path),
        answers={**PERSON, "child.first_names": "Ousmane", "child.birth_name": "Sow"},
    )
    for mode in ("prepare", "authority"):
        meta = replace(META, mode=mode)
        said = text_of(proof(PROCEDURE, for_a_child, wording(), meta, []))
        start = said.index("Démarche")
        assert start == 3, "right under the title"
        assert said[start : start + 6] == (
            *("Démarche", "Document de voyage", "Pour qui", "Ousmane Sow"),
            *("Qui demande", "Awa Diop"),
        )
        said = text_of(proof(PROCEDURE, alone, wording(), meta, []))
        assert said[start + 2 : start + 5] == (
            "Qui demande",
            "Awa Diop",
            "Reçu par" if mode == "authority" else "Référence",
        )
    nameless = text_of(proof(PROCEDURE, journey({}), wording(), META, []))
    assert nameless[start + 2] == "Référence"


def test_declarations_are_printed_as_they_were_ticked() -> None:
    here = journey()
    bare = filled_form(PROCEDURE, here, wording(), META)
    made = filled_form(PROCEDURE, here, wording(), replace(META, declared=frozenset({"true"})))
    words = "Vous avez coché ces phrases : 24/11/2026 à 10:30 (UTC)."
    assert words not in text_of(bare)
    said = text_of(made)
    assert said[said.index(words) + 1] == "Tout ce que j'ai écrit est vrai."
    before, after = (
        " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(rendered.pdf)).pages)
        for rendered in render([bare, made])
    )
    assert "☐" in before
    assert "☑" not in before
    assert "☑" in after
    assert "☐" not in after


def test_a_digest_comes_out_of_the_pdf_in_one_piece(made: dict[str, tuple[Paper, bytes]]) -> None:
    for name in ("ready", "receipt"):
        reader = ReadBack(made[name][1], made[name][0].footer).reader
        assert any(SHA in one.extract_text() for one in reader.pages)


def test_the_sheet_follows_the_screens_of_the_office_then_gives_the_rest() -> None:
    said = text_of(PAPERS["sheet"]())
    order = [
        "Écran 1 : la demande",
        "Un voyage",
        "Sénégal",
        "Écran 2 : vous",
        "Numéro étranger",
        "Diop",
        "Acte de naissance",
    ]
    places = [said.index(part) for part in order]
    assert places == sorted(places)
    rest = said.index("Vos autres réponses, si le site les demande")
    assert said.index("Moussa") > rest > places[-1]


def test_every_paper_says_what_is_said_in_place_of_a_document() -> None:
    meta = replace(META, instead={"birth": Instead("do_not_have", "Registre détruit."), "home": Instead("will_bring")})
    here = journey()
    for paper in (
        filled_form(PROCEDURE, here, wording(PERSON), meta),
        sheet_to_copy(PROCEDURE, here, wording(PERSON), meta),
        sheet_to_copy(PROCEDURE, here, wording(PERSON), meta, channel=here.channels[1]),
        proof(PROCEDURE, here, wording(PERSON), meta, []),
    ):
        said = " ".join(text_of(paper))
        assert "vous ne l'avez pas. Votre raison : Registre détruit." in said
        assert "vous l'apporterez" in said
    assert "Acte de naissance" not in said.partition("Ce qui manque")[2].partition("À apporter plus tard")[0]
    papers = tuple(replace(document, may_say=("will_bring", "do_not_have")) for document in PROCEDURE.documents)
    blank = " ".join(text_of(blank_form(replace(PROCEDURE, documents=papers), wording(), META)))
    assert blank.count("Si vous ne l'avez pas : écrivez ici pourquoi.") == 2, "not for what is brought later anyway"


def test_a_number_is_grouped_to_be_read_and_a_missing_answer_is_said() -> None:
    said = text_of(PAPERS["filled"]())
    assert "9912\u202f3456\u202f78" in said
    assert said[said.index("Téléphone") + 1] == "Pas encore répondu"
    nothing = journey({**PERSON, "number": None})
    without = text_of(filled_form(PROCEDURE, nothing, wording(), META))
    assert without[without.index("Numéro étranger") + 1] == "Pas de réponse (facultatif)"


def test_the_filled_form_holds_every_answer_and_names_each_item() -> None:
    said = text_of(PAPERS["filled"]())
    for part in (
        "Diop",
        "Awa",
        "2001-02",
        "3 rue des Lilas",
        "69003 Lyon",
        "Un voyage",
        "Oui",
        "Enfant Moussa",
        "Moussa",
    ):
        assert part in said


def test_a_letter_is_ready_to_sign_and_leaves_out_what_does_not_hold() -> None:
    said = text_of(PAPERS["letter"]())
    assert said[:4] == ("Awa Diop", "3 rue des Lilas", "69003 Lyon", "Numéro étranger : 9912\u202f3456\u202f78")
    assert said[4:7] == ("Monsieur le préfet", "Préfecture", "69003 Lyon")
    assert "À Lyon, le 2026-11-24" in said
    assert "Objet : Demande de travel" in said
    assert "Je voyage bientôt." in said
    assert "J'ai perdu mon papier." not in said
    assert said[said.index("Pièces jointes") + 1] == "Acte de naissance"


def test_a_message_has_no_address_no_day_and_nothing_to_sign() -> None:
    call = replace(PROCEDURE.letters[0], message=True, to=Text("Centre de contact\n0 806 001 620"))
    said = text_of(letter(call, journey(), wording(PERSON), META, travels, ["birth"]))
    assert said == (
        "À : Centre de contact, 0 806 001 620",
        "Objet : Demande de travel",
        "Je vous demande un document.",
        "Je voyage bientôt.",
        "Awa Diop",
        "Numéro étranger : 9912\u202f3456\u202f78",
        "Préparé avec Guichet. Guichet n'est pas un service de l'État.",
    )


def test_a_letter_gives_a_name_in_use_and_leaves_out_what_is_not_known() -> None:
    you = PROCEDURE.steps[0]
    fields = (
        Field("birth_name", "name", Text("Nom de naissance")),
        Field("used_name", "name", Text("Nom d'usage")),
        Field("first_names", "name", Text("Prénoms")),
        Field("address", "address", Text("Adresse"), unknown=Text("Je ne sais pas")),
        Field("child.first_names", "name", Text("Prénoms de l'enfant"), subject="other"),
    )
    answers = {
        "birth_name": "Diop",
        "used_name": "Ba",
        "first_names": "Awa",
        "address": {"unknown": True},
        "child.first_names": "Moussa",
    }
    person = replace(journey(), path=(Stop(you, Page("you", fields), fields=fields, key="you"),), answers=answers)
    said = text_of(letters(person, wording(), META, travels)[0])
    assert said[:2] == ("Awa Diop", "Nom d'usage : Ba")
    assert said[2].startswith("Adresse : ……")


def test_a_letter_without_known_sender_leaves_room_to_write() -> None:
    empty = journey({})
    said = text_of(letters(empty, wording(), META, travels)[0])
    assert said[0].startswith("Nom et prénoms : ……")
    assert said[1].startswith("Adresse : ……")


def test_the_blank_form_asks_every_question_with_its_choices_and_conditions() -> None:
    said = text_of(PAPERS["blank"]())
    for step in PROCEDURE.steps:
        assert step.title.source in said
        for field in step.fields:
            label = field.label.source if field.required else f"{field.label.source} (facultatif)"
            assert label in said
            for choice in field.choices:
                assert choice.label.source in said
    assert "Remplissez cette partie seulement si vous avez répondu « Un voyage » à la question 7." in said
    assert (
        "Répondez seulement si vous avez répondu « Non » à la question 9 et votre réponse à la question 8 n'est pas "
        "« Belgique » ni « Luxembourg »." in said
    )
    assert "Je n'ai pas de téléphone" in said
    assert "Je n'ai pas d'adresse stable" in said
    assert any(part.startswith("Laquelle ? ……") for part in said)


def test_an_outcome_is_said_right_after_the_step_that_decides_it() -> None:
    said = text_of(PAPERS["blank"]())
    place = said.index("Allez vite")
    assert said.index("Votre demande") < said.index("Autre") < place < said.index("Votre voyage")
    assert said[place + 1].startswith(
        "Si ce cas est le vôtre : Votre voyage est dans moins d'un mois ou vous avez répondu"
    )
    assert said[place + 2] == "Appelez la préfecture."


def test_the_blank_form_lists_documents_channels_contacts_and_hard_words() -> None:
    said = text_of(PAPERS["blank"]())
    assert "Facultatif si vous avez répondu « pas d'adresse stable » à la question 5 (sorte d'adresse)" in said
    assert "Sinon : obligatoire" in said
    assert "Soit : Attestation + Identité" in said
    assert "https://site.exemple.fr/demande" in said
    assert "Seulement si vous n'avez pas répondu « J'ai perdu mon papier » à la question 7" in said
    assert "Téléphone : 0 806 001 620 (appel gratuit)" in said
    assert "récépissé" in said


def test_a_hard_word_is_printed_as_it_was_translated() -> None:
    spoken = replace(wording(), text=lambda text, item: "receipt" if text.context.endswith("/word") else text.source)
    said = text_of(blank_form(PROCEDURE, spoken, META))
    assert said[said.index("receipt") + 1] == "Un papier provisoire."


def test_large_type_is_larger(made: dict[str, tuple[Paper, bytes]]) -> None:
    def sizes(pdf: bytes) -> set[float]:
        found: set[float] = set()
        for one in ReadBack(pdf, made["blank"][0].footer).reader.pages:
            one.extract_text(
                visitor_text=lambda text, cm, tm, font, size: found.add(round(size, 1)) if text.strip() else None
            )
        return found

    assert 16.0 in sizes(made["large"][1])
    assert 16.0 not in sizes(made["blank"][1])


def test_the_pdf_keeps_the_moment_it_was_made_at_whatever_its_zone() -> None:
    at = datetime(2026, 11, 24, 11, 30, 5, 987654, tzinfo=ZoneInfo("Europe/Paris"))
    pdf = render_pdf(replace(PAPERS["letter"](), made_at=at))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert opened.open_metadata()["xmp:CreateDate"] == "2026-11-24T10:30:05+00:00"


def _pages(*blocks: Block, kind: Literal["letter", "blank"] = "blank") -> list[str]:
    pdf = render_pdf(Paper(kind, "Titre", "fr", blocks))
    return [squeezed(one.extract_text()) for one in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def test_a_signature_never_stands_alone_on_a_page() -> None:
    """However many lines a letter has, what is signed is on the page that is signed."""
    counts = []
    for count in range(20, 32):
        text = [Paragraph(f"Phrase {number} de la lettre.") for number in range(count)]
        pages = _pages(*text, Paragraph("Je vous remercie."), Signature("Signature :"), kind="letter")
        counts.append(len(pages))
        (signed,) = (one for one in pages if squeezed("Signature :") in one)
        assert squeezed("Je vous remercie.") in signed
    assert set(counts) == {1, 2}, "the letters end around the foot of the page"


def test_hard_words_stand_close_together() -> None:
    rows = tuple(Pair(f"mot {number}", ("Ce que le mot veut dire.",)) for number in range(36))
    assert (len(_pages(Pairs(rows, "words"))), len(_pages(Pairs(rows)))) == (1, 2)


def test_a_very_long_question_goes_on_overleaf_and_a_short_one_does_not() -> None:
    above = [Paragraph("Une ligne.") for _ in range(37)]
    for count, begins in ((30, 0), (5, 1)):
        items = tuple(CheckItem(f"Choix {number}") for number in range(count))
        pages = _pages(*above, Question("1.", "Quel choix ?", body=(Checklist(items),)))
        assert [squeezed("Quel choix ?") in one for one in pages].index(True) == begins
        assert squeezed("Choix 0") in pages[begins]


def test_a_time_limit_that_is_over_is_told_as_over_with_what_can_still_be_done() -> None:
    def said(day: date) -> tuple[str, ...]:
        meta = replace(META, read_on=day)
        return text_of(proof(PROCEDURE, journey(), wording(), meta, ()))

    last, past = said(date(2027, 3, 24)), said(date(2027, 3, 25))
    assert "Sans réponse le 2027-03-24 (à vérifier)" in last
    assert "Sans réponse : le délai a fini le 2027-03-24 (à vérifier)" in past
    assert "Sans réponse le 2027-03-24 (à vérifier)" not in past
    assert "Le dernier jour pour déposer était le" in past
    assert "Déposez au plus tard le" in said(date(2026, 12, 31))
    assert "Après ce délai" in past
    assert "Après ce délai" not in last
