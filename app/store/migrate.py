"""Brings a database to the tables of this version. For commands only: workers never import it, nor Alembic."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from sqlalchemy.exc import OperationalError

from app.store.database import Database, DatabaseError

SCRIPTS = Path(__file__).with_name("migrations")


def upgrade(url: str) -> None:
    """Apply what is missing, all or nothing; nothing happens if nothing is. The folder of an embedded database must
    exist.

    Raises `DatabaseError` if the database cannot be reached or was made by a later version.
    """
    database = Database(url)
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    try:
        with database.write() as connection:
            database.lock_migrations(connection)
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except CommandError as error:
        raise DatabaseError(f"La base de données vient d'une version plus récente de Guichet ({error}).") from None
    except OperationalError as error:
        reason = str(error.orig).splitlines()[0] if error.orig else ""
        raise DatabaseError(f"La base de données ne répond pas : {reason}") from None
    finally:
        database.close()
