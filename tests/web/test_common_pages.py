"""Pages printed once for everybody show each person their own answers, and nobody else's."""

from __future__ import annotations

from pathlib import Path

from tests.web.person import Person
from tests.web.written import SLUG, installed

STEPS = """\
- id: "you"
  title: "Vous"
  fields:
    - {id: "name", kind: "name", label: "Nom"}
    - {id: "sort", kind: "radios", label: "Sorte", choices: [{id: "a", label: "A"}, {id: "b", label: "B"}]}
- id: "after"
  title: "La demande de {answer.name}, le récépissé"
  fields:
    - {id: "place", kind: "text", label: "Où est né {answer.name} ?"}
    - {id: "reason", kind: "text", label: "Pourquoi ?"}
"""
GLOSSARY = """\
glossary: {"récépissé": "Le papier que {answer.name} reçoit."}
"""


def test_two_people_take_turns_on_the_same_pages(tmp_path: Path) -> None:
    site = installed(tmp_path, STEPS, GLOSSARY)
    names = ("Zoubeida", "Wei")
    people = {name: Person(site.client()).start(SLUG) for name in names}
    for name, person in people.items():
        person.press(person.form(), "continue", name=name, sort="a" if name == "Wei" else "b")
        person.press(person.form(), "continue", place=f"Chez {name}", reason=f"Pour {name}")
    for key in ("you", "after", "you"):
        for name, person in people.items():
            person.open(f"/fr/{SLUG}/{person.draft}/{key}")
            other = next(each for each in names if each != name)
            assert name in person.html
            assert other not in person.html
            assert person.draft in person.html
            assert people[other].draft not in person.html
            form = person.form()
            assert form.values.get("sort", "") in ({"Wei": "a"}.get(name, "b"), "")
            person.press(form, "continue")
            assert person.reply.status_code == 200
