"""A statement that the driver runs gives what SQLAlchemy gives, on both databases."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError, OperationalError

from app.store import Store, database
from app.store.statement import Statement
from app.store.tables import drafts, events, key_checks
from tests.store.conftest import Installation

EVENT = Statement(
    insert(events).inline().values({name: bindparam(name) for name in ("draft_id", "at", "kind", "detail")})
)
ONE = select(drafts).where(drafts.c.id == bindparam("draft_id"))


def test_a_row_has_the_same_values(store: Store) -> None:
    record, _, _ = store.drafts.create("dcem", "sha", "fr", "prepare", {})
    with store.database.read() as connection:
        expected = connection.execute(ONE, {"draft_id": record.id}).one()
        found = Statement(ONE).run(connection, draft_id=record.id)
        assert found is not None
        assert vars(found) == dict(expected._mapping)
        assert found.started_at == record.started_at
        assert Statement(ONE).run(connection, draft_id="nobody") is None


def test_what_is_written_is_there_after_the_transaction_and_not_if_it_failed(store: Store) -> None:
    written = Statement(insert(key_checks).inline().values(key_id=bindparam("key"), sealed=bindparam("value")))
    changed = Statement(
        update(key_checks).where(key_checks.c.key_id == bindparam("key")).values(sealed=bindparam("to"))
    )
    with store.database.write() as connection:
        assert written.run(connection, key=b"12345678", value=b"\x00one") is None
    try:
        with store.database.write() as connection:
            changed.run(connection, key=b"12345678", to=b"two")
            raise RuntimeError
    except RuntimeError:
        pass
    with store.database.read() as connection:
        held = connection.scalar(select(key_checks.c.sealed).where(key_checks.c.key_id == b"12345678"))
    assert held == b"\x00one"


def test_a_change_commits_or_leaves_nothing_behind(store: Store) -> None:
    record, _, _ = store.drafts.create("dcem", "sha", "fr", "prepare", {})

    def change(kind: str, error: Exception | None = None) -> None:
        with store.database.change() as runner:
            EVENT.run(runner, draft_id=record.id, at=record.started_at, kind=kind, detail=None)
            if error is not None:
                raise error

    change("one")
    with pytest.raises(RuntimeError):
        change("two", RuntimeError())
    change("three")
    assert [event.kind for event in store.drafts.history(record.id)] == ["started", "one", "three"]


def test_a_change_that_cannot_be_committed_is_undone_and_said_as_sqlalchemy_says_it(embedded: Installation) -> None:
    store = embedded.open()
    record, _, _ = store.drafts.create("dcem", "sha", "fr", "prepare", {})

    def lose() -> None:
        with store.database.change() as runner:
            held: Any = runner.connection
            assert held.execute("PRAGMA synchronous").fetchone() == (2,), "FULL: each commit reaches the disk"
            held.execute("PRAGMA defer_foreign_keys=ON")
            EVENT.run(runner, draft_id="nobody", at=record.started_at, kind="lost", detail=None)

    with pytest.raises(IntegrityError):
        lose()
    assert store.drafts.update(record.id, lambda now: {**now.data, "kept": 1}).data["kept"] == 1


def test_a_change_that_cannot_begin_says_so_as_sqlalchemy_does(
    embedded: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_MS", 20)
    store = embedded.open()
    record, _, _ = store.drafts.create("dcem", "sha", "fr", "prepare", {})
    with closing(sqlite3.connect(embedded.data / "guichet.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError, match="locked"):
            store.drafts.update(record.id, lambda now: {**now.data, "kept": 1})
        other.execute("ROLLBACK")
    assert store.drafts.update(record.id, lambda now: {**now.data, "kept": 2}).data["kept"] == 2
