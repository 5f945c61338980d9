"""Worked examples: the persons of a `cases.yaml` walk through the procedure, and every difference from what was
foreseen is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.journey.answers import COUNTERS, VISITED
from app.journey.model import Journey, Stop
from app.journey.summary import answers_at
from app.journey.walk import build_journey
from app.kinds.base import UNKNOWN
from app.kinds.registry import kind
from app.spec.diagnostics import Findings, render
from app.spec.model import Field, Procedure
from app.spec.source import load
from app.spec.worked import check_worked_examples

MOST_ROUNDS = 50


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One person. `differences` are sentences for the author, empty when all came true; `line` is where the case
    begins.
    """

    person: str
    line: int
    differences: tuple[str, ...] = ()

    @property
    def came_true(self) -> bool:
        return not self.differences


class UnreadableCases(Exception):
    """The text is not a list of cases; the message says every reason, with file and line."""


def run_cases(procedure: Procedure, cases_text: str, *, file: str = "cases.yaml") -> list[CaseResult]:
    """Walk every person of `cases_text`. Raises `UnreadableCases`."""
    findings = Findings()
    check_worked_examples(cases_text, file, procedure, findings)
    errors = [found for found in findings.in_order() if found.severity == "error"]
    tree = None if errors else load(cases_text, file, Findings())
    if errors or tree is None:
        raise UnreadableCases("\n".join(render(found, cases_text.splitlines()) for found in errors))
    return [
        CaseResult(node.text("person") or "", node.span.line, tuple(_differences(procedure, node.to_plain())))
        for node in tree.items()
    ]


# --- answers
# --------------------------------------------------------------------------------------------------------------


def read_answers(procedure: Procedure, written: Mapping[str, Any]) -> dict[str, Any]:
    """Answers as they are stored, from those an author wrote: repeats may be lists of maps, or maps by choice."""
    questions = {question.id: question for step in procedure.steps for question in step.fields}
    repeats = {step.id for step in procedure.steps if step.repeat is not None}
    answers: dict[str, Any] = {}
    for name, value in written.items():
        if name in repeats:
            items = list(_items(value))
            answers[name] = [{"id": item, "answers": read_answers(procedure, inner)} for item, inner in items]
            numbers = [int(item) for item, _ in items if item.isdigit()]
            answers.setdefault(COUNTERS, {})[name] = max(numbers, default=0)
        else:
            answers[name] = _value(questions.get(name), value)
    return answers


def _items(written: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if isinstance(written, Mapping):
        for item, inner in written.items():
            yield str(item), inner
        return
    for place, item in enumerate(written, 1):
        if isinstance(item.get("answers"), Mapping):
            yield str(item.get("id", place)), item["answers"]
        else:
            yield str(place), item


def _value(question: Field | None, written: Any) -> Any:
    if isinstance(written, Mapping) and written.get("unknown") in (True, "yes", "true"):
        return dict(UNKNOWN)
    if isinstance(written, bool):
        return "yes" if written else "no"
    if question is not None and question.kind in ("nationality", "checkboxes") and isinstance(written, str):
        return [written]
    if question is not None and question.kind == "whole_number" and isinstance(written, str) and written.isdigit():
        return int(written)
    if isinstance(written, int | Decimal) and (question is None or question.kind != "whole_number"):
        return str(written)
    return written


# --- differences
# ----------------------------------------------------------------------------------------------------------


def journey_of(procedure: Procedure, case: Mapping[str, Any]) -> Journey:
    """The journey of the person of a case."""
    today = date.fromisoformat(str(case["today"]))
    started = date.fromisoformat(str(case.get("started", today)))
    filed = date.fromisoformat(str(case["filed"])) if "filed" in case else None
    return walk(procedure, read_answers(procedure, case.get("answers") or {}), today, started=started, filed=filed)


def walk(
    procedure: Procedure, answers: Mapping[str, Any], today: date, *, started: date, filed: date | None = None
) -> Journey:
    """The journey of a person who looked at every page: pages are marked as seen until no new one appears."""
    seen: list[str] = []
    for _ in range(MOST_ROUNDS):
        journey = build_journey(procedure, {**answers, VISITED: seen}, today, started=started, filed=filed)
        keys = [stop.key for stop in journey.path]
        if set(keys) <= set(seen):
            break
        seen = sorted({*seen, *keys})
    return journey


def _differences(procedure: Procedure, case: Mapping[str, Any]) -> Iterator[str]:
    journey = journey_of(procedure, case)
    sees = case.get("sees") or {}
    steps = list(dict.fromkeys(stop.step.id for stop in journey.path))
    documents = [needed.key if _by_item(sees, needed.key) else needed.document.id for needed in journey.documents]
    outcomes = [outcome.id for outcome in journey.outcomes]
    yield from _same("étapes", sees.get("steps"), steps, ordered=True)
    yield from _absent("étapes", sees.get("not_steps"), steps)
    yield from _same("documents", sees.get("documents"), list(dict.fromkeys(documents)))
    yield from _absent("documents", sees.get("not_documents"), documents)
    yield from _same("issues", sees.get("outcomes"), outcomes)
    yield from _absent("issues", sees.get("not_outcomes"), outcomes)
    yield from _levels(sees.get("levels") or {}, journey)
    yield from _same("prix", sees.get("fees"), [due.fee.fact for due in journey.fees])
    yield from _same("voies de dépôt", sees.get("channels"), [channel.id for channel in journey.channels])
    yield from _same("lettres", sees.get("letters"), [letter.id for letter in journey.letters])
    yield from _advice(sees.get("advice"), journey)
    yield from _dates(sees.get("dates") or {}, journey)
    yield from _errors(sees.get("errors") or {}, journey)


def _by_item(sees: Mapping[str, Any], key: str) -> bool:
    """Whether the author names this document item by item (`birth_certificate/1`)."""
    document = key.partition("/")[0]
    return any(str(written).startswith(f"{document}/") for written in sees.get("documents") or ())


def _same(what: str, foreseen: Sequence[str] | None, found: list[str], *, ordered: bool = False) -> Iterator[str]:
    if foreseen is None:
        return
    wanted = [str(one) for one in foreseen]
    missing = [one for one in wanted if one not in found]
    extra = [one for one in found if one not in wanted]
    if missing:
        yield f"{what} : prévu mais absent : {', '.join(missing)}"
    if extra:
        yield f"{what} : présent mais pas prévu : {', '.join(extra)}"
    if ordered and not missing and not extra and wanted != found:
        yield f"{what} : l'ordre est {', '.join(found)}"


def _absent(what: str, foreseen: Sequence[str] | None, found: list[str]) -> Iterator[str]:
    present = [str(one) for one in foreseen or () if str(one) in found]
    if present:
        yield f"{what} : présent alors que le cas dit que non : {', '.join(present)}"


def _advice(foreseen: Sequence[str] | None, journey: Journey) -> Iterator[str]:
    """Advice is named by the question where it is shown, or by words of its text."""
    if foreseen is None:
        return
    left = [shown.check for shown in journey.advice]
    for written in map(str, foreseen):
        check = next((one for one in left if one.at == written or written in one.says.source), None)
        if check is None:
            yield f"conseils : prévu mais absent : {written}"
        else:
            left.remove(check)
    for check in left:
        yield f"conseils : présent mais pas prévu : {check.at or check.says.source}"


def _levels(foreseen: Mapping[str, str], journey: Journey) -> Iterator[str]:
    """How much a document is needed; one that is named alone stands for each of its items."""
    for name, level in foreseen.items():
        found = [needed.level for needed in journey.documents if name in (needed.key, needed.document.id)]
        if set(found) != {level}:
            yield f"niveau : {name} : prévu {level}, trouvé {', '.join(dict.fromkeys(found)) or 'aucun document'}"


def _dates(foreseen: Mapping[str, Any], journey: Journey) -> Iterator[str]:
    for name, day in foreseen.items():
        found = journey.derived.get(name)
        shown = found.isoformat() if isinstance(found, date) else "aucune date"
        if shown != str(day):
            yield f"dates : {name} : prévu {day}, trouvé {shown}"


def _errors(foreseen: Mapping[str, str], journey: Journey) -> Iterator[str]:
    found = dict(faults(journey))
    for name, code in foreseen.items():
        if found.get(name) != code:
            yield f"erreurs : {name} : prévu {code}, trouvé {found.get(name, 'aucune erreur')}"
    for name, code in found.items():
        if name not in foreseen:
            yield f"erreurs : {name} : {code}, pas prévu"


def faults(journey: Journey) -> Iterator[tuple[str, str]]:
    """What would stop the person: by question, the code of the error (`check` for a check of the procedure)."""
    for shown in journey.errors:
        yield shown.check.at or shown.key, "check"
    for stop in journey.path:
        answers = answers_at(journey, stop)
        for question in stop.fields:
            value = answers.get(question.id)
            if value is None:
                if question.required:
                    yield question.id, "required"
            elif value != UNKNOWN:
                yield from _problems(question, value, answers, journey)
        if stop.is_list and not _enough(stop, journey):
            yield stop.step.id, "items"


def _enough(stop: Stop, journey: Journey) -> bool:
    repeat = stop.step.repeat
    return repeat is None or repeat.min <= len(journey.answers.get(stop.step.id, ())) <= repeat.max


def _problems(question: Field, value: Any, answers: Mapping[str, Any], journey: Journey) -> Iterator[tuple[str, str]]:
    of = kind(question.kind)
    settings = {name: _setting(name, held, answers, journey) for name, held in question.settings.items()}
    settings = {name: held for name, held in settings.items() if held is not None}
    choices = [choice.id for choice in question.choices]
    parsed = of.parse(of.raw(value, settings), settings, choices=choices, today=journey.today)
    if parsed.problems:
        yield question.id, parsed.problems[0].code


def _setting(name: str, held: Any, answers: Mapping[str, Any], journey: Journey) -> Any:
    """A limit may name an earlier date: its answer then, or no limit where there is none."""
    if name not in ("not_after", "not_before") or held == "today" or str(held)[:1].isdigit():
        return held
    found = answers.get(held, journey.answers.get(held))
    return found if isinstance(found, str) else None
