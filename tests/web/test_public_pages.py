"""The start page says what to expect without drowning anybody: what everyone needs first, the rest by situation."""

from __future__ import annotations

from pathlib import Path

import html5lib

from tests.procedures.people import answers, procedure
from tests.web.installation import Installation
from tests.web.person import Person
from tests.web.written import SLUG, installed


def test_papers_of_some_situations_stand_apart_and_each_once(site: Installation) -> None:
    person = Person(site.client()).open("/fr/dcem/")
    page = html5lib.parse(person.html, treebuilder="etree", namespaceHTMLElements=False)
    lists = [node for node in page.iter("ul") if node.get("class") == "needs"]
    lines = ["".join(line.itertext()).strip() for found in lists for line in found.findall("li")]
    titles = {document.title.source for document in procedure("dcem").documents}
    assert len(lines) == len(set(lines))
    assert {title for title in titles if any(line.startswith(title) for line in lines)} == titles
    folded = page.findall(".//details//ul[@class='needs']")
    assert len(folded) == 1
    assert len(folded[0].findall("li")) > 10
    for line in folded[0].findall("li"):
        assert any(words in "".join(line.itertext()) for words in ("Si ", "Selon votre situation.", "si "))


def test_a_source_without_an_address_is_no_link(site: Installation) -> None:
    for url in ("/fr/dcem/", "/fr/provisional-paper/", "/fr/help"):
        person = Person(site.client()).open(url)
        assert [link for link in person.page.iter("a") if not link.get("href")] == []


def test_what_could_not_be_checked_is_listed_once(site: Installation) -> None:
    person = Person(site.client()).open("/fr/dcem/")
    heading = "Ce que nous n’avons pas pu vérifier"
    after = person.text.partition(heading)[2].partition("D’où viennent ces informations")[0]
    assert after.count("Attestation de domiciliation") == 1


def test_the_office_of_a_way_is_an_address_not_a_row_of_a_table(site: Installation) -> None:
    person = Person(site.client()).start("provisional-paper")
    given = answers("provisional-paper", {"risk_date": "2027-02-01"})
    person.go_through(procedure("provisional-paper"), given)
    person.open(f"/fr/provisional-paper/{person.draft}/check")
    person.press(person.form(action="/check"), "continue")
    form = person.form(action="/declaration")
    declared = [node.get("value") for node in person.page.iter("input") if node.get("type") == "checkbox"]
    person.press(form, "continue", declared=declared)
    cards = [node for node in person.page.iter("li") if "Préfecture – Val-de-Marne" in "".join(node.itertext())]
    lines = [line.strip() for line in cards[0].itertext() if line.strip()]
    place = lines.index("Préfecture – Val-de-Marne")
    assert lines[place + 1] == "Créteil"
    assert "94" not in lines


def test_a_paper_for_each_item_of_a_list_that_may_be_empty_depends_on_the_situation(site: Installation) -> None:
    person = Person(site.client()).open("/fr/change-of-address/")
    page = html5lib.parse(person.html, treebuilder="etree", namespaceHTMLElements=False)
    each = next(one for one in procedure("change-of-address").documents if one.for_each == "children")
    folded = page.findall(".//details//ul[@class='needs']/li")
    lines = [line for line in folded if each.title.source.split("{")[0].strip() in "".join(line.itertext())]
    assert len(lines) == 1


def test_a_price_that_sources_disagree_on_is_given_whole_and_to_be_checked(site: Installation) -> None:
    text = Person(site.client()).open("/fr/student-renewal/").text.replace("\u00a0", " ").replace("\u202f", " ")
    price = text.partition("Prix")[2].partition("Délais")[0]
    assert "100 € ou 150 €" in price
    assert "à vérifier" in price


def test_the_size_of_a_short_procedure_is_said_in_the_singular(tmp_path: Path) -> None:
    steps = '- {id: "you", title: "Vous", fields: [{id: "name", kind: "name", label: "Votre nom"}]}'
    shown = " ".join(Person(installed(tmp_path, steps).client()).open(f"/fr/{SLUG}/").text.split())
    assert "environ 1 minute " in shown.replace("\u202f", " ").replace("\xa0", " ")
    assert "1 question " in shown.replace("\u202f", " ").replace("\xa0", " ")
