"""Worked examples: what an author is told when a person does not see what was foreseen."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.spec.model import (
    Check,
    Choice,
    Derived,
    Document,
    Duration,
    Fact,
    Fee,
    Need,
    Outcome,
    Period,
    Procedure,
    Ref,
    Repeat,
)
from app.verify.cases import UnreadableCases, run_cases
from app.verify.cases_command import main
from tests.journey.building import a_procedure, f, is_, step, t

ROOT = Path(__file__).parents[2]


def procedure() -> Procedure:
    return a_procedure(
        step(
            "who",
            f("nat", "nationality"),
            f("adult", "yes_no"),
            f("end", "date"),
            checks=(Check(is_("adult", "no"), t("Demandez à un parent."), "advice", "adult"),),
        ),
        step("work", f("job", "radios", choices=(Choice("a", t("a")), Choice("b", t("b")))), when=is_("adult", "yes")),
        step("kids", f("first", required=False), repeat=Repeat(t("x"))),
        documents=(
            Document("card", t("c"), (Need("required"),)),
            Document("birth", t("b"), (Need("required"),), for_each="kids"),
        ),
        outcomes=(Outcome("fr", "stop", is_("nat", "FR"), t("s"), t("b")),),
        facts={"stamp": Fact("stamp", (Period(25, "EUR"),)), "late": Fact("late", (Period(9, "EUR"),))},
        fees=(Fee("stamp"), Fee("late", when=is_("nat", "FR"))),
        derived={"closes": Derived("closes", "date_minus", (Ref("end"), Duration(60, "days")), "date")},
    )


ANSWERS = """
    nat: ["SN"]
    adult: "yes"
    end: "2026-12-31"
    job: "a"
    kids:
      - first: "Awa"
"""


def differences(sees: str, answers: str = ANSWERS) -> tuple[str, ...]:
    text = f'- person: "Awa"\n  today: "2026-11-23"\n  answers:{answers}  sees:\n{sees}'
    (result,) = run_cases(procedure(), text)
    assert (result.person, result.line) == ("Awa", 1)
    return result.differences


@pytest.mark.parametrize(
    ("sees", "told"),
    [
        ('    steps: ["who", "work", "kids"]', ()),
        ('    steps: ["who", "kids"]', ("étapes : présent mais pas prévu : work",)),
        ('    levels: {card: "required", birth: "required"}', ()),
        ('    levels: {card: "optional"}', ("niveau : card : prévu optional, trouvé required",)),
        ('    levels: {"birth/2": "required"}', ("niveau : birth/2 : prévu required, trouvé aucun document",)),
        ('    fees: ["stamp"]', ()),
        ("    fees: []", ("prix : présent mais pas prévu : stamp",)),
        ('    steps: ["work", "who", "kids"]', ("étapes : l'ordre est who, work, kids",)),
        ('    not_steps: ["work"]', ("étapes : présent alors que le cas dit que non : work",)),
        ('    documents: ["birth", "card"]', ()),
        ('    documents: ["birth/1", "card"]', ()),
        ('    documents: ["card"]', ("documents : présent mais pas prévu : birth",)),
        ('    outcomes: ["fr"]', ("issues : prévu mais absent : fr",)),
        ('    advice: ["adult"]', ("conseils : prévu mais absent : adult",)),
        ('    dates: {closes: "2026-11-01"}', ()),
        ('    dates: {closes: "2026-11-02"}', ("dates : closes : prévu 2026-11-02, trouvé 2026-11-01",)),
        ('    errors: {job: "required"}', ("erreurs : job : prévu required, trouvé aucune erreur",)),
    ],
)
def test_each_difference_is_told_in_words(sees: str, told: tuple[str, ...]) -> None:
    assert differences(sees) == told


def test_a_missing_or_impossible_answer_is_a_difference_unless_foreseen() -> None:
    young = '\n    nat: ["SN"]\n    adult: "no"\n'
    assert differences('    advice: ["Demandez à un parent"]', young) == ("erreurs : end : required, pas prévu",)
    assert differences('    errors: {end: "required"}', young) == ()


def test_a_stop_outcome_ends_the_walk() -> None:
    french = '\n    nat: ["FR"]\n    adult: "yes"\n    end: "2026-12-31"\n'
    assert differences('    outcomes: ["fr"]\n    steps: ["who"]', french) == ()


def test_a_broken_file_is_refused_with_its_line() -> None:
    with pytest.raises(UnreadableCases, match=r"cases\.yaml"):
        run_cases(procedure(), '- person: "a"\n  person: "b"\n')


def test_the_command_exits_1_on_a_difference(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(ROOT / "procedures", tmp_path / "procedures")
    cases = tmp_path / "procedures" / "dcem" / "cases.yaml"
    cases.write_text(cases.read_text("utf-8").split("\n- person", 1)[0] + "\n", "utf-8")
    assert main([str(cases.parent)]) == 0
    cases.write_text(cases.read_text("utf-8").replace('turns_18: "2036-03-14"', 'turns_18: "2036-03-15"'), "utf-8")
    assert main([str(cases.parent)]) == 1
    assert "turns_18 : prévu 2036-03-15, trouvé 2036-03-14" in capsys.readouterr().out
    assert main([str(tmp_path / "nowhere")]) == 2
