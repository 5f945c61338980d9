"""Component parameters: what a template needs to draw a question. Every key is always there, so templates need no
guess.

`single`, `choices`, `select` and `group` are the four shapes; a kind's module picks one and adds its own touches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from app.fields.field import UNKNOWN_CHOICE, KindField, specify_part
from app.fields.wording import Words
from app.spec.model import Choice, Field, Text

Component = dict[str, Any]
Option = tuple[str, str]
"""Value and label."""


def _(source: str) -> str:
    return source


CHOOSE = _("Choisissez une réponse")


@dataclass(frozen=True, slots=True)
class Bound:
    """A question with the text of its controls and the reader's words."""

    field: KindField
    words: Words
    same_label: str | None = None
    """Label of the box "as for …"; None where there is nothing to copy."""

    @property
    def spec(self) -> Field:
        return self.field.spec

    def typed(self, part: str = "") -> str:
        """What a control shows: exactly what was typed."""
        texts = self.field.typed.get(part, ())
        return texts[0] if texts else ""


@dataclass(frozen=True, slots=True)
class Adapter:
    """What a kind's module gives: the parameters of its component, and a stored answer in words, a text a line."""

    component: Callable[[Bound], Component]
    lines: Callable[[Field, Any, Words], Sequence[str]]
    usual: Callable[[KindField], bool] = lambda field: True
    """Whether the question shows the same boxes as when nobody has answered it."""


def as_typed(field: Field, value: Any, words: Words) -> Sequence[str]:
    """The lines of an answer that is shown as it was typed."""
    return [str(value)]


def base(bound: Bound, **touches: Any) -> Component:
    """All keys, for one control; `touches` replace some."""
    spec, words = bound.spec, bound.words
    errors = faults(bound)
    component: Component = {
        "kind": spec.kind,
        "id": spec.id,
        "name": spec.id,
        "label": words.inline(spec.label),
        "optional": not spec.required,
        "required": spec.required,
        "hint": words.hint(spec.hint),
        "help": words.block(spec.help),
        "why": words.block(spec.why),
        "example": _example(spec, words),
        "error": " ".join(errors) or None,
        "group": False,
        "autocomplete": autocomplete(spec),
        "inputmode": None,
        "maxlength": None,
        "rows": None,
        "spellcheck": True,
        "width": "",
        "prefix": None,
        "suffix": None,
        "value": "",
        "choices": [],
        "options": [],
        "parts": [],
        "unknown": _unknown(bound),
        "same": _same(bound),
        "legend_is_h1": False,
    }
    component.update(touches)
    return component


def _example(spec: Field, words: Words) -> str | None:
    """What one may type. Sentences stay in the language of the procedure, which the office reads, and say so."""
    if spec.example is None or spec.kind not in ("text", "long_text"):
        return spec.example
    return words.inline(Text(spec.example, f"{spec.label.context.rpartition('/')[0]}/example"))


def faults(bound: Bound) -> list[str]:
    """What is wrong with the answer, in words, each fault once."""
    found = [bound.words.problem(bound.spec, problem) for problem in bound.field.problems]
    return list(dict.fromkeys([*found, *bound.field.page_errors]))


def _unknown(bound: Bound) -> Component | None:
    if bound.spec.unknown is None or bound.field.unknown_is_choice:
        return None
    name = f"{bound.spec.id}__unknown"
    return {
        "id": name,
        "name": name,
        "label": bound.words.inline(bound.spec.unknown),
        "checked": bound.field.unknown_ticked,
    }


def _same(bound: Bound) -> Component | None:
    if bound.same_label is None:
        return None
    name = f"{bound.spec.id}__same"
    return {"id": name, "name": name, "label": bound.same_label, "checked": bound.field.same_ticked}


_NAME_TOKENS = {
    "birth_name": "family-name",
    "family_name": "family-name",
    "last_name": "family-name",
    "first_names": "given-name",
    "first_name": "given-name",
    "given_names": "given-name",
    "full_name": "name",
    "sex": "sex",
    "country": "country",
    "birth_date": "bday",
}
_KIND_TOKENS = {"email": "email", "phone": "tel"}


def autocomplete(spec: Field) -> str | None:
    """The HTML token of a question about the person who fills; None about someone else, whose data no browser may fill
    in.
    """
    if spec.subject == "other":
        return "off" if spec.autocomplete == "off" else None
    if spec.autocomplete is not None:
        return spec.autocomplete
    return _KIND_TOKENS.get(spec.kind) or _NAME_TOKENS.get(spec.id.rpartition(".")[2])


def single(bound: Bound, **touches: Any) -> Component:
    """One box to type in."""
    return base(bound, value=bound.typed(), **touches)


def choices(
    bound: Bound, offered: Iterable[Option], *, name: str | None = None, required: bool | None = None
) -> Component:
    """Radio buttons or checkboxes of our own: value and label of each."""
    rows = [_choice(bound, place, value, label) for place, (value, label) in enumerate(offered)]
    return _choices(bound, rows, name=name, required=required)


def authored_choices(bound: Bound, *, required: bool | None = None) -> Component:
    """The radio buttons or checkboxes that the author lists."""
    words = bound.words
    rows = []
    for place, choice in enumerate(bound.spec.choices):
        row = _choice(bound, place, choice.id, words.inline(choice.label))
        specify = _specify(bound, choice)
        rows.append({**row, "hint": words.hint(choice.hint), "exclusive": choice.exclusive, "specify": specify})
    return _choices(bound, rows, required=required)


def _choices(bound: Bound, rows: list[Component], *, name: str | None = None, required: bool | None) -> Component:
    spec = bound.spec
    if spec.unknown is not None and bound.field.unknown_is_choice:
        row = _choice(bound, len(rows), UNKNOWN_CHOICE, bound.words.inline(spec.unknown))
        rows.append({**row, "id": f"{spec.id}__unknown", "checked": bound.field.unknown_ticked})
    needed = spec.required if required is None else required
    return base(bound, group=True, choices=rows, required=needed, name=name or spec.id)


def _choice(bound: Bound, place: int, value: str, label: str | Markup) -> Component:
    """One button. The first has the question's own id, so that links to the question reach a control."""
    picked = bound.field.typed.get("", ())
    return {
        "id": bound.spec.id if place == 0 else f"{bound.spec.id}-{value}",
        "value": value,
        "label": label,
        "hint": None,
        "checked": value in picked,
        "exclusive": False,
        "specify": None,
    }


def _specify(bound: Bound, choice: Choice) -> Component | None:
    if choice.specify is None:
        return None
    place = bound.field.specifying.index(choice)
    suffix = specify_part(place)
    texts = bound.field.texts
    errors = [bound.words.problem(bound.spec, problem) for problem in bound.field.problems if problem.part == suffix]
    return {
        "id": bound.spec.id + suffix,
        "name": f"{bound.spec.id}__specify",
        "label": bound.words.inline(choice.specify),
        "value": texts[place] if place < len(texts) else "",
        "error": errors[0] if errors else None,
    }


def options(words: Words, offered: Iterable[Option], picked: str) -> list[Component]:
    """The lines of a list to unroll, after an empty one."""
    lines = [{"value": "", "label": words.say(CHOOSE), "selected": not picked}]
    lines += [{"value": value, "label": label, "selected": value == picked} for value, label in offered]
    return lines


def select(bound: Bound, offered: Iterable[Option], **touches: Any) -> Component:
    """A long list to unroll."""
    return base(bound, value=bound.typed(), options=options(bound.words, offered, bound.typed()), **touches)


def part(bound: Bound, name: str, label: str, **touches: Any) -> Component:
    """One control among several. It is marked when a problem names it; when a problem names none, those that must be
    filled in are: an optional box in red would ask for what nobody needs.

    Touches: `optional` says so on the page; `conditional` is needed for some answers only, which its label tells;
    `offered` makes it a list of (value, label).
    """
    words, control = bound.words, bound.field.controls[name]
    needed = not (touches.get("optional") or touches.get("conditional"))
    faulty = any(problem.part == name or (problem.part is None and needed) for problem in bound.field.problems)
    offered = touches.pop("offered", None)
    component: Component = {
        "part": name,
        "id": control,
        "name": control,
        "label": words.say(label),
        "optional": False,
        "conditional": False,
        "value": bound.typed(name),
        "inputmode": None,
        "autocomplete": None,
        "width": "",
        "invalid": faulty,
        "error_id": f"{bound.spec.id}-error" if faulty else None,
        "options": [] if offered is None else options(words, offered, bound.typed(name)),
    }
    component.update(touches)
    return component


def group(bound: Bound, parts: list[Component], **touches: Any) -> Component:
    """Several boxes under one question."""
    return base(bound, **{"group": True, "parts": parts, "autocomplete": None, **touches})


def chosen_label(field: Field, value: Any, words: Words) -> str:
    """The label of a chosen answer; the id itself when a revision has removed it."""
    found = next((choice for choice in field.choices if choice.id == value), None)
    return str(value) if found is None else words.plain(found.label)
