"""What is proven: PR01 everything can be reached, PR02 no condition is constant in its place, PR03 every part of a
condition has an effect, PR04 nothing is read without being asked, PR05 every journey can be filed and talked over, PR06
no page refuses everything, PR07 each day for which the file speaks, PR08 each failure has somebody as an example.

Each proof is shown a file that fails it and one that passes.
"""

from __future__ import annotations

import pytest

from app.journey.walk import build_journey
from app.spec.codes.examples import EXAMPLES
from app.spec.diagnostics import render
from tests.verify.specs import TODAY, codes, compiled, proven, step

Q = 'kind: "yes_no", label: "Oui ?"'
DAY = 'kind: "date", label: "Quel jour ?"'
NUMBER = 'kind: "whole_number", label: "Combien ?"'


def steps(*texts: str) -> str:
    return "rules: {}\nsteps:\n" + "".join(texts)


def document(condition: str) -> str:
    return f'documents:\n  - {{id: "proof", title: "Un papier", when: {condition}}}\n'


# --- PR01


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        ('{a: "yes", b: "no"}', '{a: "yes", b: "yes"}'),
        ('{a: "no", b: {answered: "yes"}}', '{a: "yes", b: {answered: "yes"}}'),
        ('{n: {more_than: 5, less_than: 6}}', '{n: {more_than: 5, less_than: 7}}'),
        ('{n: {more_than: 10}}', '{n: {at_least: 10}}'),
        ('{d: {after: "today"}}', '{d: {before: "today"}}'),
        ('{d: {before: "2026-01-01", more_than_ahead: "1 day"}}', '{d: {before: "2026-01-01", more_than_ago: "1 day"}}'),  # noqa: E501
        ('{d: {less_than_ago: "1 month", more_than_ago: "2 months"}}', '{d: {less_than_ago: "3 months", more_than_ago: "2 months"}}'),  # noqa: E501
        ('{all: [{a: "yes"}, {none: [{a: "yes"}]}]}', '{all: [{a: "yes"}, {none: [{n: 3}]}]}'),
    ],
)  # fmt: skip
def test_pr01_a_document_nobody_gives_is_found(bad: str, good: str) -> None:
    asked = steps(
        step(f'id: "a", {Q}', f'id: "n", {NUMBER}, max: 10', f'id: "d", {DAY}, not_after: "today"'),
        step(f'id: "b", {Q}, when: {{a: "yes"}}', name="second"),
        step(f'id: "c", {Q}, when: {{b: "yes"}}', name="third"),
    )
    # For `b: "no"` to be impossible, it is refused.
    refuse = asked.replace('id: "second"', 'id: "second"\n    checks: [{when: {b: "no"}, says: "Non.", at: "b"}]', 1)
    assert "V03" in codes((refuse if "b:" in bad else asked) + document(bad))
    assert "V03" not in codes(asked + document(good))


def test_pr01_a_question_and_a_step_nobody_sees_are_found_once() -> None:
    first = step(f'id: "a", {Q}', f'id: "n", {NUMBER}')
    hidden = step(
        f'id: "b", {Q}', f'id: "c", {Q}, when: {{a: "yes"}}', name="hidden", more="    when: {n: {less_than: 0}}\n"
    )
    found = proven(steps(first, hidden))
    assert [(one.code, one.line) for one in found if one.code == "V01"] == [("V01", 22)]
    assert codes(steps(first, hidden.replace("less_than: 0", "less_than: 1"))) == []


def test_pr01_what_lies_behind_a_stop_for_everybody_is_found() -> None:
    asked = steps(step(f'id: "a", {Q}'), step(f'id: "b", {Q}', name="second"))
    stop = 'outcomes:\n  - {id: "end", effect: "stop", when: %s, title: "Fin", body: "Fin.", source: "Loi", go_to: [{title: "Appelez", phone: "3939"}]}\n'  # noqa: E501
    assert "V01" in codes(asked + stop % '{a: {answered: "yes"}}')
    assert codes(asked + stop % '{a: "no"}') == []


def test_pr01_a_second_stop_is_reached_only_past_the_first() -> None:
    asked = steps(step(f'id: "n", {NUMBER}'))
    row = '  - {id: "%s", effect: "stop", when: {n: {%s}}, title: "Fin", body: "Fin.", source: "Loi", go_to: [{title: "Appelez", phone: "3939"}]}\n'  # noqa: E501
    assert codes(asked + "outcomes:\n" + row % ("one", "less_than: 20") + row % ("two", "less_than: 10")) == ["V04"]
    assert codes(asked + "outcomes:\n" + row % ("one", "less_than: 10") + row % ("two", "less_than: 20")) == []


def test_pr01_a_need_behind_another_is_reached_only_past_it() -> None:
    asked = steps(step(f'id: "n", {NUMBER}'))
    need = 'documents:\n  - id: "proof"\n    title: "Un papier"\n    need: [{level: "required", when: {n: {less_than: %d}}}, {level: "optional", when: {n: {less_than: %d}}}]\n'  # noqa: E501
    assert codes(asked + need % (20, 10)) == ["V03"]
    assert codes(asked + need % (10, 20)) == []


def test_pr01_choices_that_a_check_always_refuses_are_found() -> None:
    kinds = 'id: "k", kind: "radios", label: "Lequel ?", choices: [{id: "x", label: "X"}, {id: "y", label: "Y"}]'
    check = '    checks: [{when: {k: "x", n: {less_than: %d}}, says: "Non.", at: "k"}]\n'
    _, refused = proven(steps(step(kinds, f'id: "n", {NUMBER}, max: 9', more=check % 10)))
    assert (refused.code, refused.witness and refused.witness["says"]) == ("V02", ["Lequel ? : X"])
    assert codes(steps(step(kinds, f'id: "n", {NUMBER}, max: 9', more=check % 9))) == []


@pytest.mark.parametrize("section", ["fee", "letter", "paragraph", "declaration", "silence", "window", "note", "check"])
def test_pr01_what_is_never_true_is_found_everywhere(section: str) -> None:
    texts = {
        "fee": 'fees: [{fact: "stamp", when: %s}]\n',
        "letter": 'letters: [{id: "l", title: "L", to: "À", subject: "S", body: "B", when: %s}]\n',
        "paragraph": 'letters: [{id: "l", title: "L", to: "À", subject: "S", paragraphs: [{text: "P", when: %s}]}]\n',
        "declaration": 'declarations: [{id: "d", text: "Je déclare.", when: %s}]\n',
        "silence": 'after_sending: {silence: [{after: "4 months", from: "filed", means: "Non", source: "Loi", when: %s}]}\n',  # noqa: E501
        "window": 'derived: {last: {date_plus: ["today", "1 month"]}}\nfile_between: {closes: "last", when: %s}\n',
        "note": 'steps:\n  - {id: "r", title: "R", fields: [{id: "n", kind: "whole_number", label: "N ?"}]}\n  - {id: "s", title: "S", notes: [{text: "N", when: %s}], fields: [{id: "m", kind: "yes_no", label: "M ?"}]}\nrules: {}\n',  # noqa: E501
        "check": 'steps:\n  - {id: "s", title: "S", checks: [{says: "N", level: "advice", when: %s}], fields: [{id: "n", kind: "whole_number", label: "N ?"}]}\nrules: {}\n',  # noqa: E501
    }
    base = steps(step(f'id: "n", {NUMBER}')) if "steps:" not in texts[section] else ""
    assert codes(base + texts[section] % "{n: {less_than: 0}}") == ["V07"]
    assert codes(base + texts[section] % "{n: {less_than: 1}}") == []


def test_pr01_two_things_that_read_the_same_answers_together_are_judged_with_all_that_each_reads() -> None:
    """One of them compares all that both compare; the other alone asks whether one of the answers is known."""
    asked = steps(
        step(
            f'id: "start", {DAY}, unknown: {{label: "Je ne sais pas", otherwise: "no"}}',
            f'id: "end", {DAY}, not_before: "start"',
        )
    )
    length = 'derived: {length: {between: ["start", "end"], unit: "months"}}\n'
    papers = (
        "documents:\n"
        '  - {id: "both", title: "Un papier", when: {length: {at_least: 3, at_most: 12}}}\n'
        '  - {id: "one", title: "Un autre", when: {any: [{length: {at_most: 12}}, {start: {unknown: "yes"}}]}}\n'
    )
    assert codes(length + asked + papers) == []


# --- PR02


def test_pr02_what_is_always_true_is_found() -> None:
    asked = steps(step(f'id: "a", {Q}'), step(f'id: "b", {Q}', name="second", more='    when: {a: "yes"}\n'))
    assert codes(asked + document('{b: ["yes", "no"]}')) == []
    late = step(f'id: "c", {Q}, when: {{a: "yes"}}', name="third", more='    when: {b: {answered: "yes"}}\n')
    assert codes(asked + late) == ["V06"]
    assert codes(asked + late.replace('a: "yes"', 'b: "yes"')) == []
    assert codes(steps(step(f'id: "n", {NUMBER}')) + document("{n: {at_least: 0}}")) == ["V06"]


def test_pr02_a_condition_is_judged_where_it_stands() -> None:
    """The same test sorts people in one place and not in another."""
    asked = steps(
        step(f'id: "a", {Q}'),
        step(f'id: "b", {Q}', f'id: "c", {Q}, when: {{a: "yes"}}', name="second", more='    when: {a: "yes"}\n'),
    )
    assert [(one.code, one.line) for one in proven(asked)] == [("V06", 26)]
    assert codes(asked.replace('    when: {a: "yes"}\n', "")) == []


# --- PR03


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ('{any: [{n: {at_least: 18}}, {n: {at_least: 20}}]}', ["V08"]),
        ('{any: [{n: {at_least: 18}}, {n: {at_least: 18}}]}', ["V08"]),
        ('{n: {at_least: 18}, all: [{n: {at_least: 16}}, {a: "yes"}]}', ["V08"]),
        ('{any: [{a: "yes"}, {n: {less_than: 0}}]}', ["V08"]),
        ('{all: [{a: "yes"}, {n: {at_least: 0}}]}', ["V08"]),
        ('{none: [{a: "yes"}, {n: {less_than: 0}}]}', ["V08"]),
        ('{any: [{a: "yes"}, {a: "no", n: 3}, {n: 3, b: "yes"}]}', ["V09"]),
        ('{any: [{a: "yes"}, {n: 3}]}', []),
        ('{a: "yes", n: 3}', []),
        ('{none: [{a: "yes"}, {n: 3}]}', []),
        ('{k: ["x", "y"]}', []),
        ('{any: [{k: ["x", "y"]}, {k: ["y", "z"], a: "yes"}]}', ["V09"]),
    ],
)  # fmt: skip
def test_pr03_a_part_without_effect_is_found(condition: str, expected: list[str]) -> None:
    kinds = ", ".join(f'{{id: "{one}", label: "L"}}' for one in "xyz")
    asked = steps(
        step(
            f'id: "a", {Q}',
            f'id: "b", {Q}',
            f'id: "n", {NUMBER}',
            f'id: "k", kind: "radios", label: "Quoi ?", choices: [{kinds}]',
        )
    )
    found = dict.fromkeys(codes(asked + document(condition)))
    assert [code for code in found if code != "V09" or "V09" in expected] == expected


def test_pr03_a_guard_is_no_idle_part() -> None:
    """Saying again what makes a question be asked is allowed: `none` even demands it."""
    asked = steps(step(f'id: "a", {Q}'), step(f'id: "n", {NUMBER}', name="second", more='    when: {a: "yes"}\n'))
    assert codes(asked + document('{a: "yes", n: {more_than: 3}}')) == []
    assert codes(asked + document('{a: "yes", none: [{n: {more_than: 3}}]}')) == []


def test_pr03_a_rule_is_judged_over_all_its_uses() -> None:
    asked = 'rules:\n  r: {says: "R", when: {any: [{a: "yes"}, {b: "yes"}]}}\nsteps:\n'
    asked += step(f'id: "a", {Q}', f'id: "b", {Q}')
    only = 'documents:\n  - {id: "one", title: "Un", when: {a: "no", rule: "r"}}\n'
    assert codes(asked + only) == ["V08"]
    assert codes(asked + only + '  - {id: "two", title: "Deux", when: {rule: "r"}}\n') == []


# --- PR04


def test_pr04_reading_what_nobody_there_was_asked_is_found() -> None:
    asked = steps(step(f'id: "a", {Q}', f'id: "c", {Q}'), step(f'id: "b", {Q}, when: {{a: "yes"}}', name="second"))
    bad = proven(asked + document('{any: [{a: "no", b: "no"}, {c: "yes"}]}'))
    assert [one.code for one in bad] == ["V10"]
    assert "« b »" in bad[0].message
    assert codes(asked + document('{any: [{a: "yes", b: "no"}, {c: "yes"}]}')) == []
    # Where nothing else is left of the condition, the reason stands beside what nobody sees.
    (never,) = proven(asked + document('{a: "no", b: "no"}'))
    assert (never.code, [str(one.message) for one in never.related]) == (
        "V03",
        ["Personne, ici, n'a eu à répondre à « b »."],
    )


@pytest.mark.parametrize("unknown", ["yes", "no"])
def test_pr04_not_knowing_is_an_answer(unknown: str) -> None:
    label = 'unknown: {label: "Je ne sais pas", otherwise: "no"}'
    asked = steps(step(f'id: "a", {Q}, {label}'))
    assert codes(asked + document(f'{{a: {{unknown: "{unknown}"}}}}')) == []
    assert codes(asked + document('{any: [{a: "yes"}, {a: "no"}]}')) == []
    every = document('{any: [{a: "yes"}, {a: "no"}, {a: {unknown: "yes"}}]}')
    assert codes(asked + every) == ["V06"]
    assert codes(asked.replace(label, f'required: "no", {label}') + every) == []


def test_pr04_an_empty_answer_is_an_answer_only_where_it_is_allowed() -> None:
    asked = steps(step(f'id: "a", {Q}'))
    assert codes(asked + document('{a: {answered: "no"}}')) == ["V03"]
    assert codes(asked.replace('"Oui ?"', '"Oui ?", required: "no"') + document('{a: {answered: "no"}}')) == []


def test_pr04_a_text_with_a_hole_is_found() -> None:
    asked = steps(step(f'id: "a", {Q}'), step(f'id: "n", {NUMBER}, when: {{a: "yes"}}', name="second"))
    text = 'outcomes: [{id: "o", when: {a: "%s"}, title: "Il y en a {answer.n}", body: "Voilà."}]\n'
    (hole,) = proven(asked + text % "no")
    assert (hole.code, hole.witness and hole.witness["answers"]["a"]) == ("V11", "no")
    assert codes(asked + text % "yes") == []


# --- PR05


def test_pr05_somebody_without_a_way_of_filing_is_found() -> None:
    asked = steps(step(f'id: "a", {Q}', f'id: "n", {NUMBER}'))
    way = '  %s: {kind: "%s", title: "Une voie", source: "Loi", when: %s}\n'
    online = way % ("anef", "external", '{a: "yes"}')
    (gap,) = proven(asked + "channels:\n" + online + way % ("paper", "post", "{n: {less_than: 5}}"))
    assert gap.code == "V12"
    assert gap.witness is not None
    assert (gap.witness["answers"]["a"], gap.witness["answers"]["n"] >= 5) == ("no", True)
    assert codes(asked + "channels:\n" + online + way % ("paper", "post", '{a: "no"}')) == []
    # The substitution route is no way to choose; a helping desk files nothing.
    for kind in ('kind: "substitution"', 'kind: "counter", files: "no"'):
        more = f'  help: {{{kind}, title: "Aide", source: "R431-2"}}\n'
        assert codes(asked + "channels:\n" + online + more) == ["V12"]
    elsewhere = 'outcomes: [{id: "o", effect: "first", when: {a: "no"}, title: "Ailleurs", body: "Là.", go_to: [{title: "Là", url: "https://example.fr/"}]}]\n'  # noqa: E501
    assert codes(asked + "channels:\n" + online + elsewhere) == []


def test_pr05_somebody_with_nobody_to_talk_to_is_found() -> None:
    asked = steps(step(f'id: "a", {Q}'))
    site = 'contacts: [{title: "Un site", url: "https://example.fr/"}]\n'
    desk = '  desk: {kind: "counter", title: "Le guichet", files: "no", source: "Loi"%s}\n'
    channels = 'channels:\n  anef: {kind: "external", title: "ANEF", source: "Loi"}\n'
    assert codes(asked + site) == ["V13"]
    assert codes(asked + site + channels + desk % ', when: {a: "yes"}') == ["V13"]
    assert codes(asked + site + channels + desk % "") == []


# --- PR06


def test_pr06_a_page_that_refuses_everything_is_found() -> None:
    check = '    checks:\n      - {when: {n: {less_than: %d}}, says: "Trop peu.", at: "n"}\n'
    assert "V14" in codes(steps(step(f'id: "n", {NUMBER}, max: 9', more=check % 10)))
    assert codes(steps(step(f'id: "n", {NUMBER}, max: 9', more=check % 9))) == []


def test_pr06_a_dead_end_for_some_is_found_with_who_they_are() -> None:
    first = step(f'id: "a", {Q}', f'id: "m", {NUMBER}, max: 20')
    check = '    checks:\n      - {when: {m: {more_than: 10}, k: ["x", "y"], a: "yes"}, says: "Non.", at: "k"}\n'
    kinds = 'id: "k", kind: "radios", label: "Quoi ?", choices: [{id: "x", label: "X"}, {id: "y", label: "Y"}]'
    (dead,) = [one for one in proven(steps(first, step(kinds, name="second", more=check))) if one.code == "V14"]
    assert dead.witness is not None
    assert (dead.witness["answers"]["a"], dead.witness["answers"]["m"] > 10) == ("yes", True)
    optional = kinds + ', required: "no"'
    assert "V14" not in codes(steps(first, step(optional, name="second", more=check)))


def test_pr06_limits_of_dates_that_leave_no_day_are_found() -> None:
    first = step(f'id: "a", {DAY}')
    second = step(f'id: "b", {DAY}, not_after: "today", not_before: "a"', name="second")
    (dead,) = proven(steps(first, second))
    assert dead.code == "V14"
    assert dead.witness is not None
    assert dead.witness["answers"]["a"] > dead.witness["today"]
    assert codes(steps(first.replace('"Quel jour ?"', '"Quel jour ?", not_after: "today"'), second)) == []
    assert codes(steps(first, second.replace('"a"}', '"a", unknown: {label: "?", otherwise: "no"}}'))) == []


# --- PR07


def test_pr07_each_interval_between_changes_of_a_fact_is_looked_at() -> None:
    """The gap opens only with the second value, and only for drafts begun since."""
    facts = 'facts:\n  n: {periods: [{value: 0, unit: "EUR", until: "2026-12-31", source: "Loi"}, {value: %d, unit: "EUR", from: "2027-01-01", source: "Loi"}]}\n'  # noqa: E501
    asked = steps(step(f'id: "n", {NUMBER}'))
    way = 'channels:\n  anef: {kind: "external", title: "ANEF", source: "Loi", when: {any: [{n: {at_least: {fact: "n"}}}, {n: {more_than: 3}}]}}\n'  # noqa: E501
    (gap,) = [one for one in proven(facts % 3 + asked + way) if one.code == "V12"]
    assert gap.witness is not None
    assert gap.witness["today"] == "2027-01-01"
    assert "V12" not in codes(facts % 0 + asked + way)


def test_pr07_a_thing_met_on_some_days_only_is_met() -> None:
    asked = steps(step(f'id: "d", {DAY}, not_after: "today"'))
    assert codes(asked + document('{d: {on_or_after: "2027-01-15"}}')) == []
    assert codes(asked + document('{d: {on_or_after: "2027-03-15"}}')) == ["V03"]


# --- PR08


def test_pr08_every_failure_shows_somebody_the_engine_agrees_about() -> None:
    asked = steps(
        step(f'id: "a", {Q}'), step(f'id: "n", {NUMBER}, max: 9', name="second", more='    when: {a: "yes"}\n')
    )
    sections = (
        asked
        + document("{n: {at_least: 0}}")
        + 'channels:\n  anef: {kind: "external", title: "ANEF", source: "Loi", when: {n: {less_than: 5}}}\n'
    )
    procedure = compiled(sections).procedure
    assert procedure is not None
    (gap,) = [one for one in proven(sections) if one.code == "V12"]
    assert gap.witness is not None
    journey = build_journey(procedure, gap.witness["answers"], TODAY, started=TODAY)
    assert (journey.complete, journey.channels) == (True, ())
    assert gap.witness["says"][0].startswith("Oui ? : ")


@pytest.mark.parametrize("code", [code for code in EXAMPLES if code.startswith("V")])
def test_every_failure_is_told_whole_in_english(code: str) -> None:
    """No French is left in it, the names of the file aside."""
    (found,) = proven(EXAMPLES[code][0])
    lines = render(found, language="en").split("\n")
    told = " ".join(line for line in lines if not line.startswith("      "))
    assert not set("«»éèàç") & set(told)
