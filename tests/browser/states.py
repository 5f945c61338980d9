"""Every state of every page, as the service prints it: reached through the test client, in seconds instead of minutes.

What only shows in a browser that goes there by itself (swaps, focus, network) is in the walks.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.pages.render import render_page
from app.pages.views import Chrome, View
from app.store.drafts import Drafts
from app.store.limits import TooManyDrafts
from app.verify.cases import read_answers
from app.web import queue, respond
from app.web.site import EXTENSION, Site
from tests.procedures.people import _cases, procedure
from tests.uploads.making import archive, blurred, frames, heic, locked, pdf, png_of, runs_at_opening, without_pages
from tests.web.auditing import audited
from tests.web.installation import Installation, install
from tests.web.person import MOST_PAGES, AnswerSheet, Form, Person
from tests.web.written import SLUG, installed

SLUGS = ("dcem", "provisional-paper")
ENDINGS = 5
"""Examples of each procedure that go on to the ready page; the others add nothing but rows to it."""
JPEG = b"\xff\xd8\xff\xe0" + bytes(2000) + b"\xff\xd9"
PDF = b"%PDF-1.7\n" + b"x" * 2000 + b"\nstartxref\n0\n%%EOF\n"
REFUSED: dict[str, tuple[str, bytes]] = {
    "empty file": ("photo.jpg", b""),
    "other format": ("acte.docx", b"PK\x03\x04" + bytes(200)),
    "unknown format": ("notes.txt", b"Bonjour"),
    "film": ("film.mp4", b"\x00\x00\x00\x18ftypisom" + bytes(200)),
    "macros": ("lettre.docm", archive(("[Content_Types].xml", b""), ("word/vbaProject.bin", bytes(200)))),
    "cut short": ("acte.pdf", PDF[:500]),
    "too heavy": ("acte.pdf", PDF[:-20] + b"x" * 10_500_000 + PDF[-20:]),
}
"""A file that is not taken, for each reason that the service gives at once."""
REFUSED_LATER: dict[str, tuple[str, bytes]] = {
    "damaged": ("acte.pdf", PDF),
    "locked": ("code.pdf", locked("secret")),
    "no page": ("vide.pdf", pdf(1, without_pages)),
    "thousand pages": ("livre.pdf", pdf(300)),
    "bomb": ("bombe.png", png_of(60_000, 60_000)),
    "one dot": ("point.png", png_of(1, 1, bytes(4))),
    "several pages": ("fax.tif", frames(2)),
}
"""A file that is not kept, for each reason that the queue gives; a virus and a process that ends are put there."""


@dataclass(frozen=True)
class State:
    """A page as it came: `name` says which and in which state, `view` which kind of page the service printed."""

    name: str
    path: str
    status: int
    html: str
    view: str


@dataclass
class States:
    """Collects states; a name is taken once."""

    found: dict[str, State] = field(default_factory=dict)
    _views: dict[int, str] = field(default_factory=dict)

    def __contains__(self, name: str) -> bool:
        return name in self.found

    def take(self, name: str, reply: TestResponse) -> None:
        # What the test client sent, when it was large, is a file on disk that nothing else closes.
        reply.request.environ["wsgi.input"].close()
        if name not in self.found:
            html = reply.get_data(as_text=True)
            self.found[name] = State(name, reply.request.path, reply.status_code, html, self._view_of(html))

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Remember which view each page inside was printed from."""

        def remember(view: View, chrome: Chrome, *, partial: bool = False) -> str:
            html = render_page(view, chrome, partial=partial)
            self._views[hash(html)] = type(view).__name__
            return html

        with patch.object(respond, "render_page", remember):
            yield

    def _view_of(self, html: str) -> str:
        return self._views[hash(html)]


def examples(slug: str) -> list[int]:
    """Few worked examples that together meet every step, outcome and letter which any of them meets."""
    cases = _cases(slug)
    met = {place: _met(case["sees"]) for place, case in enumerate(cases) if not case["sees"].get("errors")}
    chosen: list[int] = []
    left = set().union(*met.values())
    while left:
        best = max(met, key=lambda place: len(met[place] & left))
        chosen.append(best)
        left -= met[best]
    return chosen


def _met(sees: Mapping[str, Any]) -> set[str]:
    return {f"{sort}: {name}" for sort in ("steps", "outcomes", "letters", "advice") for name in sees.get(sort, ())}


def site_in(folder: Path, **environment: str) -> Installation:
    """An installation whose client does not check pages: other tests do, here they are looked at."""
    site = install(folder, environment=environment)
    site.app.test_client_class = FlaskClient
    site.app.add_url_rule("/fr/fault", "fault", lambda: 1 // 0)
    return site


def every_state(folder: Path) -> dict[str, State]:
    """All states of both procedures and of the pages around them."""
    states = States()
    prepare = site_in(folder / "prepare", GUICHET_MAX_UPLOAD_MB="12")
    authority = site_in(folder / "authority", GUICHET_MODE="authority", GUICHET_OPERATOR="Préfecture d'essai")
    with states.watching():
        _public(states, prepare)
        _closed(states, folder / "closed")
        for slug in SLUGS:
            for rank, place in enumerate(examples(slug)):
                _draft(states, prepare, slug, place, to_the_end=rank < ENDINGS)
        _sent(states, authority)
        _carried(states, prepare)
        _phones(states, prepare)
        _failures(states, prepare)
    return states.found


def _visitor(site: Installation) -> Person:
    return Person(site.app.test_client())  # type: ignore[arg-type]  # unchecked on purpose


def _person(site: Installation, slug: str, place: int) -> tuple[Person, Mapping[str, Any]]:
    case: Mapping[str, Any] = _cases(slug)[place]
    site.clock.now = datetime.combine(date.fromisoformat(case["today"]), time(9, 30), UTC)
    return _visitor(site).start(slug), case


def _closed(states: States, folder: Path) -> None:
    """A procedure that cannot be begun: too early, too late, suspended."""
    days = """
valid_from: "2026-12-01"
valid_until: "2026-12-31"
"""
    steps = """
- {id: "you", title: "Vous", fields: [{id: "name", kind: "name", label: "Votre nom"}]}
"""
    suspended = """
suspended: {title: "Service fermé", body: "Une décision de justice suspend cette démarche.", since: "2026-11-01"}
"""
    for name, more, day in (
        ("not yet", days, date(2026, 11, 30)),
        ("no longer", days, date(2027, 1, 1)),
        ("suspended", suspended, date(2026, 11, 30)),
    ):
        site = installed(folder / name, steps, more)
        site.app.test_client_class = FlaskClient
        site.clock.now = datetime.combine(day, time(9, 30), UTC)
        person = _visitor(site)
        states.take(f"closed, {name}: catalogue", person.open("/fr/").reply)
        states.take(f"closed, {name}: start", person.open(f"/fr/{SLUG}/").reply)
        with_token = {"csrf_token": person.open("/fr/resume").form(holds="code").values["csrf_token"]}
        states.take(f"closed, {name}: refused", person.client.post(f"/fr/{SLUG}/", data=with_token))


def _public(states: States, site: Installation) -> None:
    person = _visitor(site)
    for name, path in (("catalogue", ""), *((name, name) for name in ("help", "accessibility", "offline"))):
        states.take(name, person.open(f"/fr/{path}").reply)
    with audited(site, "NC", "NT"):
        states.take("accessibility, audited", person.open("/fr/accessibility").reply)
    for slug in SLUGS:
        states.take(f"{slug}: start", person.open(f"/fr/{slug}/").reply)
        states.take(f"{slug}: start, begun here", person.start(slug).open(f"/fr/{slug}/").reply)
    states.take("catalogue, begun here", person.open("/fr/").reply)


def _draft(states: States, site: Installation, slug: str, place: int, *, to_the_end: bool) -> None:
    """One example from its first question on, leaving the path where a new page has states to show."""
    person, case = _person(site, slug, place)
    sheet = AnswerSheet(procedure(slug), read_answers(procedure(slug), case["answers"]))
    if f"{slug}: check, nothing answered" not in states:
        states.take(f"{slug}: check, nothing answered", person.open(_below(person, "check")).reply)
        person.open(_below(person, ""))
    for _ in range(MOST_PAGES):
        if not person._asks():
            break
        _page(states, person, sheet, slug)
        assert person.reply.status_code == 200, (person.url, person.errors())
    if person.key.startswith("outcome/"):
        states.take(f"{slug}: {person.key}", person.reply)
    elif to_the_end:
        _ending(states, person, slug, f"{slug}: example {place}")


def _page(states: States, person: Person, sheet: AnswerSheet, slug: str) -> None:
    """The page in front of them: as it is, then wrong in each way, then answered."""
    shape = "/".join("…" if part.isdigit() else part for part in person.key.split("/"))
    name, here, untouched = f"{slug}: {shape}", person.url, person.reply
    asks = not person.key.startswith("outcome/")
    if 'class="box advice"' in person.html:
        name += ", advice"
    elif 'class="items"' in person.html:
        name += ", list"
    first = asks and name not in states
    states.take(name, untouched)
    if first and name.endswith(", list"):
        states.take(f"{name}, removing", person.follow("Supprimer").reply)
        person.reply, person.url = untouched, here
    if first:
        _go_wrong(states, person, name)
        _answer_afresh(person.open(here), sheet)
    else:
        person._answer_page(sheet)
    if first:
        onward = person.reply, person.url
        states.take(f"{name}, filled", person.open(here).reply)
        _conflict(states, person, untouched, name)
        person.reply, person.url = onward


def _answer_afresh(person: Person, sheet: AnswerSheet) -> None:
    """Answer a page that still shows what was refused before."""
    form = person.form(action=urlsplit(person.url).path)
    if person.key in sheet.repeats:
        person._answer_page(sheet)
        return
    ticks = {box.get("name") for box in person.page.iter("input") if box.get("type") in ("radio", "checkbox")}
    for control in form.names:
        form.values.setlist(control, [] if control in ticks else ["" for _ in form.values.getlist(control)])
        sheet.put(form, control, person.key)
    person.press(form, "continue")


def _conflict(states: States, person: Person, untouched: TestResponse, name: str) -> None:
    """Another window sends the page as it was before, with another choice."""
    slug = name.partition(":")[0]
    if any(known.startswith(slug) and known.endswith("conflict") for known in states.found):
        return
    chosen = [box for box in person.page.iter("input") if box.get("type") == "radio"]
    other = next((box for box in chosen if box.get("checked") is None), None)
    if other is None:
        return
    person.reply = untouched
    person.press(person.form(), "continue", **{other.get("name", ""): other.get("value", "")})
    assert person.reply.status_code == 409, (name, person.reply.status_code)
    states.take(f"{name}, conflict", person.reply)


def _go_wrong(states: States, person: Person, name: str) -> None:
    here = person.url
    form = person.form(action=urlsplit(here).path)
    blank = dict.fromkeys(form.names, "")
    for state, typed in (("unanswered", blank), ("nonsense", dict.fromkeys(form.names, "?!"))):
        person.press(form, "continue", **typed)
        if person.reply.status_code == 422:
            states.take(f"{name}, {state}", person.reply)
        person.url = here
    person.press(form, "continue", **blank, csrf_token="")
    states.take(f"{name}, token refused", person.reply)


def _ending(states: States, person: Person, slug: str, name: str) -> None:
    base = _below(person, "")
    states.take(f"{name}: documents", person.reply)
    if f"{slug}: documents, one given" not in states:
        _documents(states, person, slug)
    states.take(f"{name}: check", person.open(f"{base}check").reply)
    person.press(person.form(), "continue")
    if person.key == "declaration":
        states.take(f"{slug}: declaration", person.reply)
        form = person.form(holds="declared")
        states.take(f"{slug}: declaration, unticked", person.press(form, "continue").reply)
        ids = [box.get("value", "") for box in person.page.iter("input") if box.get("name") == "declared"]
        person.press(form, "continue", declared=ids)
    states.take(f"{name}: {person.key}", person.reply)
    _papers(states, person, slug)
    if f"{slug}: filed" not in states:
        _filed(states, person, slug)
    _aside(states, person, slug, base)


def _documents(states: States, person: Person, slug: str) -> None:
    base = _below(person, "")
    uploads = [element.get("action", "") for element in person.page.iter("form") if "enctype" in element.attrib]
    form = person.form(action=urlsplit(uploads[0]).path)
    states.take(f"{slug}: documents, no file chosen", person.press(form).reply)
    for reason, (name, content) in REFUSED.items():
        reply = person.press(form, file=(io.BytesIO(content), name)).reply
        assert reply.status_code == 422, (reason, reply.status_code)
        states.take(f"{slug}: documents, {reason}", reply)
    person.press(form, file=(io.BytesIO(JPEG), "x" * 60 + ".jpg"))
    states.take(f"{slug}: documents, one given", person.reply)
    if slug == SLUGS[0]:
        _worked_on(states, person, form, slug, base)
    else:
        _without_file(states, person, slug, base)
    most = 12
    for place in range(most):
        person.press(form, file=(io.BytesIO(PDF), f"page {place}.pdf"))
    states.take(f"{slug}: documents, too many", person.reply)
    states.take(f"{slug}: documents, full", person.open(f"{base}documents").reply)


def _without_file(states: States, person: Person, slug: str, base: str) -> None:
    """What is said in place of a file, taken or not; it stays for the pages that follow."""
    page = person.open(f"{base}documents").page
    action = next(form.get("action", "") for form in page.iter("form") if "/instead/" in form.get("action", ""))
    form = person.form(action=action)
    for name, reason, status in (("no reason", "", 422), ("a reason", "Le site refuse de l'ouvrir.", 200)):
        reply = person.press(form, says="do_not_have", reason=reason).reply
        assert reply.status_code == status
        states.take(f"{slug}: documents, without file, {name}", reply)
    states.take(f"{slug}: documents, without file, changing", person.press(form, says="").reply)
    person.press(form, says="do_not_have", reason="Le site refuse de l'ouvrir.")
    states.take(f"{slug}: check, without file", person.open(f"{base}check").reply)
    person.open(f"{base}documents")


def _worked_on(states: States, person: Person, form: Form, slug: str, base: str) -> None:
    """What the queue makes of files: kept, changed, advised, refused for each reason; another order, a replacement."""
    page = f"{base}documents"
    here = site_of(person)
    for name, content in (("floue.jpg", blurred()), ("IMG_2.heic", heic()), ("actif.pdf", pdf(2, runs_at_opening))):
        person.press(form, file=(io.BytesIO(content), name))
    queue.work_off(here.store, here.settings)
    states.take(f"{slug}: documents, done with notes and advice", person.open(page).reply)
    for what in ("Descendre", "Remplacer"):
        found = person.open(page).page
        if what == "Remplacer":
            link = next(a for a in found.iter("a") if "replace=" in a.get("href", ""))
            states.take(f"{slug}: documents, replacing", person.open(link.get("href", "")).reply)
            replacing = person.form(action=urlsplit(form.action).path)
            person.press(replacing, file=(io.BytesIO(JPEG), "nouvelle.jpg"))
            states.take(f"{slug}: documents, replaced", person.reply)
            assert "nouvelle.jpg" in person.text
        else:
            down = next(f.get("action", "") for f in found.iter("form") if f.get("action", "").endswith("/move/down"))
            states.take(f"{slug}: documents, another order", person.press(person.form(action=down)).reply)
    removal = next(f.get("action", "") for f in person.page.iter("form") if f.get("action", "").endswith("/remove"))
    states.take(f"{slug}: documents, removed", person.press(person.form(action=removal)).reply)
    for reason, (name, content) in REFUSED_LATER.items():
        person.press(form, file=(io.BytesIO(content), name))
        queue.work_off(here.store, here.settings)
        states.take(f"{slug}: documents, {reason}", person.open(page).reply)
        _take_away(person)
    for problem in ("infected", "too_complex"):
        person.press(form, file=(io.BytesIO(PDF), "virus.pdf"))
        _refuse(here, problem)
        states.take(f"{slug}: check, {problem}", person.open(f"{base}check").reply)
        states.take(f"{slug}: documents, {problem}", person.open(page).reply)
        _take_away(person)
    _lost(states, person, form, slug, base)


def _refuse(here: Site, problem: str) -> None:
    """Put the file that waits where the queue would have put it."""
    job = here.store.jobs.claim()
    assert job is not None
    here.store.jobs.settle(job, replace(job.file, state="refused", problem=problem))


def _lost(states: States, person: Person, form: Form, slug: str, base: str) -> None:
    """A file that is no longer on disk: downloaded, seen among the documents, and met when one sends."""
    here = site_of(person)
    folder = here.settings.data / "files"
    before = set(folder.glob("*/*"))
    person.press(form, file=(io.BytesIO(pdf(1)), "acte.pdf"))
    queue.work_off(here.store, here.settings)
    for path in set(folder.glob("*/*")) - before:
        path.unlink()
    link = next(a for a in person.open(f"{base}documents").page.iter("a") if "/file/" in a.get("href", ""))
    states.take("410", person.client.get(link.get("href", "")))
    states.take(f"{slug}: documents, lost", person.open(f"{base}documents").reply)
    form_of_check = person.open(f"{base}check").form()
    states.take(f"{slug}: check, lost", person.press(form_of_check, "continue").reply)
    assert person.reply.status_code == 422
    _take_away(person.open(f"{base}documents"))


def _take_away(person: Person) -> None:
    """Remove all files, so that the next one finds room."""
    while forms := [f.get("action", "") for f in person.page.iter("form") if f.get("action", "").endswith("/remove")]:
        person.press(person.form(action=forms[0]))


def site_of(person: Person) -> Site:
    found: Site = person.client.application.extensions[EXTENSION]
    return found


def _papers(states: States, person: Person, slug: str) -> None:
    links = [link.get("href", "") for link in person.page.iter("a")]
    for link in links:
        path = urlsplit(link).path
        if path.endswith("/a-recopier") or ("/lettre/" in path and not path.endswith(".pdf")):
            states.take(f"{slug}: {path.split('/', 4)[4]}", person.client.get(path))


def _filed(states: States, person: Person, slug: str) -> None:
    form = person.form(action="/filed")
    states.take(f"{slug}: filed, unanswered", person.press(form, **dict.fromkeys(form.names, "")).reply)
    day = {"filed_on-day": "1", "filed_on-month": "10", "filed_on-year": "2026"}
    person.press(form, filed_where="other", filed_number="A-1", **day)
    states.take(f"{slug}: filed", person.reply)


def _aside(states: States, person: Person, slug: str, base: str) -> None:
    """Another answer hides later ones: they are shown as set aside."""
    if slug != "dcem" or f"{slug}: check, answers set aside" in states:
        return
    person.open(f"{base}request")
    if person.key == "request":
        person.press(person.form(), "continue", lives_in_france="no")
        states.take(f"{slug}: check, answers set aside", person.open(f"{base}check").reply)


def _sent(states: States, site: Installation) -> None:
    person, case = _person(site, "dcem", 0)
    states.take("authority: start", person.open("/fr/dcem/").reply)
    person.start("dcem").go_through(procedure("dcem"), case["answers"])
    upload = next(form.get("action", "") for form in person.page.iter("form") if "enctype" in form.attrib)
    person.press(person.form(action=urlsplit(upload).path), file=(io.BytesIO(PDF), "acte.pdf"))
    person.press(person.form(action="/documents"), "continue")
    person.press(person.form(), "continue")
    states.take("authority: declaration", person.reply)
    ids = [box.get("value", "") for box in person.page.iter("input") if box.get("name") == "declared"]
    person.press(person.form(holds="declared"), "continue", declared=ids)
    assert person.key == "receipt"
    states.take("authority: receipt", person.reply)
    _refuse(site_of(person), "infected")
    states.take("authority: receipt, infected", person.open(_below(person, "receipt")).reply)
    states.take("authority: erase", person.open(_below(person, "erase")).reply)
    states.take("authority: withdraw", person.open(_below(person, "withdraw")).reply)
    person.press(person.form(action="/withdraw"))
    assert person.key == "receipt"
    states.take("authority: receipt of what was withdrawn", person.reply)
    states.take("authority: erase what was withdrawn", person.open(_below(person, "erase")).reply)


def _carried(states: States, site: Installation) -> None:
    """From one procedure to another: what could be copied is shown first."""
    person, case = _person(site, "duplicate-permit", 9)
    person.go_through(procedure("duplicate-permit"), case["answers"], until="outcome/card_awaited")
    states.take("carried to another procedure: outcome", person.reply)
    link = next(link for link in person.page.iter("a") if "/carry/" in link.get("href", ""))
    states.take("carried to another procedure", person.open(link.get("href", "")).reply)


def _phones(states: States, site: Installation) -> None:
    person, _ = _person(site, "dcem", 0)
    person.open(_below(person, "saved"))
    states.take("saved", person.reply)
    words = "".join(next(box for box in person.page.iter("div") if box.get("class") == "code").itertext())
    for page in ("leave", "erase"):
        states.take(page, person.open(_below(person, page)).reply)
    lost = _below(person, "request")
    states.take("left", person.press(person.open(_below(person, "leave")).form(action="/leave")).reply)
    states.take("draft not here", person.open(lost).reply)
    states.take("resume", person.open("/fr/resume").reply)
    form = person.form(holds="code")
    states.take("resume, no code", person.press(form, code=" ").reply)
    states.take("resume confirm", person.press(form, code=words).reply)
    confirm = person.form(holds="proof")
    states.take("resume, too late", person.press(confirm, until="1").reply)
    person.press(confirm)
    states.take("erased", person.press(person.open(_below(person, "erase")).form(action="/erase")).reply)
    for _ in range(6):
        reply = person.press(form, code=words).reply
        states.take("resume, wrong code" if reply.status_code == 422 else "resume, too often", reply)


def _failures(states: States, site: Installation) -> None:
    person = _visitor(site).start("dcem")
    for name, path in (
        ("404", "/fr/nowhere/"),
        ("404 in a procedure", "/fr/dcem/nobody/request"),
        ("500", "/fr/fault"),
    ):
        states.take(name, person.client.get(path))
    states.take("403, form not ours", person.client.post("/fr/dcem/", data={}))
    states.take("405", person.client.put("/fr/help"))
    heavy = {"csrf_token": "x", "file": (io.BytesIO(bytes(12_100_000)), "a.pdf")}
    states.take("413", person.client.post(_below(person, "documents/child_photo"), data=heavy))
    rush = TooManyDrafts(site.clock() + timedelta(seconds=30))
    form = person.open("/fr/dcem/").form(holds="csrf_token", action="/dcem/")
    with patch.object(Drafts, "create", side_effect=rush):
        states.take("429", person.press(form).reply)


def _below(person: Person, page: str) -> str:
    """An address below the person's draft."""
    return "/".join(urlsplit(person.url).path.split("/")[:4]) + f"/{page}"


def covering(states: Mapping[str, State]) -> list[State]:
    """The fullest page of every kind, once as it is and once in error."""
    best: dict[tuple[str, bool], State] = {}
    for state in states.values():
        key = (state.view, 'id="errors"' in state.html)
        if key not in best or len(best[key].html) < len(state.html) < 25_000:
            best[key] = state
    return list(best.values())
