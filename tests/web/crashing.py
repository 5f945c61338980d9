"""A fast person without a browser, who notes what the service has acknowledged, and a service that is killed under
them. A person here retries what was not acknowledged, as people do.
"""

from __future__ import annotations

import base64
import hashlib
import http.client
import random
import re
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from app.store import Store
from tests.web.trial import PDF

SLUG = "small"
STEPS = """
- id: "you"
  title: "Vous"
  fields:
    - {id: "name", kind: "name", label: "Votre nom"}
    - {id: "story", kind: "long_text", label: "Votre histoire", required: "no", max_length: 4000}
- id: "home"
  title: "Votre logement"
  fields:
    - {id: "street", kind: "text", label: "Votre rue"}
    - {id: "housed", kind: "yes_no", label: "Est-ce chez vous ?"}
- id: "children"
  title: "Vos enfants"
  repeat: {min: 0, max: 4, item: "{answer.first}"}
  fields:
    - {id: "first", kind: "name", label: "Prénom"}
"""
MORE = """
documents:
  - {id: "pass", title: "Passeport", files: {min: 1, max: 6}, formats: ["pdf"]}
declarations:
  - {id: "truth", text: "Je dis la vérité."}
"""


PIECE = 24_576


class Lost(Exception):
    """The reply did not come: nobody knows whether the request was served."""


@dataclass
class State:
    """What the service must hold of a draft."""

    answers: dict[str, Any] = field(default_factory=dict)
    pending: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    """SHA-256 by name."""
    sent: bool = False


@dataclass
class Reply:
    status: int
    headers: Mapping[str, str]
    body: str


class Line:
    """One keep-alive connection, with the cookies of one browser."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        self.cookies: dict[str, str] = {}

    def request(
        self, method: str, path: str, body: bytes | None = None, media: str = "", more: Mapping[str, str] | None = None
    ) -> Reply:
        """Raises `Lost` when the reply does not come. Once its head is there, what it says is acknowledged. `more` are
        headers.
        """
        headers = {**(more or {}), "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if media:
            headers["Content-Type"] = media
        try:
            self._connection.request(method, path, body, headers)
            reply = self._connection.getresponse()
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise Lost(str(error)) from error
        for line in reply.headers.get_all("Set-Cookie") or ():
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        try:
            text = reply.read().decode()
        except (OSError, http.client.HTTPException) as error:
            self.close()
            if method == "GET":
                raise Lost(str(error)) from error
            text = ""
        return Reply(reply.status, {name.lower(): value for name, value in reply.headers.items()}, text)

    def get(self, path: str) -> Reply:
        return self.request("GET", path)

    def post(self, path: str, typed: Mapping[str, str]) -> Reply:
        return self.request("POST", path, urlencode(typed).encode(), "application/x-www-form-urlencoded")

    def close(self) -> None:
        self._connection.close()


Action = tuple[str, Callable[["Walker"], None], Callable[[State], None]]
"""Its name, how it is done, what it changes once it is acknowledged."""


class Walker:
    """One draft from its first page to the last act."""

    def __init__(
        self, port: int, chance: random.Random, script: Callable[[random.Random], Iterator[Action]] | None = None
    ) -> None:
        self.line = Line(port)
        self.draft = ""
        self.state = State()
        self.maybe: State | None = None
        """What the service may hold instead, when the last reply did not come."""
        self.reference: str | None = None
        self.script = list((script or _script)(chance))
        self.arriving: str | None = None
        """Address of the file that is being sent in pieces."""
        self.place = 0

    @property
    def done(self) -> bool:
        return self.place == len(self.script)

    @property
    def next_name(self) -> str:
        return self.script[self.place][0]

    def step(self) -> None:
        """Do the next action. Raises `Lost`: then `maybe` holds the other thing that may be true."""
        _name, do, change = self.script[self.place]
        after = deepcopy(self.state)
        change(after)
        self.maybe = after
        do(self)
        self.state, self.maybe = after, None
        self.place += 1

    def settle(self, observed: State) -> None:
        """After a restart: the observed state is one of the two that may be. An action that was done is not done
        again, but for the last act, which is safe to repeat.
        """
        assert observed in (self.state, self.maybe), f"expected\n{self.state}\nor\n{self.maybe}\nfound\n{observed}"
        if self.maybe is not None and observed == self.maybe != self.state and self.next_name != "send":
            self.place += 1
            self.arriving = None
        self.state, self.maybe = observed, None

    # --- how a person does things

    def url(self, page: str) -> str:
        return f"/fr/{SLUG}/{self.draft}/{page}"

    def begin(self) -> None:
        reply = self.line.post(f"/fr/{SLUG}/", hidden(self.line.get(f"/fr/{SLUG}/").body))
        assert reply.status == 303, reply
        self.draft = urlsplit(reply.headers["location"]).path.split("/")[3]

    def fill(self, page: str, action: str, **typed: str) -> None:
        shown = self.line.get(self.url(page))
        assert shown.status == 200, (page, shown.status)
        reply = self.line.post(self.url(page), {**hidden(shown.body), "action": action, **typed})
        assert reply.status == 303, (page, reply.status, reply.body[:2000])

    def press(self, page: str, **typed: str) -> None:
        """A button of a page without questions."""
        reply = self.line.post(self.url(page), {**hidden(self.line.get(self.url("leave")).body), **typed})
        assert reply.status == 303, (page, reply.status, reply.body[:2000])

    def upload(self, name: str, content: bytes) -> None:
        token = hidden(self.line.get(self.url("documents")).body)["csrf_token"]
        mark = secrets.token_hex(8)
        part = f'--{mark}\r\nContent-Disposition: form-data; name="{{}}"{{}}\r\n\r\n'
        body = part.format("csrf_token", "").encode() + token.encode() + b"\r\n"
        body += part.format("file", f'; filename="{name}"').encode() + content + f"\r\n--{mark}--\r\n".encode()
        reply = self.line.request("POST", self.url("documents/pass"), body, f"multipart/form-data; boundary={mark}")
        assert reply.status == 303, (name, reply.status, reply.body[:2000])

    def send_in_pieces(self, name: str, content: bytes) -> None:
        """As our script does (tus 1.0.0): after a lost reply it asks how much has arrived, and goes on from there."""
        token = hidden(self.line.get(self.url("documents")).body)["csrf_token"]
        ours = {"Tus-Resumable": "1.0.0", "X-CSRF-Token": token}
        offset = 0
        if self.arriving is not None:
            stands = self.line.request("HEAD", self.arriving, more=ours)
            assert stands.status == 200, (name, stands.status)
            offset = int(stands.headers["upload-offset"])
        else:
            named = f"filename {base64.b64encode(name.encode()).decode()}"
            announced = {**ours, "Upload-Length": str(len(content)), "Upload-Metadata": named}
            reply = self.line.request("POST", self.url("pieces/pass"), b"", more=announced)
            assert reply.status == 201, (name, reply.status, reply.body[:2000])
            self.arriving = reply.headers["location"]
        while True:
            piece = content[offset : offset + PIECE]
            headers = {**ours, "Upload-Offset": str(offset)}
            reply = self.line.request("PATCH", self.arriving, piece, "application/offset+octet-stream", headers)
            assert reply.status == 204, (name, reply.status, reply.body[:2000])
            assert int(reply.headers["upload-offset"]) == offset + len(piece)
            offset += len(piece)
            if offset == len(content):
                self.arriving = None
                return

    def send(self) -> None:
        self.press("declaration", action="continue", declared="truth")
        receipt = self.line.get(self.url("receipt")).body
        found = re.search(r"G-\d{4}-[0-9A-Z-]+", receipt)
        assert found, receipt[:2000]
        assert self.reference in (None, found[0]), "two references for one file"
        self.reference = found[0]


def hidden(html: str) -> dict[str, str]:
    """The hidden controls of the page's forms, the last of each name."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', html))


def pdf(chance: random.Random, size: int) -> bytes:
    """A PDF of about this size that no other is like."""
    return PDF.replace(b"%%EOF", b"% " + chance.randbytes(size).replace(b"\n", b"x").replace(b"\r", b"x") + b"\n%%EOF")


def _script(chance: random.Random) -> Iterator[Action]:
    """One walk: everything that changes a draft, in an order that a person could choose."""
    name = "".join(chance.choices("abcdefgh", k=12)).title()
    story = " ".join("".join(chance.choices("éàüxyz", k=9)) for _ in range(chance.randrange(300)))
    yield "begin", Walker.begin, lambda state: None
    yield _page("you", name=name, story=story)
    yield _slip("home", street="", housed="yes")
    yield _page("home", street="Rue Haute", housed="yes")
    for item in ("1", "2"):
        yield "add", lambda walker: walker.fill("children", "add"), _adds(item)
        yield _child(item, f"{name} {item}".replace("1", "Un").replace("2", "Deux"))
    yield "remove", lambda walker: walker.press("remove/children/1", action="remove"), _removes("1")
    yield "go on", lambda walker: walker.fill("children", "continue"), lambda state: None
    for number in range(3):
        content = pdf(chance, chance.choice((2_000, 200_000, 700_000)))
        yield _upload(f"{number}.pdf", content, pieces=number == 1)
    yield _page("home", street="Rue Basse", housed="no")
    yield "send", Walker.send, _sends


def uploads(chance: random.Random) -> Iterator[Action]:
    """A walk that is mostly files, whole and in pieces in turn."""
    yield "begin", Walker.begin, lambda state: None
    yield _page("you", name="Awa", story="")
    yield _page("home", street="Rue Haute", housed="yes")
    yield "go on", lambda walker: walker.fill("children", "continue"), lambda state: None
    for number in range(6):
        yield _upload(f"{number}.pdf", pdf(chance, chance.choice((2_000, 200_000, 700_000))), pieces=number % 2 == 1)
    yield "send", Walker.send, _sends


def _page(page: str, **typed: str) -> Action:
    def change(state: State) -> None:
        state.answers |= {name: text for name, text in typed.items() if text}
        state.pending.pop(page, None)

    return f"save {page}", lambda walker: walker.fill(page, "continue", **typed), change


def _slip(page: str, **typed: str) -> Action:
    def change(state: State) -> None:
        state.pending[page] = {name: [text] for name, text in typed.items()}

    return f"keep {page}", lambda walker: walker.fill(page, "save", **typed), change


def _adds(item: str) -> Callable[[State], None]:
    return lambda state: state.answers.setdefault("children", []).append({"id": item, "answers": {}})


def _removes(item: str) -> Callable[[State], None]:
    def change(state: State) -> None:
        state.answers["children"] = [child for child in state.answers["children"] if child["id"] != item]

    return change


def _child(item: str, first: str) -> Action:
    def change(state: State) -> None:
        next(child for child in state.answers["children"] if child["id"] == item)["answers"] = {"first": first}

    return f"child {item}", lambda walker: walker.fill(f"children/{item}", "continue", first=first), change


def _upload(name: str, content: bytes, *, pieces: bool) -> Action:
    def change(state: State) -> None:
        state.files[name] = hashlib.sha256(content).hexdigest()

    if pieces:
        return f"pieces {name}", lambda walker: walker.send_in_pieces(name, content), change
    return f"upload {name}", lambda walker: walker.upload(name, content), change


def _sends(state: State) -> None:
    state.sent = True


def observed(store: Store, draft_id: str) -> State:
    """What the database and the file store hold of a draft, files read to their last byte."""
    record = store.drafts.load(draft_id)
    assert record is not None, f"the acknowledged draft {draft_id} is gone"
    files = {}
    for file in store.files.of_draft(draft_id):
        content = hashlib.sha256(b"".join(store.files.read(file))).hexdigest()
        assert content == file.sha256, f"{file.name} is not what was kept"
        assert file.name not in files, f"{file.name} is there twice"
        files[file.name] = content
    answers = {name: value for name, value in record.data["answers"].items() if not name.startswith("_")}
    pending = {key: dict(raw) for key, raw in record.data.get("pending", {}).items()}
    return State(answers, pending, files, store.submissions.of_draft(draft_id) is not None)


class Killer:
    """Calls `kill` at a random moment of the `after`-th action from now."""

    def __init__(self, kill: Callable[[], None], chance: random.Random, after: int) -> None:
        self._kill = kill
        self._chance = chance
        self._left = after
        self._timer: threading.Timer | None = None
        self.struck = ""
        """The action during which it was."""

    def about_to(self, name: str, lasts: float) -> None:
        """Before each action; `lasts` is about how long one of its name takes, in seconds."""
        if self._left == 0:
            self.struck = name
            self._timer = threading.Timer(self._chance.uniform(0, lasts * 1.2), self._kill)
            self._timer.start()
        self._left -= 1

    def wait(self) -> None:
        assert self._timer is not None
        self._timer.join()


class Pace:
    """About how long an action takes, by its kind."""

    def __init__(self) -> None:
        self._seconds: dict[str, float] = {}

    def of(self, name: str) -> float:
        return self._seconds.get(name.split(maxsplit=1)[0], 0.05)

    def time(self, name: str, do: Callable[[], None]) -> None:
        """Raises `Lost` as `do` does. One that was cut off would have lasted longer than it did: the next of its kind
        is given more time, or on a slow machine no action would ever end before its kill.
        """
        kind, begun = name.split(maxsplit=1)[0], time.perf_counter()
        try:
            do()
        except Lost:
            self._seconds[kind] = 1.25 * max(self.of(name), time.perf_counter() - begun)
            raise
        took = time.perf_counter() - begun
        self._seconds[kind] = 0.7 * self._seconds.get(kind, took) + 0.3 * took
