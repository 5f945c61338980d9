"""A person who does anything, in any order: types right and wrong things, goes back, opens typed addresses. After each
thing done, what must always hold is checked against the store and against the pure journey.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from hypothesis import strategies as st
from sqlalchemy import delete
from werkzeug.test import TestResponse

from app.fields.field import UNKNOWN_CHOICE
from app.journey.model import Journey, Stop
from app.journey.walk import build_journey, stop_for
from app.kinds.base import UNKNOWN
from app.kinds.registry import kind
from app.spec.model import Field, Procedure
from app.store.tables import buckets
from app.web.guards import typable
from app.web.onward import reachable
from app.web.opendraft import OpenDraft
from app.web.pending import hidden_key, question_of
from app.web.published import Published
from app.web.site import EXTENSION
from tests.web.crashing import hidden
from tests.web.installation import MORNING, Installation
from tests.web.written import answers_of, data_of, record_of, site_of

ODD = ("", " ", "x", "0", "-1", "3", "12", "é\u202e<b>&", "a" * 300, "2026-02-30", "yes", "\u0663")
ELSEWHERE = ("", "check", "documents", "declaration", "receipt", "saved", "leave", "outcome/o0", "remove/s0/1", "erase")
Typed = dict[str, list[str]]


def serve(installation: Installation, slug: str) -> None:
    """Serve only this procedure, as a worker started now would."""
    site = site_of(installation)
    installation.app.extensions[EXTENSION] = replace(site, published=Published(site.store, [slug]))


def begin_again(installation: Installation) -> None:
    """Back to the first day; the limits on new drafts forget what was."""
    with site_of(installation).store.database.write() as connection:
        connection.execute(delete(buckets))
    installation.clock.now = MORNING


def texts_for(question: Field) -> st.SearchStrategy[Typed]:
    """What somebody may type or tick for a question: mostly an answer, else a mistake, something odd, or nothing."""
    of = kind(question.kind)
    right = [example.raw for example in of.examples if example.value is not None]
    wrong = [example.raw for example in of.examples if example.value is None]
    ids = [choice.id for choice in question.choices]
    if ids:
        single = st.sampled_from(ids).map(lambda one: {"": [one]})
        many = st.lists(st.sampled_from(ids), min_size=1, unique=True).map(lambda some: {"": some})
        good: st.SearchStrategy[Any] = many if question.kind == "checkboxes" else single
    else:
        good = st.sampled_from(right)
    odd = st.sampled_from(ODD).map(lambda text: {part: [text] for part in of.parts})
    raw = st.one_of(good, good, good, good, st.sampled_from(wrong) if wrong else odd, odd)
    names = {part: f"{question.id}-{part}" if part else question.id for part in of.parts}
    typed = raw.map(lambda parts: {names[part]: list(texts) for part, texts in parts.items() if part in names})
    if any(choice.specify for choice in question.choices):
        text = st.sampled_from(["", "Autre chose"])
        typed = st.tuples(typed, text).map(lambda pair: {**pair[0], f"{question.id}__specify": [pair[1]]})
    if question.unknown is not None:
        ticked = {question.id: [UNKNOWN_CHOICE]} if question.kind in ("radios", "yes_no") else None
        typed = st.one_of(typed, typed, st.just(ticked or {f"{question.id}__unknown": ["yes"]}))
    return typed


def flat(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers by address: `name`, `children/1`, `children/1/first`."""
    found: dict[str, Any] = {}
    for name, value in answers.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for item in value:
                found[f"{name}/{item['id']}"] = None
                found |= {f"{name}/{item['id']}/{inner}": text for inner, text in item["answers"].items()}
        elif value != []:
            found[name] = value
    return found


class Wanderer:
    """A draft of `procedure`, and the browser that holds it. Pages are not checked: other tests do."""

    def __init__(self, installation: Installation, procedure: Procedure) -> None:
        self.installation = installation
        self.procedure = procedure
        self.client = FlaskClient(installation.app, installation.app.response_class)
        start = f"/fr/{procedure.slug}/"
        begun = self.client.post(start, data=hidden(self.client.get(start).get_data(as_text=True)))
        assert begun.status_code == 303
        self.draft = urlsplit(begun.location).path.split("/")[3]
        self.token = hidden(self.get("leave").get_data(as_text=True))["csrf_token"]
        self.old: list[tuple[Stop, str]] = []
        """Pages seen before, with the digest of their forms: what Back shows."""

    # --- looking

    def url(self, page: str) -> str:
        return f"/fr/{self.procedure.slug}/{self.draft}/{page}"

    def get(self, page: str, *, htmx: bool = False) -> TestResponse:
        reply = self.client.get(self.url(page), headers={"HX-Request": "true"} if htmx else {})
        assert reply.status_code in (200, 303, 404), (page, reply.status_code)
        return reply

    @property
    def stored(self) -> dict[str, Any]:
        return flat(answers_of(self.installation, self.draft))

    @property
    def journey(self) -> Journey:
        """What the pure function makes of what is stored."""
        record, site = record_of(self.installation, self.draft), site_of(self.installation)
        started = record.started_at.astimezone(site.settings.zone).date()
        return build_journey(self.procedure, record.data["answers"], site.today(), started=started)

    # --- acting

    def open(self, page: str, *, htmx: bool) -> None:
        """Whatever the address: nothing changes."""
        before = self.stored
        self.get(page, htmx=htmx)
        assert self.stored == before

    def fill(self, stop: Stop, typed: Typed, *, button: str, htmx: bool, digest: str | None = None) -> TestResponse:
        """Send the form of a page, fresh or (`digest`) as it was shown some time ago."""
        if digest is None:
            digest = hidden(self.get(stop.key).get_data(as_text=True)).get("digest", "")
            self.old.append((stop, digest))
        before, now = self.stored, stop_for(self.journey, stop.key)
        # What no keyboard gives is left out when it arrives.
        typed = {control: [typable(text) for text in texts] for control, texts in typed.items()}
        sent = {**typed, "csrf_token": self.token, "digest": digest, "action": button}
        headers = {"HX-Request": "true"} if htmx else {}
        reply = self.client.post(self.url(stop.key), data=sent, headers=headers)
        assert reply.status_code in (200, 303, 409, 422), (stop.key, reply.status_code)
        self._nothing_else_changed(stop, before)
        saved = reply.status_code in (200, 303) and button == "continue"
        self._typed_is_kept(stop, typed, saved=now.fields if now and saved else ())
        return reply

    def press(self, page: str, **posted: str) -> TestResponse:
        reply = self.client.post(self.url(page), data={"csrf_token": self.token, **posted})
        assert reply.status_code in (303, 404, 422), (page, reply.status_code)
        return reply

    def add(self, step_id: str) -> None:
        before = self.stored
        self.press(step_id, action="add")
        fresh = {name: value for name, value in self.stored.items() if name not in before}
        assert {name: value for name, value in self.stored.items() if name in before} == before
        assert len(fresh) <= 1

    def remove(self, step_id: str, item: str) -> None:
        before = self.stored
        self.press(f"remove/{step_id}/{item}")
        gone = f"{step_id}/{item}"
        kept = {name: value for name, value in before.items() if name != gone and not name.startswith(f"{gone}/")}
        assert self.stored in (kept, before)

    def erase(self, name: str) -> None:
        before = self.stored
        self.press("erase-answer", field=name)
        gone = {one for one in before if one == name or one.startswith(f"{name}/") or one == f"{name}__specify"}
        assert self.stored == {one: value for one, value in before.items() if one not in gone}

    # --- what must hold

    def _names(self, stop: Stop) -> set[str]:
        place = f"{stop.step.id}/{stop.item}/" if stop.item else ""
        names = {f"{place}{question.id}" for question in stop.page.fields}
        item = {f"{stop.step.id}/{stop.item}"} if stop.item else set()
        return names | {f"{name}__specify" for name in names} | item

    def _nothing_else_changed(self, stop: Stop, before: dict[str, Any]) -> None:
        names, after = self._names(stop), self.stored
        assert {name: value for name, value in before.items() if name not in names} == {
            name: value for name, value in after.items() if name not in names
        }

    def _typed_is_kept(self, stop: Stop, typed: Typed, *, saved: Collection[Field]) -> None:
        """Every text is an answer now, or is kept exactly as it was typed. `saved` are the questions of a page that was
        saved.
        """
        pending = data_of(self.installation, self.draft).get("pending", {})
        kept = [pending[key] for key in (stop.key, hidden_key(stop.key)) if key in pending]
        place = f"{stop.step.id}/{stop.item}/" if stop.item else ""
        answers = self.stored
        for question in stop.page.fields:
            mine = {control: texts for control, texts in typed.items() if question_of(control) == question.id}
            texts = {control: texts for control, texts in mine.items() if any(texts)}
            if texts and any(texts.items() <= raw.items() for raw in kept):
                continue
            answer = answers.get(f"{place}{question.id}")
            wanted = read(question, mine, site_of(self.installation).today())
            if wanted is not None:
                assert answer == wanted, (stop.key, question.id, mine, answer, kept)
            elif question in saved and stop.key not in pending:
                given = depends(question) and any(text.strip() for sent in texts.values() for text in sent)
                assert (answer is not None) == given, (stop.key, question.id, mine, answer)

    def path_is_the_journeys(self) -> None:
        """Every page of the path that may be opened asks what the journey asks; every other address leads onward."""
        journey = self.journey
        opened = OpenDraft(site_of(self.installation), record_of(self.installation, self.draft), self.procedure, "")
        opened.__dict__["journey"] = journey
        by_key = {stop.key: stop for stop in journey.path}
        for key in dict.fromkeys((*by_key, *self._possible_keys())):
            reply, stop = self.get(key), by_key.get(key)
            if stop is None or not reachable(opened, stop):
                assert reply.status_code == 303, key
                assert self._key(reply.location) == self._next(journey), key
                continue
            assert reply.status_code == 200, key
            if not stop.is_list:
                assert asked(reply.get_data(as_text=True)) == {question.id for question in stop.fields}, key

    def _possible_keys(self) -> Iterator[str]:
        for step in self.procedure.steps:
            for page in step.pages:
                tail = page.id.removeprefix(step.id)
                yield from (f"{step.id}/{item}{tail}" for item in "12ab") if step.repeat else (page.id,)

    def _next(self, journey: Journey) -> str:
        if journey.outstanding is not None:
            return journey.outstanding.key
        if journey.stopped_by is not None:
            return f"outcome/{journey.stopped_by.id}"
        return "documents" if any(needed.due == "filing" for needed in journey.documents) else "check"

    def _key(self, location: str) -> str:
        return urlsplit(location).path.removeprefix(self.url(""))

    def send(self) -> Mapping[str, Any] | None:
        """The last act, where the journey is complete: what was frozen."""
        before, journey = self.stored, self.journey
        ticked = {"declared": [declared.id for declared in journey.declarations]}
        page = "declaration" if journey.declarations else "check"
        self.client.post(self.url(page), data={"csrf_token": self.token, "action": "continue", **ticked})
        frozen = site_of(self.installation).store.submissions.of_draft(self.draft)
        assert (frozen is not None) == journey.complete
        assert self.stored == before
        if frozen is None:
            return None
        assert frozen.content["answers"] == journey.answers
        sent = flat(frozen.content["answers"])
        assert not {name for name in sent for hid in journey.aside if name == hid or name.startswith(f"{hid}/")}
        return frozen.content


def depends(question: Field) -> bool:
    """Whether an answer depends on more than its own text: on another answer, on the day."""
    return bool({"not_after", "not_before"} & set(question.settings) or question.same_as)


def read(question: Field, typed: Typed, today: Any) -> Any:
    """The answer that this text is by itself; None when it is none, or when that depends on more than the text."""
    if typed.get(question.id) == [UNKNOWN_CHOICE] or f"{question.id}__unknown" in typed:
        others = [text for control, texts in typed.items() if not control.endswith("__unknown") for text in texts]
        return UNKNOWN if others in ([], [UNKNOWN_CHOICE]) else None
    if depends(question):
        return None
    of = kind(question.kind)
    parts = {part: typed.get(f"{question.id}-{part}" if part else question.id, []) for part in of.parts}
    exclusive = [choice.id for choice in question.choices if choice.exclusive]
    settings = {**question.settings, "exclusive": exclusive} if exclusive else question.settings
    value = of.parse(parts, settings, choices=tuple(c.id for c in question.choices), today=today).value
    chosen = value if isinstance(value, list) else [value]
    if any(choice.specify and choice.id in chosen for choice in question.choices):
        return value if any(typed.get(f"{question.id}__specify", ())) else None
    return value


def asked(html: str) -> set[str]:
    """The questions whose controls stand in the page's forms."""
    controls = re.findall(r'<(?:input type="(?!hidden)|select|textarea)[^>]*? name="([^"]+)"', html)
    return {question_of(name) for name in controls}
