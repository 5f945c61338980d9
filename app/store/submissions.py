"""The last act: a draft frozen as it was sent, or as it was made ready for an office."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, bindparam, case, insert, select
from sqlalchemy.exc import IntegrityError

from app.store.codes import new_reference
from app.store.database import Database
from app.store.draft_rows import DraftRows, Opened, from_json, to_json
from app.store.envelope import Key
from app.store.records import Clock, DraftRecord
from app.store.tables import drafts, submissions

Kind = Literal["ready", "sent"]

_SENT_FIRST = (
    select(submissions)
    .where(submissions.c.draft_id == bindparam("draft_id"))
    .order_by(case((submissions.c.kind == "sent", 0), else_=1), submissions.c.edition.desc())
    .limit(1)
)
_WITH_KEY = _SENT_FIRST.join(drafts, drafts.c.id == submissions.c.draft_id).add_columns(drafts.c.wrapped_key)


@dataclass(frozen=True, slots=True)
class Submission:
    """A frozen file. `sent_at` is when it was sent or made ready (UTC); `edition` counts from 1, and stays 1 for what
    was sent.
    """

    draft_id: str
    reference: str
    kind: Kind
    edition: int
    sent_at: datetime
    revision: str
    content: dict[str, Any]


class Submissions:
    """All frozen files of an installation. A row is never changed."""

    def __init__(self, database: Database, rows: DraftRows, clock: Clock) -> None:
        self._database = database
        self._rows = rows
        self._clock = clock

    def submit(
        self, draft_id: str, build: Callable[[DraftRecord], dict[str, Any]], *, kind: Kind = "sent"
    ) -> Submission:
        """Freeze a draft: once, however often it is asked, by whom and through whatever crash.

        One transaction locks the draft, freezes what `build` makes of it and sets its state; a second call finds the
        first one's work and gives it back, same reference, same content. Only a `ready` file that the person changed
        afterwards gets a further edition, under the same reference; earlier ones stay as they were. `build` may read
        the store but not write to it. Raises `DraftGone`, and whatever `build` raises; then nothing has happened.
        """
        for _ in range(3):
            try:
                return self._submit(draft_id, build, kind)
            except IntegrityError as error:
                # Another draft has drawn the same 40 random bits for its reference: draw again.
                if "reference" not in str(error.orig):
                    raise
        return self._submit(draft_id, build, kind)

    def of_draft(self, draft_id: str) -> Submission | None:
        """What a draft was frozen as: what was sent, else the latest ready edition, else None."""
        with self._database.read() as connection:
            row = connection.execute(_WITH_KEY, {"draft_id": draft_id}).one_or_none()
        return None if row is None else _opened(row, self._rows.vault.key(draft_id, row.wrapped_key))

    def draft_of(self, reference: str) -> str | None:
        """The id of the draft that a reference names; None if there is none."""
        wanted = select(submissions.c.draft_id).where(submissions.c.reference == reference).limit(1)
        with self._database.read() as connection:
            return connection.scalar(wanted)

    def _submit(self, draft_id: str, build: Callable[[DraftRecord], dict[str, Any]], kind: Kind) -> Submission:
        now = self._clock()
        with self._database.write() as connection:
            opened = self._rows.lock(connection, draft_id, now)
            row = connection.execute(_SENT_FIRST, {"draft_id": draft_id}).one_or_none()
            again = row is not None and kind == "ready" and row.draft_version == opened.record.version
            if row is not None and (row.kind == "sent" or again):
                return _opened(row, opened.key)
            content = from_json(to_json(build(opened.record)))
            if row is not None and kind == "ready":
                before = _opened(row, opened.key)
                if before.content == content:
                    return before
            return self._freeze(connection, opened, now, kind, content, row)

    def _freeze(
        self,
        connection: Connection,
        opened: Opened,
        now: datetime,
        kind: Kind,
        content: dict[str, Any],
        before: Row[Any] | None,
    ) -> Submission:
        draft_id = opened.record.id
        self._rows.note(connection, opened, now, kind)
        saved = self._rows.save(connection, opened, now, state=kind)
        made = Submission(
            draft_id=draft_id,
            reference=before.reference if before is not None else new_reference(now.year),
            kind=kind,
            edition=before.edition + 1 if before is not None and kind == "ready" else 1,
            sent_at=now,
            revision=saved.revision,
            content=content,
        )
        row = {name: getattr(made, name) for name in Submission.__slots__}
        sealed = opened.key.seal(to_json(content), draft_id, _column(made))
        connection.execute(insert(submissions), {**row, "content": sealed, "draft_version": saved.version})
        return made


def _column(frozen: Submission | Row[Any]) -> str:
    return f"submissions.content {frozen.reference} {frozen.kind} {frozen.edition}"


def _opened(row: Row[Any], key: Key) -> Submission:
    content = from_json(key.open(row.content, row.draft_id, _column(row)))
    return Submission(row.draft_id, row.reference, row.kind, row.edition, row.sent_at, row.revision, content)
