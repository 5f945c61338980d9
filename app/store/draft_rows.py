"""Between rows of the table of drafts and opened records: sealing, opening, locking. The only place that knows both."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update

from app.store.envelope import Key
from app.store.records import DraftFrozen, DraftGone, DraftRecord
from app.store.statement import Runner, Statement
from app.store.tables import drafts, events
from app.store.vault import Vault

_ONE = select(drafts).where(drafts.c.id == bindparam("draft_id"))
_BY_ID = Statement(_ONE)
_LOCKED = Statement(_ONE.with_for_update())
_SAVE = Statement(
    update(drafts)
    .where(drafts.c.id == bindparam("draft_id"))
    .values(
        {
            name: bindparam(f"new_{name}")
            for name in ("revision", "locale", "state", "version", "changed_at", "expires_at", "data")
        }
    )
)
_EVENT = Statement(
    insert(events).inline().values({name: bindparam(name) for name in ("draft_id", "at", "kind", "detail")})
)
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)


@dataclass(frozen=True, slots=True)
class Opened:
    """A record, the key that opens what belongs to it, and its document as it was stored."""

    record: DraftRecord
    key: Key
    clear: bytes


def to_json(document: Any) -> bytes:
    """Compact UTF-8 JSON. Raises `TypeError` or `ValueError` for what JSON cannot hold."""
    return _ENCODER.encode(document).encode("utf-8", "surrogatepass")


def from_json(clear: bytes) -> Any:
    return json.loads(clear.decode("utf-8", "surrogatepass"))


class DraftRows:
    """Reads and writes single drafts inside a transaction that the caller holds."""

    def __init__(self, vault: Vault, lifetime: timedelta) -> None:
        self.vault = vault
        self.lifetime = lifetime

    def opened(self, row: Row[Any] | SimpleNamespace) -> Opened:
        """The record of a row. Raises `Tampered`."""
        key = self.vault.key(row.id, row.wrapped_key)
        clear = key.open(row.data, row.id, "drafts.data")
        record = DraftRecord(
            id=row.id,
            procedure=row.procedure,
            revision=row.revision,
            locale=row.locale,
            mode=row.mode,
            started_at=row.started_at,
            changed_at=row.changed_at,
            expires_at=row.expires_at,
            version=row.version,
            state=row.state,
            data=from_json(clear),
        )
        return Opened(record, key, clear)

    def get(self, connection: Runner, draft_id: str, now: datetime) -> Opened | None:
        """A draft that has not expired; None if there is none."""
        row = _BY_ID.run(connection, draft_id=draft_id)
        return None if row is None or row.expires_at <= now else self.opened(row)

    def lock(self, connection: Runner, draft_id: str, now: datetime) -> Opened:
        """A draft that nobody else may change until the transaction ends. Raises `DraftGone`."""
        row = _LOCKED.run(connection, draft_id=draft_id)
        if row is None or row.expires_at <= now:
            raise DraftGone(draft_id)
        return self.opened(row)

    def lock_unsent(self, connection: Runner, draft_id: str, now: datetime) -> Opened:
        """Like `lock`, for what may only change before sending. Raises `DraftGone`, `DraftFrozen`."""
        opened = self.lock(connection, draft_id, now)
        if opened.record.frozen:
            raise DraftFrozen(draft_id)
        return opened

    def save(self, connection: Runner, opened: Opened, now: datetime, **changes: Any) -> DraftRecord:
        """Write a locked draft with `changes`: `clear` (its document, from `to_json`), `revision`, `locale`, `state`.

        It lives for another lifetime from `now`. Returns it as it is now.
        """
        old = opened.record
        fields: dict[str, Any] = {
            name: changes.get(name, getattr(old, name)) for name in ("revision", "locale", "state")
        }
        clear = changes.get("clear", opened.clear)
        fields |= {"version": old.version + 1, "changed_at": now, "expires_at": now + self.lifetime}
        sealed = opened.key.seal(clear, old.id, "drafts.data")
        values = {f"new_{name}": value for name, value in fields.items()}
        _SAVE.run(connection, draft_id=old.id, new_data=sealed, **values)
        return DraftRecord(
            id=old.id,
            procedure=old.procedure,
            mode=old.mode,
            started_at=old.started_at,
            data=from_json(clear),
            **fields,
        )

    def note(
        self, connection: Runner, opened: Opened, now: datetime, kind: str, detail: dict[str, Any] | None = None
    ) -> None:
        """Add an event to the draft's history. `kind` is a fixed word of the program, never something a person
        typed.
        """
        if not kind.isidentifier() or len(kind) > 40:
            raise ValueError("the kind of an event is a short name")
        sealed = None if detail is None else opened.key.seal(to_json(detail), opened.record.id, "events.detail")
        _EVENT.run(connection, draft_id=opened.record.id, at=now, kind=kind, detail=sealed)
