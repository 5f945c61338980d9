"""What is proven of a procedure that only leads elsewhere: everybody comes to an end that helps."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.paper.compose import Meta, blank_form
from app.paper.model import text_of
from app.paper.wiring import wording_for
from app.spec.compiler import compile_folder
from app.spec.diagnostics import Diagnostic, Findings, render
from app.verify.coverage import coverage
from app.verify.diff import difference
from app.verify.telling import prove
from tests.paper.sample import META
from tests.procedures.people import PROCEDURES, procedure

SLUG = "which-procedure"
LAST = '  - id: "other_permit"\n    effect: "stop"\n'


def found(folder: Path, old: str = "", new: str = "") -> list[Diagnostic]:
    """What check says of the shipped router, with one text in place of another."""
    shutil.copytree(PROCEDURES, folder / "procedures")
    file = folder / "procedures" / SLUG / "procedure.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    compiled = compile_folder(file.parent, folder / "procedures" / "shared", folder / "procedures" / "tables")
    findings = Findings()
    prove(compiled, findings)
    return [*(one for one in compiled.diagnostics if one.severity == "error"), *findings.in_order()]


def test_conditions_that_only_paper_needs_are_no_fault(tmp_path: Path) -> None:
    assert found(tmp_path) == []


def test_somebody_who_is_led_nowhere_is_found_where_the_file_says_router(tmp_path: Path) -> None:
    (gap,) = found(tmp_path, LAST, LAST.replace("stop", "advise"))
    assert (gap.code, gap.line) == ("V12", 2)
    assert "kind: router" in render(gap)


@pytest.mark.parametrize(
    ("key", "lines"),
    [
        ("fees", '  - fact: "late_fee"\n'),
        ("declarations", '  - id: "true_answers"\n    text: "Mes réponses sont vraies."\n'),
        ("documents", '  - id: "photo"\n    title: "Une photo"\n'),
    ],
)
def test_what_is_filed_has_no_place_in_it(tmp_path: Path, key: str, lines: str) -> None:
    codes = [one.code for one in found(tmp_path, "\noutcomes:\n", f"\n{key}:\n{lines}\noutcomes:\n")]
    assert "M25" in codes


def test_another_procedure_without_a_way_of_filing_is_not_accepted(tmp_path: Path) -> None:
    faults = found(tmp_path, 'kind: "router"\n', "")
    assert [one for one in faults if "channels" in str(one)] != []


def test_examples_that_an_outcome_stops_show_which_part_of_a_condition_decided() -> None:
    folder = PROCEDURES / SLUG
    compiled = compile_folder(folder, PROCEDURES / "shared", PROCEDURES / "tables")
    cases = (folder / "cases.yaml").read_text(encoding="utf-8")
    assert [goal.words for goal in coverage(compiled, cases).missing] == []
    fewer = cases[: cases.index('- person: "Diego, salarié, le jour')]
    assert any("office_from" in goal.words for goal in coverage(compiled, fewer).missing)


@pytest.mark.parametrize(
    ("site", "expected"),
    [
        ("", "demandez le formulaire sur papier « dcem »"),
        ("https://exemple.fr/fr/", "sur internet, https://exemple.fr/fr/dcem/, ou le formulaire sur papier « dcem »"),
    ],
)
def test_paper_says_where_the_other_procedure_is(site: str, expected: str) -> None:
    router = procedure(SLUG)
    meta = Meta("", META.at, site=site)
    words = text_of(blank_form(router, wording_for(router, None, "fr"), meta))
    said = "\n".join(words).replace("\u00a0", " ").replace("\u202f", " ")
    assert expected in said
    assert "Ce papier sert à trouver votre démarche." in said
    assert "Date et signature" not in said


def test_a_condition_that_only_paper_shows_is_told_by_diff(tmp_path: Path) -> None:
    """On the pages everybody with another goal has left before the step; on paper nothing stops a reader."""
    shutil.copytree(PROCEDURES, tmp_path / "procedures")
    folder = tmp_path / "procedures" / SLUG
    beside = (folder.parent / "shared", folder.parent / "tables")
    before, file = compile_folder(folder, *beside), folder / "procedure.yaml"
    text = file.read_text(encoding="utf-8")
    only = '    title: "Votre titre de séjour"\n    when:\n      goal: "renew"\n'
    assert only in text
    file.write_text(text.replace(only, only.split("    when", maxsplit=1)[0]), encoding="utf-8")
    after = compile_folder(folder, *beside).procedure
    assert after is not None
    assert [change.words for change in difference(SLUG, before, after).changes] == [
        "Étape « Votre titre de séjour » : sur le formulaire en papier, la condition change."
    ]
