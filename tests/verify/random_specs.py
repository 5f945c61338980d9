"""Random small procedures, as text: every sort of test, of question and of place."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

COMPARE = ("at_least", "at_most", "more_than", "less_than")
DAYS = ("2026-10-01", "2026-11-20", "2026-12-15")


@dataclass(frozen=True)
class Asked:
    """A question that conditions may read."""

    id: str
    kind: str
    unknown: bool
    required: bool


def _field(draw: st.DrawFn, name: str, earlier: list[Asked]) -> tuple[str, Asked]:
    kind = draw(st.sampled_from(["yes_no", "radios", "checkboxes", "whole_number", "date", "date", "amount"]))
    unknown, required = draw(st.integers(0, 3)) == 0, draw(st.integers(0, 3)) != 0
    more = ""
    if kind == "radios":
        more = ', choices: [{id: "x", label: "X"}, {id: "y", label: "Y"}, {id: "z", label: "Z"}]'
    elif kind == "checkboxes":
        exclusive = ', exclusive: "yes"' if draw(st.booleans()) else ""
        more = f', choices: [{{id: "x", label: "X"}}, {{id: "y", label: "Y"}}, {{id: "z", label: "Z"{exclusive}}}]'
    elif kind in ("whole_number", "amount"):
        more = draw(st.sampled_from(["", ", max: 10", ", min: 3, max: 4"]))
    elif kind == "date":
        dates = [one.id for one in earlier if one.kind == "date"]
        limits = ["", ', not_after: "today"', *(f', not_before: "{one}"' for one in dates)]
        more = draw(st.sampled_from(limits))
    asked = Asked(name, kind, unknown, required)
    if unknown:
        more += ', unknown: {label: "?", otherwise: "no"}'
    if not required:
        more += ', required: "no"'
    return f'id: "{name}", kind: "{kind}", label: "Q ?"{more}', asked


def _test(draw: st.DrawFn, asked: list[Asked], derived: list[tuple[str, str]]) -> str:
    if derived and draw(st.integers(0, 2)) == 0:
        name, sort = draw(st.sampled_from(derived))
        if sort == "date":
            return f'{name}: {{{draw(st.sampled_from(["before", "on_or_after"]))}: "{draw(st.sampled_from(DAYS))}"}}'
        return f"{name}: {{{draw(st.sampled_from(COMPARE))}: {draw(st.integers(-20, 30))}}}"
    one = draw(st.sampled_from(asked))
    if one.unknown and draw(st.integers(0, 4)) == 0:
        return f'{one.id}: {{unknown: "{draw(st.sampled_from(["yes", "no"]))}"}}'
    if draw(st.integers(0, 6)) == 0:
        return f'{one.id}: {{answered: "{draw(st.sampled_from(["yes", "no"]))}"}}'
    return f"{one.id}: {_said(draw, one.kind)}"


def _said(draw: st.DrawFn, kind: str) -> str:
    """What is said of the answer to a question of some kind."""
    number = draw(st.integers(0, 12))
    if kind == "date":
        if draw(st.booleans()):
            operator = draw(st.sampled_from(["before", "after", "on_or_before", "on_or_after"]))
            return f'{{{operator}: "{draw(st.sampled_from([*DAYS, "today"]))}"}}'
        operator = draw(st.sampled_from(["more_than_ago", "less_than_ago", "less_than_ahead", "more_than_ahead"]))
        return f'{{{operator}: "{draw(st.integers(1, 60))} days"}}'
    if kind == "checkboxes":
        operator = draw(st.sampled_from(["includes_any", "includes_all", "includes_none"]))
        return f"{{{operator}: {draw(st.sampled_from(['[x]', '[x, y]', '[z]', '[y, z]']))}}}"
    if kind in ("yes_no", "radios"):
        choices = ['"yes"', '"no"'] if kind == "yes_no" else ['"x"', '["x", "y"]', '["y", "z"]', '{not_in: ["x"]}']
        return draw(st.sampled_from(choices))
    if draw(st.integers(0, 4)) == 0:
        return f"{{between: [{number}, {number + 2}]}}"
    return f"{{{draw(st.sampled_from(COMPARE))}: {number}}}"


def condition(draw: st.DrawFn, asked: list[Asked], derived: list[tuple[str, str]], depth: int = 2) -> str:
    """A condition as a flow map of one key."""
    sort = draw(st.integers(0, 5)) if depth else 0
    if sort < 3:
        return "{" + _test(draw, asked, derived) + "}"
    count = draw(st.integers(2, 3))
    parts = ", ".join(condition(draw, asked, derived, depth - 1) for _ in range(count))
    return f"{{{['all', 'any', 'none'][sort - 3]}: [{parts}]}}"


def _derived(draw: st.DrawFn, asked: list[Asked]) -> tuple[str, list[tuple[str, str]]]:
    dates = [one.id for one in asked if one.kind == "date"]
    amounts = [one.id for one in asked if one.kind in ("amount", "whole_number")]
    rows, names = "", list[tuple[str, str]]()
    if len(dates) > 1 and draw(st.booleans()):
        rows += f'  span: {{between: ["{dates[0]}", "{dates[1]}"], unit: "days"}}\n'
        names.append(("span", "number"))
    if dates and draw(st.booleans()):
        rows += f'  due: {{date_plus: ["{dates[-1]}", "{draw(st.integers(1, 40))} days"]}}\n'
        names.append(("due", "date"))
    if len(amounts) > 1 and draw(st.booleans()):
        rows += f'  total: {{sum: ["{amounts[0]}", "{amounts[1]}"]}}\n'
        names.append(("total", "number"))
    return ("derived:\n" + rows if rows else ""), names


@st.composite
def specs(draw: st.DrawFn) -> str:
    """The sections of a random procedure."""
    asked: list[Asked] = []
    steps = "steps:\n"
    for number in range(draw(st.integers(2, 3))):
        when = f"    when: {condition(draw, asked, [], 1)}\n" if asked and draw(st.booleans()) else ""
        rows, mine = "", list[Asked]()
        for place in range(draw(st.integers(1, 2))):
            row, one = _field(draw, f"q{number}{place}", asked)
            if asked and draw(st.integers(0, 3)) == 0:
                row += f", when: {condition(draw, asked, [], 1)}"
            rows += f"      - {{{row}}}\n"
            mine.append(one)
        checks = ""
        if draw(st.integers(0, 3)) == 0:
            read = condition(draw, [*asked, *mine], [], 1)
            checks = f'    checks: [{{when: {read}, says: "Non.", level: "error"}}]\n'
        steps += f'  - id: "s{number}"\n    title: "S"\n{when}{checks}    fields:\n{rows}'
        asked += mine
    text, derived = _derived(draw, asked)
    documents = "documents:\n" + "".join(
        f'  - {{id: "d{n}", title: "D", when: {condition(draw, asked, derived)}}}\n' for n in range(3)
    )
    stop = ', effect: "stop", source: "L", go_to: [{title: "T", phone: "3939"}]' if draw(st.booleans()) else ""
    outcomes = f'outcomes:\n  - {{id: "o", when: {condition(draw, asked, derived, 1)}, title: "O", body: "B."{stop}}}\n'
    channel = condition(draw, asked, derived, 1)
    channels = f'channels:\n  c: {{kind: "external", title: "C", source: "L", when: {channel}}}\n'
    return "rules: {}\n" + text + steps + documents + outcomes + channels
