"""Statements of every request: SQLAlchemy writes the SQL once for a database, the driver runs it.

Running a statement through SQLAlchemy costs ten times what SQLite needs to find a row by its key. What is written here
stays SQLAlchemy's: the SQL, the names of parameters, the conversion of each column. Only for statements with fixed SQL
whose result is one row or none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Connection, Dialect, Select
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.types import TypeEngine

Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Direct:
    """A connection of the driver where a `Statement` may run like on one of SQLAlchemy."""

    connection: DBAPIConnection
    dialect: Dialect


Runner = Connection | Direct


@dataclass(frozen=True, slots=True)
class _Written:
    """SQL for one database; `order` of the parameters where they have no names; what is converted on the way."""

    sql: str
    order: tuple[str, ...] | None
    binds: tuple[tuple[str, Convert], ...]
    columns: tuple[str, ...]
    results: tuple[tuple[int, Convert], ...]


class Statement:
    """A `select`, `insert` or `update` whose parameters are all `bindparam`s."""

    def __init__(self, clause: Select[Any] | UpdateBase) -> None:
        self._clause = clause
        self._written: dict[str, _Written] = {}

    def run(self, connection: Runner, **values: Any) -> SimpleNamespace | None:
        """Run it in the transaction of `connection`; the row by column names, or None. Raises what the driver does."""
        return self.run_on(connection.connection.cursor(), connection.dialect, values)

    def run_on(self, cursor: Any, dialect: Dialect, values: dict[str, Any]) -> SimpleNamespace | None:
        """The same on a cursor of the driver."""
        written = self._written.get(dialect.name) or self._write(dialect)
        for name, convert in written.binds:
            values[name] = convert(values[name])
        try:
            cursor.execute(written.sql, [values[name] for name in written.order] if written.order else values)
            found = cursor.fetchone() if written.columns else None
        finally:
            cursor.close()
        if found is None:
            return None
        row = list(found)
        for place, convert in written.results:
            row[place] = convert(row[place])
        return SimpleNamespace(**dict(zip(written.columns, row, strict=True)))

    def _write(self, dialect: Dialect) -> _Written:
        compiled: Any = self._clause.compile(dialect=dialect)
        binds = {name: _own(bound.type, dialect).bind_processor(dialect) for name, bound in compiled.binds.items()}
        columns = list(self._clause.selected_columns) if isinstance(self._clause, Select) else []
        results = [_own(column.type, dialect).result_processor(dialect, None) for column in columns]
        written = self._written[dialect.name] = _Written(
            compiled.string,
            tuple(compiled.positiontup) if compiled.positional else None,
            tuple((name, convert) for name, convert in binds.items() if convert is not None),
            tuple(str(column.key) for column in columns),
            tuple((place, convert) for place, convert in enumerate(results) if convert is not None),
        )
        return written


def _own(kind: TypeEngine[Any], dialect: Dialect) -> Any:
    """The type as this database has it."""
    return kind.dialect_impl(dialect)
