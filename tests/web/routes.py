"""Every route with one request that it answers well, and, where it can refuse, one that it refuses."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from app.web.queue import work_off
from tests.uploads.making import jpeg
from tests.web.bodies import MULTIPART, field, file, multipart
from tests.web.installation import Installation
from tests.web.trial import FAMILY, JPEG, PDF, PLAIN, Draft, draft, site_of

Sort = Literal["page", "sends on", "loads", "file", "redirects"]
"""`page`: answers with a page. `sends on`: 303, or for htmx the next page with its address. `loads`: 303, or for htmx
the order to load a whole page, since a cookie has to be set first. `file`: the same bytes for everyone.
"""

DECLARED = {"declared": ["truth", "law"], "action": "continue"}
FILED = {
    "filed_where": "online",
    "filed_on-day": "20",
    "filed_on-month": "11",
    "filed_on-year": "2026",
    "filed_number": "A 17",
}
YOU = {
    "name": "Traoré",
    "born-day": "3",
    "born-month": "mai",
    "born-year": "1988",
    "situation": "plain",
    "action": "continue",
}

WITHOUT = {"says": "do_not_have", "reason": "Mon propriétaire ne répond pas."}

Data = Mapping[str, Any]
Scene = Callable[[Installation], Draft]


@dataclass(frozen=True)
class Case:
    """`path` is below the draft unless it begins with a slash; `{file}`, `{static}` stand for what is made on the spot.

    `refused` is a form that the page gives back with its errors (422). `typed` says that the person typed or ticked
    something in the form: a token that is not theirs must not take it away.
    """

    sort: Sort
    path: str
    scene: Scene
    data: Data | Callable[[Draft], Data] | None = None
    refused: Data | None = None
    typed: Data | None = None

    def address(self, at: Draft) -> str:
        path = self.path
        if "{file}" in path:
            path = path.replace("{file}", files_of(at)[0])
        if "{static}" in path:
            path = site_of(at.installation).assets.url("css/guichet.css")
        return path if path.startswith("/") else at.url(path)

    def form(self, at: Draft) -> dict[str, Any]:
        return dict(self.data(at) if callable(self.data) else self.data or {})


def plain(installation: Installation) -> Draft:
    return draft(installation, PLAIN)


def fresh(installation: Installation) -> Draft:
    """A draft that has only begun."""
    return draft(installation, {})


def family(installation: Installation) -> Draft:
    return draft(installation, FAMILY)


def upload(at: Draft, document: str = "passport", *files: tuple[bytes, str], replaces: str = "") -> Any:
    """Send files for a document, as the page's own form does."""
    sent = [file(content, name) for content, name in files or [(PDF, "passeport.pdf")]]
    hidden = [field("csrf_token", at.csrf), *([field("replaces", replaces)] if replaces else [])]
    body = multipart([*hidden, *sent])
    return at.client.post(at.url(f"documents/{document}"), data=body, content_type=MULTIPART)


def with_file(installation: Installation) -> Draft:
    made = plain(installation)
    assert upload(made).status_code == 303
    return made


def with_picture(installation: Installation) -> Draft:
    """A draft with a photograph that has been looked at."""
    made = plain(installation)
    assert upload(made, "home", (jpeg(), "photo.jpg")).status_code == 303
    work_off(site_of(installation).store, installation.settings)
    return made


def finish(at: Draft) -> Draft:
    """The last act: ready, or sent, as the installation is run."""
    reply = at.client.post(at.url("declaration"), data={"csrf_token": at.csrf, **DECLARED})
    assert reply.status_code == 303
    assert reply.location.endswith("/receipt")
    return at


def finished(installation: Installation) -> Draft:
    return finish(with_file(installation))


def with_notice(installation: Installation) -> Draft:
    return draft(installation, PLAIN, data={"notice": {"cause": "day", "new_documents": ["home"]}})


def with_answer_aside(installation: Installation) -> Draft:
    return draft(installation, {**FAMILY, "situation": "plain"})


def found_by_code(at: Draft) -> Data:
    """The hidden controls of the page that asks whether the found draft is the right one."""
    found = {"csrf_token": visit_token(at), "code": at.code}
    page = at.client.post("/fr/resume", data=found, follow_redirects=True).get_data(as_text=True)
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))


def visit_token(at: Draft) -> str:
    """The token of a page without a draft, for this browser."""
    page = at.client.get("/fr/resume").get_data(as_text=True)
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found
    return found[1]


def files_of(at: Draft) -> list[str]:
    return [file.id for file in site_of(at.installation).store.files.of_draft(at.id)]


GET: dict[str, Case] = {
    "public.home": Case("redirects", "/", plain),
    "public.catalogue": Case("page", "/fr/", plain),
    "public.start": Case("page", "/fr/essai/", plain),
    "public.help_page": Case("page", "/fr/help", plain),
    "public.accessibility": Case("page", "/fr/accessibility", plain),
    "offline.offline": Case("page", "/fr/offline", plain),
    "offline.program": Case("file", "/service-worker.js", plain),
    "public.health": Case("file", "/healthz", plain),
    "metrics.metrics": Case("file", "/metrics", plain),
    "public.static_file": Case("file", "{static}", plain),
    "phones.resume": Case("page", "/fr/resume", plain),
    "phones.confirm": Case("sends on", "/fr/resume/open", plain),
    "phones.left": Case("page", "/fr/left", plain),
    "phones.erased": Case("page", "/fr/erased", plain),
    "phones.saved": Case("page", "saved", plain),
    "phones.leave": Case("page", "leave", plain),
    "phones.erase": Case("page", "erase", plain),
    "withdrawal.withdraw": Case("sends on", "withdraw", plain),
    "steps.resume_here": Case("sends on", "", plain),
    "steps.step": Case("page", "you", plain),
    "lists.remove_item": Case("page", "remove/children/2", family),
    "documents.documents": Case("page", "documents", with_file),
    "documents.file": Case("file", "file/{file}", with_file),
    "finish.check": Case("page", "check", with_file),
    "finish.declaration": Case("page", "declaration", plain),
    "finish.outcome": Case("page", "outcome/safe", plain),
    "finish.receipt": Case("page", "receipt", finished),
    "carry.ask": Case("page", "carry/safe/0", plain),
    "papers.blank": Case("file", "/fr/essai/formulaire.pdf", plain),
    "papers.filled": Case("file", "reponses.pdf", plain),
    "papers.sheet": Case("page", "a-recopier", plain),
    "papers.sheet_pdf": Case("file", "a-recopier.pdf", plain),
    "papers.letter": Case("page", "lettre/host", plain),
    "documents.thumb": Case("file", "file/{file}/thumb", with_picture),
    "papers.letter_pdf": Case("file", "lettre/host.pdf", plain),
    "papers.proof": Case("file", "preuve.pdf", finished),
    "papers.pack": Case("file", "dossier.zip", finished),
}

POST: dict[str, Case] = {
    "public.begin": Case("loads", "/fr/essai/", plain),
    "steps.send_step": Case("sends on", "you", fresh, YOU, refused={**YOU, "name": ""}, typed=YOU),
    "lists.removed_item": Case("sends on", "remove/children/2", family),
    "documents.documents_done": Case("sends on", "documents", plain),
    "documents.upload": Case(
        "sends on",
        "documents/passport",
        plain,
        lambda _at: {"file": (io.BytesIO(JPEG), "photo.jpg")},
        refused={"file": ""},
    ),
    "documents.instead": Case(
        "sends on", "instead/home", plain, WITHOUT, refused={**WITHOUT, "reason": " "}, typed=WITHOUT
    ),
    "documents.remove_file": Case("sends on", "file/{file}/remove", with_file),
    "documents.move_file": Case("sends on", "file/{file}/move/up", with_file),
    "finish.checked": Case("sends on", "check", plain),
    "finish.erase_answer": Case("sends on", "erase-answer", with_answer_aside, {"field": "children"}),
    "finish.declared": Case(
        "sends on", "declaration", plain, DECLARED, refused={"declared": "truth"}, typed={"declared": "law"}
    ),
    "finish.filed": Case("sends on", "filed", finished, FILED, refused={**FILED, "filed_where": ""}, typed=FILED),
    "finish.outcome_read": Case("sends on", "outcome/safe", plain),
    "finish.notice_read": Case("sends on", "notice", with_notice, lambda at: {"back": at.url("check")}),
    "carry.copy": Case("loads", "carry/safe/0", plain),
    "phones.left_by_form": Case("sends on", "leave", plain),
    "phones.resume_by_code": Case(
        "sends on", "/fr/resume", plain, lambda at: {"code": at.code}, refused={"code": ""}, typed={"code": "ABCD 1234"}
    ),
    "phones.opened": Case("loads", "/fr/resume/open", plain, found_by_code, refused={"draft": "x", "until": "1"}),
    "phones.erased_by_form": Case("sends on", "erase", plain),
    "withdrawal.withdrawn": Case("sends on", "withdraw", plain),
}

PIECES = {("POST", "resumable.begin"), ("PATCH", "resumable.append"), ("DELETE", "resumable.give_up")}
"""Not forms: the protocol tus, in `tests/uploads/test_pieces.py`."""


def rules(installation: Installation) -> set[tuple[str, str]]:
    """Every route of the running application, by method."""
    found = installation.app.url_map.iter_rules()
    return {(method, rule.endpoint) for rule in found for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}}
