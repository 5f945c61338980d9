"""Drafts: started, opened by a device or by code, changed, left, erased.

A call that changes something returns only once the change is on disk.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from app.store import codes
from app.store.blobs import Blobs
from app.store.database import Database
from app.store.draft_rows import DraftRows, Opened, from_json, to_json
from app.store.limits import Limits, count_failure, spend_creation, throttled_until
from app.store.records import (
    FROZEN,
    Clock,
    Conflict,
    DraftFrozen,
    DraftGone,
    DraftPreview,
    DraftRecord,
    Event,
    NotSent,
    State,
    Throttled,
)
from app.store.statement import Statement
from app.store.tables import access, drafts, events, files, held_blobs
from app.store.uploads import pieces_of

__all__ = [
    "Conflict",
    "DraftFrozen",
    "DraftGone",
    "DraftPreview",
    "DraftRecord",
    "Drafts",
    "Event",
    "State",
    "Throttled",
]

TOKEN_BYTES = 32

_WITH_ACCESS = Statement(
    select(drafts, access.c.token_tag)
    .join(access, access.c.draft_id == drafts.c.id)
    .where(drafts.c.id == bindparam("draft_id"), access.c.token_tag == bindparam("tag"))
)
_BY_CODE = select(drafts.c.id, drafts.c.procedure, drafts.c.started_at, drafts.c.changed_at, drafts.c.expires_at).where(
    drafts.c.code_tag == bindparam("tag")
)


class Drafts:
    """All drafts of an installation."""

    def __init__(self, database: Database, rows: DraftRows, blobs: Blobs, limits: Limits, clock: Clock) -> None:
        self._database = database
        self._rows = rows
        self._ring = rows.vault.ring
        self._blobs = blobs
        self._limits = limits
        self._clock = clock

    def create(
        self, procedure: str, revision: str, locale: str, mode: str, data: dict[str, Any]
    ) -> tuple[DraftRecord, str, str]:
        """Start a draft: its record, the access token for this device's cookie, and the resume code as it is shown.

        The code is kept, sealed, as `data["code"]`, so that it can be shown again. Raises `TooManyDrafts`.
        """
        now = self._clock()
        draft_id, code, token = codes.new_draft_id(), codes.new_code(), secrets.token_urlsafe(TOKEN_BYTES)
        key, wrapped = self._rows.vault.new(draft_id)
        clear = to_json({**data, "code": code})
        record = DraftRecord(
            id=draft_id,
            procedure=procedure,
            revision=revision,
            locale=locale,
            mode=mode,
            started_at=now,
            changed_at=now,
            expires_at=now + self._rows.lifetime,
            version=1,
            state="open",
            data=from_json(clear),
        )
        row = {name: getattr(record, name) for name in DraftRecord.__slots__ if name != "data"}
        row |= {
            "code_tag": self._code_tag(code),
            "wrapped_key": wrapped,
            "data": key.seal(clear, draft_id, "drafts.data"),
        }
        with self._database.write() as connection:
            spend_creation(connection, now, self._limits)
            connection.execute(insert(drafts), row)
            self._grant(connection, draft_id, token, now)
            self._rows.note(connection, Opened(record, key, clear), now, "started")
        return record, token, code

    def authorise(self, draft_id: str, token: str) -> DraftRecord | None:
        """The draft, if `token` gives access to it and it has not expired; else None, whatever the reason.

        The search is by an HMAC that nobody outside can compute, so its time tells nothing about any stored one.
        """
        tag = self._ring.tag("access", f"{draft_id} {token}")
        row = self._database.fetch(_WITH_ACCESS, draft_id=draft_id, tag=tag)
        if row is None or not hmac.compare_digest(row.token_tag, tag) or row.expires_at <= self._clock():
            return None
        return self._rows.opened(row).record

    def grant_access(self, draft_id: str) -> tuple[DraftRecord, str] | None:
        """Let one more device open a draft: its record and the token for the cookie; None if there is no such draft.

        The caller has checked that the person holds the draft's code.
        """
        now = self._clock()
        token = secrets.token_urlsafe(TOKEN_BYTES)
        with self._database.write() as connection:
            try:
                opened = self._rows.lock(connection, draft_id, now)
            except DraftGone:
                return None
            self._grant(connection, draft_id, token, now)
            self._rows.note(connection, opened, now, "opened_by_code")
        return opened.record, token

    def revoke_access(self, draft_id: str, token: str) -> None:
        """Leave one phone: the token opens nothing any more. Other devices keep theirs."""
        tag = self._ring.tag("access", f"{draft_id} {token}")
        with self._database.write() as connection:
            connection.execute(delete(access).where(access.c.draft_id == draft_id, access.c.token_tag == tag))

    def revoke_all(self, draft_id: str) -> None:
        """No device opens the draft any more: only its code does."""
        with self._database.write() as connection:
            connection.execute(delete(access).where(access.c.draft_id == draft_id))

    def load(self, draft_id: str) -> DraftRecord | None:
        """A draft by its id, without any check of access; None if it is gone."""
        with self._database.read() as connection:
            opened = self._rows.get(connection, draft_id, self._clock())
        return None if opened is None else opened.record

    def save(self, draft_id: str, expected_version: int, data: dict[str, Any]) -> DraftRecord:
        """Replace the document of a draft that is still at `expected_version`. Raises `Conflict`, `DraftGone`."""
        now = self._clock()
        with self._database.change() as connection:
            opened = self._rows.lock(connection, draft_id, now)
            if opened.record.version != expected_version:
                raise Conflict(opened.record)
            return self._rows.save(connection, opened, now, clear=to_json(_with_code(data, opened.record.data["code"])))

    def update(
        self,
        draft_id: str,
        mutate: Callable[[DraftRecord], dict[str, Any]],
        *,
        revision: str | None = None,
        locale: str | None = None,
        event: str | None = None,
        detail: dict[str, Any] | None = None,
    ) -> DraftRecord:
        """Read, change and write a draft while nobody else can: two tabs wait for each other.

        `mutate` gets the record as it is now and returns the new document; it must be quick and must not call the
        store. An unchanged document writes nothing. `event` (and its `detail`) is added to the history in the same
        transaction. Raises `DraftGone`, and whatever `mutate` raises; then nothing is saved.
        """
        now = self._clock()
        with self._database.change() as connection:
            opened = self._rows.lock(connection, draft_id, now)
            record = opened.record
            code = record.data["code"]
            changes: dict[str, Any] = {"clear": to_json(_with_code(mutate(record), code))}
            if revision is not None and revision != record.revision:
                changes["revision"] = revision
            if locale is not None and locale != record.locale:
                changes["locale"] = locale
            if event is not None:
                self._rows.note(connection, opened, now, event, detail)
            elif len(changes) == 1 and changes["clear"] == opened.clear:
                return record
            return self._rows.save(connection, opened, now, **changes)

    def withdraw(self, draft_id: str) -> DraftRecord:
        """Take back what was sent, once: a second call gives the first one's moment. What was sent stays as it was.

        Raises `DraftGone`, and `NotSent` where there is nothing to take back.
        """
        now = self._clock()
        with self._database.change() as connection:
            opened = self._rows.lock(connection, draft_id, now)
            if opened.record.state == "withdrawn":
                return opened.record
            if opened.record.state != "sent":
                raise NotSent(draft_id)
            self._rows.note(connection, opened, now, "withdrawn")
            clear = to_json({**opened.record.data, "withdrawn_at": now.isoformat()})
            return self._rows.save(connection, opened, now, state="withdrawn", clear=clear)

    def find_by_code(self, typed: str) -> DraftPreview | Throttled | None:
        """The draft that a resume code opens, as a person typed it.

        A code that cannot be one (length, letters, check symbol) costs nothing and is not counted. A right code
        always works, also while wrong ones are throttled. No address is looked at.
        """
        symbols = codes.read_code(typed)
        if symbols is None:
            return None
        now = self._clock()
        tag = self._ring.tag("code", symbols)
        with self._database.read() as connection:
            row = connection.execute(_BY_CODE, {"tag": tag}).one_or_none()
            if row is not None and row.expires_at > now:
                return DraftPreview(row.id, row.procedure, row.started_at, row.changed_at)
            until = throttled_until(connection, tag, now, self._limits)
        if until is not None:
            return Throttled(until)
        with self._database.write() as connection:
            count_failure(connection, tag, now)
        return None

    def new_code(self, draft_id: str) -> str:
        """Replace the resume code; the old one opens nothing from now on. Raises `DraftGone`."""
        now = self._clock()
        code = codes.new_code()
        with self._database.write() as connection:
            opened = self._rows.lock(connection, draft_id, now)
            connection.execute(update(drafts).where(drafts.c.id == draft_id).values(code_tag=self._code_tag(code)))
            self._rows.note(connection, opened, now, "code_replaced")
            self._rows.save(connection, opened, now, clear=to_json({**opened.record.data, "code": code}))
        return code

    def history(self, draft_id: str) -> list[Event]:
        """What happened to a draft, oldest first; empty if it is gone."""
        wanted = select(events).where(events.c.draft_id == draft_id).order_by(events.c.id)
        with self._database.read() as connection:
            opened = self._rows.get(connection, draft_id, self._clock())
            rows = connection.execute(wanted).all() if opened else []
        return [
            Event(
                row.at,
                row.kind,
                None
                if row.detail is None or opened is None
                else from_json(opened.key.open(row.detail, draft_id, "events.detail")),
            )
            for row in rows
        ]

    def erase(self, draft_id: str) -> None:
        """Erase a draft with all that belongs to it: key, answers, history, files, frozen content. Erasing twice is
        no error.
        """
        self._erase([draft_id])

    def purge_expired(self, now: datetime | None = None) -> int:
        """Erase the drafts whose life has ended; how many. What was sent to an authority, withdrawn or not, stays
        until it is erased by name.
        """
        ended = select(drafts.c.id).where(drafts.c.expires_at <= (now or self._clock()), drafts.c.state.not_in(FROZEN))
        with self._database.read() as connection:
            ids = list(connection.scalars(ended))
        for at in range(0, len(ids), 100):
            self._erase(ids[at : at + 100])
        return len(ids)

    def rewrap(self) -> int:
        """Wrap every data key with the current master key; how many were not yet. Answers and files are not touched."""
        current = self._ring.current_id
        stale = select(drafts.c.id).where(func.substr(drafts.c.wrapped_key, 2, len(current)) != current)
        with self._database.read() as connection:
            ids = list(connection.scalars(stale))
        for draft_id in ids:
            with self._database.write() as connection:
                held = select(drafts.c.wrapped_key).where(drafts.c.id == draft_id).with_for_update()
                wrapped = connection.scalar(held)
                if wrapped is not None:
                    again = self._ring.wrap(self._ring.unwrap(wrapped, draft_id), draft_id)
                    connection.execute(update(drafts).where(drafts.c.id == draft_id).values(wrapped_key=again))
        return len(ids)

    def _erase(self, ids: list[str]) -> None:
        if not ids:
            return
        with self._database.write() as connection:
            held = connection.execute(held_blobs.where(files.c.draft_id.in_(ids)))
            blobs = [name for names in held for name in names if name]
            blobs += pieces_of(connection, self._rows.vault, ids)
            # The other tables follow by their foreign keys.
            connection.execute(delete(drafts).where(drafts.c.id.in_(ids)))
        for draft_id in ids:
            self._rows.vault.forget(draft_id)
        # If the process ends here, the sealed files have no key any more, and the next purge removes them.
        for blob in blobs:
            self._blobs.delete(blob)
        self._database.scrub()

    def _grant(self, connection: Connection, draft_id: str, token: str, now: datetime) -> None:
        tag = self._ring.tag("access", f"{draft_id} {token}")
        connection.execute(insert(access).values(draft_id=draft_id, token_tag=tag, granted_at=now))

    def _code_tag(self, code: str) -> bytes:
        symbols = codes.read_code(code)
        assert symbols is not None
        return self._ring.tag("code", symbols)


def _with_code(data: dict[str, Any], code: str) -> dict[str, Any]:
    """The new document with the code that the draft has: a caller that builds a fresh document cannot lose it."""
    return data if data.get("code") == code else {**data, "code": code}
