"""Questions: what assistive technology is told of each control, against what the procedure says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from app.audit.findings import Finding
from app.audit.mistakes import belongs
from app.audit.view import View, plain
from app.fields.parameters import autocomplete as token_of
from app.fields.wording import SourceTexts, Words
from app.locale import messages
from app.spec.model import Field, Text

GROUPS = frozenset({"yes_no", "radios", "checkboxes", "date", "address", "nationality"})
"""Kinds that are asked with several controls."""
RADIOS = frozenset({"yes_no", "radios"})
_PLACEHOLDER = re.compile(r"\{[^}]*\}")

Control = Mapping[str, Any]


def _said(text: Text | None, view: View) -> list[str]:
    """The pieces of an author's text that must be there: what stands between its placeholders."""
    if text is None:
        return []
    words = Words(view.state.locale, SourceTexts(view.state.locale), {}).plain(text)
    bare = re.sub(r"\[([^\]]*)\]\([^)]*\)|[*_`]", r"\1", words)
    return [piece for part in _PLACEHOLDER.split(bare) if (piece := plain(part))]


def _questions(view: View) -> Iterator[tuple[Field, list[Control]]]:
    """Each question of the page, with its own controls."""
    for question in view.state.asked.fields if view.state.asked else ():
        yield question, [one for one in view.page["controls"] if belongs(str(one["name"]), question)]


def _box(question: Field) -> str:
    """The id of the element that holds a question."""
    return f"{question.id}-question"


def _at(question: Field, controls: list[Control]) -> Mapping[str, Any] | str:
    return controls[0] if controls else f"#{question.id}"


def _own(controls: list[Control]) -> list[Control]:
    """The controls of the answer itself, without "I do not know", "the same as" and "which one?"."""
    return [one for one in controls if "__" not in str(one["name"])]


def name(view: View) -> Iterator[Finding]:
    """Every question is there, and its control or its group is called by the words of the procedure."""
    for question, controls in _questions(view):
        pieces = _said(question.label, view)
        if not controls:
            yield view.finding("name", f"#{question.id}", f"« {question.label.source} » n'est pas posée.", "11.1")
            continue
        if question.kind not in GROUPS:
            called = view.of(question.id).name
            if not all(piece in called for piece in pieces):
                why = f"« {question.label.source} » : le champ s'appelle « {called} »."
                yield view.finding("name", _at(question, controls), why, "11.1")
        for control in controls:
            called = view.of(str(control["id"])).name
            if not called or (control["placeholder"] and called == control["placeholder"]):
                why = f"« {question.label.source} » : un champ n'a pas de nom."
                yield view.finding("name", control, why, "11.1")
            elif control["label"] and not called.startswith(plain(control["label"])[:40]):
                why = f"le nom « {called} » n'est pas celui qui est écrit : « {control['label']} »."
                yield view.finding("name", control, why, "11.1", "11.2")


def group(view: View) -> Iterator[Finding]:
    """Several controls of one question stand in a group that bears its words."""
    for question, controls in _questions(view):
        if question.kind not in GROUPS or not controls:
            continue
        told = view.of(_box(question))
        if told.role not in ("group", "radiogroup"):
            why = f"« {question.label.source} » : les champs ne forment pas un groupe."
            yield view.finding("group", f"#{_box(question)}", why, "11.5")
        elif not all(piece in told.name for piece in _said(question.label, view)):
            why = f"« {question.label.source} » : le groupe s'appelle « {told.name} »."
            yield view.finding("group", f"#{_box(question)}", why, "11.6")
        for control in controls:
            if control["question"] != _box(question):
                why = f"« {question.label.source} » : un champ est hors de son groupe."
                yield view.finding("group", control, why, "11.5")


def description(view: View) -> Iterator[Finding]:
    """The hint, the example and the error of a question are read out with it, also when it is in error."""
    for question, controls in _questions(view):
        if not controls:
            continue
        holder = _box(question) if question.kind in GROUPS else question.id
        told = view.of(holder).description
        wanted = _said(question.hint, view)
        if question.example:
            wanted.append(plain(question.example))
        missing = [piece for piece in wanted if piece not in told]
        if missing:
            why = f"« {question.label.source} » : l'aide « {missing[0]} » n'est pas reliée au champ."
            yield view.finding("description", f"#{holder}", why, "11.10", "11.1")
        if view.state.asked and question.id in view.state.asked.codes:
            error = _error(view, question)
            if error is not None and plain(error["text"]) not in told:
                why = f"« {question.label.source} » : l'erreur n'est pas reliée au champ."
                yield view.finding("description", f"#{holder}", why, "11.10")


def required(view: View) -> Iterator[Finding]:
    """What must be answered says so to everybody: by its state, and by the word that the others bear."""
    mark = messages(view.state.locale).gettext("(facultatif)")
    for question, controls in _questions(view):
        own = _own(controls)
        if not own:
            continue
        told = []
        if question.kind in RADIOS:
            told = [view.of(_box(question)).required]
        elif question.kind not in GROUPS:
            # Chromium's tree leaves this state out for a list to unroll, whatever the page says.
            told = [own[0]["required"] if own[0]["tag"] == "select" else view.of(question.id).required]
        words = view.of(_box(question) if question.kind in GROUPS else question.id).name
        if any(one != question.required for one in told):
            state = "obligatoire" if question.required else "facultative"
            why = f"« {question.label.source} » est {state} : le champ ne le dit pas."
            yield view.finding("required", _at(question, own), why, "11.10")
        if (mark in words) == question.required:
            why = f"« {question.label.source} » : la mention « {mark} » n'est pas celle qu'il faut."
            yield view.finding("required", _at(question, own), why, "11.10")


def invalid(view: View) -> Iterator[Finding]:
    """A control in error is marked as wrong, and no other is."""
    if view.state.asked is None or not view.state.asked.codes:
        return
    for question, controls in _questions(view):
        if not controls:
            continue
        told = [view.of(str(one["id"])) for one in controls]
        if question.kind in GROUPS:
            told.append(view.of(_box(question)))
        code, marked = view.state.asked.codes.get(question.id), any(one.invalid for one in told)
        # Which sort of address it is, radio buttons ask, which have no such state; the group is described by its error.
        stateless = question.kind == "address" and code in ("required", "kind_missing")
        wrong = code is not None
        if wrong != marked and not stateless:
            why = "n'est pas marqué en erreur" if wrong else "est marqué en erreur sans l'être"
            yield view.finding("invalid", _at(question, controls), f"« {question.label.source} » {why}.", "11.10")


def message(view: View) -> Iterator[Finding]:
    """An error is told in words beside its question, says what to do, and says so without its colour."""
    if view.state.asked is None:
        return
    prefix = plain(messages(view.state.locale).gettext("Erreur :"))
    questions = {question.id: question for question in view.state.asked.fields}
    for id_, code in view.state.asked.codes.items():
        found = _error(view, questions[id_])
        label = questions[id_].label.source
        if found is None or not found["shown"]:
            yield view.finding("message", f"#{id_}", f"« {label} » : l'erreur n'est pas écrite.", "11.10", "11.11")
            continue
        if not plain(found["text"]).startswith(prefix):
            why = f"« {label} » : l'erreur ne commence pas par « {prefix} ». Sans la couleur, rien ne la montre."
            yield view.finding("message", found, why, "3.1", "11.10")
        known = view.state.asked.messages.get(id_)
        if known is not None and plain(known) not in plain(found["text"]):
            why = f"« {label} » : l'erreur {code} n'est pas dite avec ses mots : « {known} »."
            yield view.finding("message", found, why, "11.11")


def _error(view: View, question: Field) -> Control | None:
    return next((one for one in view.page["texts"] if one["id"] == f"{question.id}-error"), None)


def autocomplete(view: View) -> Iterator[Finding]:
    """The browser may fill in the applicant's own data, and nobody else's."""
    for question, controls in _questions(view):
        held = [one for one in _own(controls) if one["autocomplete"] not in (None, "off")]
        if question.subject == "other":
            for control in held:
                why = f"« {question.label.source} » parle de quelqu'un d'autre : le navigateur ne doit pas la remplir."
                yield view.finding("autocomplete", control, why, "11.13")
        elif (token := token_of(question)) not in (None, "off") and not held and question.kind not in RADIOS:
            why = f'« {question.label.source} » : autocomplete="{token}" manque.'
            yield view.finding("autocomplete", _at(question, controls), why, "11.13")


def order(view: View) -> Iterator[Finding]:
    """Questions stand in the order of the procedure, on the page as on the screen."""
    firsts = [(question, _own(controls)[0]) for question, controls in _questions(view) if controls]
    places = [view.page["controls"].index(control) for _, control in firsts]
    tops = [control["top"] for _, control in firsts if control["shown"]]
    if places != sorted(places) or tops != sorted(tops):
        yield view.finding("order-of-questions", "main form", "les questions ne sont pas dans l'ordre.", "12.8", "10.3")
