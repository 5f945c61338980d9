"""The migrations build exactly the tables that the code expects, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from app.store.database import Database, DatabaseError
from app.store.migrate import upgrade
from app.store.tables import metadata
from tests.store.conftest import Installation


def _url(installation: Installation) -> str:
    return installation.url or f"sqlite:///{installation.data / 'guichet.sqlite3'}"


def test_migrations_give_the_tables_of_the_code(installation: Installation) -> None:
    database = Database(_url(installation))
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        checks = {check["name"] for check in inspect(connection).get_check_constraints("submissions")}
        assert checks == {"sent_once"}
    database.close()


def test_migrating_twice_changes_nothing(installation: Installation) -> None:
    store = installation.open()
    record, token, _ = store.drafts.create("p", "r", "fr", "prepare", {"answers": {"a": "kept"}})
    upgrade(_url(installation))
    found = store.drafts.authorise(record.id, token)
    assert found is not None
    assert found.data["answers"] == {"a": "kept"}


def test_a_database_from_a_later_version_is_refused(installation: Installation) -> None:
    database = Database(_url(installation))
    with database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    with pytest.raises(DatabaseError, match="plus récente"):
        upgrade(_url(installation))


def test_an_unknown_or_silent_database_is_said_without_its_password(tmp_path: Path) -> None:
    for url in ("mysql://u:hidden@host/db", "nonsense hidden", f"postgresql://u:hidden@/db?host={tmp_path}"):
        with pytest.raises(DatabaseError) as refusal:
            upgrade(url)
        assert "hidden" not in str(refusal.value)


def test_the_embedded_database_is_durable(embedded: Installation) -> None:
    store = embedded.open()
    with store.database.read() as connection:
        values = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    assert values == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
