"""Sending without a needed document is allowed, for nobody should be locked out; and nobody does it unawares."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.person import Person
from tests.web.written import SLUG, installed

STEPS = """
- {id: "you", title: "Vous", fields: [{id: "name", kind: "name", label: "Votre nom"}]}
"""
MORE = """
documents:
  - {id: "passport", title: "Votre passeport"}
  - {id: "letter", title: "Une lettre", need: "optional"}
declarations: [{id: "true", text: "Tout est vrai."}]
"""
WARNED = "après l’envoi, vous ne pourrez plus les ajouter ici"


@pytest.mark.parametrize("mode", ["authority", "prepare"])
def test_what_is_missing_is_said_before_and_after(tmp_path: Path, mode: str) -> None:
    environment = {"GUICHET_MODE": mode, "GUICHET_OPERATOR": "Préfecture d'essai"}
    person = Person(installed(tmp_path, STEPS, MORE, environment=environment).client()).start(SLUG)
    person.press(person.form(), "continue", name="Traoré")
    sends = mode == "authority"
    assert ("après l’envoi, ce n’est plus possible ici" in person.text) is sends
    assert ("l’ajouter plus tard" in person.text) is not sends
    person.press(person.form(action="/documents"), "continue")
    person.press(person.form(), "continue")
    assert person.key == "declaration"
    assert (WARNED in person.text) is sends
    if sends:
        listed = person.text.partition("Il manque encore")[2].partition(WARNED)[0]
        assert "Votre passeport" in listed
        assert "Une lettre" not in listed
    person.press(person.form(holds="declared"), "continue", declared=["true"])
    assert person.key == "receipt"
    listed = person.text.partition("Documents qui manquent" if sends else "Il manque encore")[2]
    assert "Votre passeport" in listed[:300]
    if sends:
        assert "partie sans ces documents" in person.text
