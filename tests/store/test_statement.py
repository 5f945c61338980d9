"""A statement that the driver runs gives what SQLAlchemy gives, on both databases."""

from __future__ import annotations

from sqlalchemy import bindparam, insert, select, update

from app.store import Store
from app.store.statement import Statement
from app.store.tables import drafts, key_checks

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
