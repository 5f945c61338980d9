"""A word of the trade is explained on the page that uses it."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.pages.terms import terms_of
from app.pages.texts import TextRenderer
from app.spec.model import Procedure, Text
from app.spec.terms import pattern
from tests.procedures.people import _cases, procedure
from tests.web.installation import install
from tests.web.person import Person

GLOSSARY = {
    "titre de séjour": Text("Le papier qui dit que vous pouvez vivre en France."),
    "demande de titre de séjour": Text("Ce que vous demandez à la préfecture."),
    "OFII": Text("L'office qui accueille."),
    "recours": Text("Demander de changer une décision."),
}


def words_in(*texts: str) -> list[str]:
    made = Procedure("p", "fr", Text("T"), Text("S"), "0" * 64, glossary=GLOSSARY)
    return [term.word for term in terms_of(made, texts, map(Text, texts), TextRenderer(made, "fr"))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Avez-vous un titre de séjour ?", ["titre de séjour"]),
        ("Vos titres de séjour.", ["titre de séjour"]),
        ("Titre de séjour", ["titre de séjour"]),
        ("Votre demande de titre de séjour", ["demande de titre de séjour"]),
        (
            "Votre demande de titre de séjour, et votre titre de séjour.",
            ["titre de séjour", "demande de titre de séjour"],
        ),
        ("L'OFII vous écrit.", ["OFII"]),
        ("Les secours arrivent : parcours, discours.", []),
        ("ofii", []),
    ],
)
def test_a_term_is_found_as_a_whole_word(text: str, found: list[str]) -> None:
    assert words_in(text) == found


def test_a_page_explains_its_own_words_and_no_others(tmp_path: Path) -> None:
    person = Person(install(tmp_path).client()).start("dcem")
    terms = [node for node in person.page.iter("details") if node.get("class") == "terms"]
    assert len(terms) == 1
    shown = dict(zip(("".join(n.itertext()) for n in terms[0].iter("dt")), terms[0].iter("dd"), strict=True))
    assert "DCEM" in shown
    glossary = procedure("dcem").glossary
    assert set(shown) < set(glossary)
    assert "".join(shown["DCEM"].itertext()).startswith("Document de circulation pour étranger mineur")


def test_the_documents_page_explains_what_this_person_is_asked_for(tmp_path: Path) -> None:
    """Not the words of papers that are for others."""
    person = Person(install(tmp_path).client()).start("dcem")
    person.go_through(procedure("dcem"), _cases("dcem")[0]["answers"])
    assert person.key == "documents"
    terms = next(node for node in person.page.iter("details") if node.get("class") == "terms")
    assert "".join(next(terms.iter("summary")).itertext()) == "Mots expliqués"
    shown = ["".join(node.itertext()) for node in terms.iter("dt")]
    around = person.text.replace(" ".join("".join(terms.itertext()).split()), "")
    spellings = procedure("dcem").spellings
    assert [word for word in shown if not pattern(word, spellings.get(word, ())).search(around)] == []
    assert len(shown) == len(set(shown)) > 3
