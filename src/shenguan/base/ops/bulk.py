"""Writing many rows at once, the same on SQLite and PostgreSQL.

The ORM's `bulk_update` builds one CASE a column and row, its `bulk_create` one statement a few dozen rows
(SQLite takes 999 parameters a statement); one prepared statement over many rows is far cheaper.
A `Statement` is made ready before a write transaction begins and run within it, so that others wait less.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import (
    AutoField,
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    ForeignKey,
    IntegerField,
    JSONField,
    Model,
)

Row = Mapping[str, Any]
"""Values by field name; all rows of a statement name the same fields in the same order."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement with the parameters of every row."""

    sql: str
    parameters: list[tuple[Any, ...]]

    def run(self) -> int:
        """Execute it for each row and return how many it changed; without rows nobody is asked."""
        if not self.parameters:
            return 0
        with connection.cursor() as cursor:
            cursor.executemany(self.sql, self.parameters)
            return int(cursor.rowcount)


NOTHING = Statement("", [])
_ROWS_A_STATEMENT = 200


def updating(
    model: type[Model], rows: Sequence[tuple[Any, Row]], guards: Sequence[Row] = ()
) -> Statement:
    """Return what sets the fields of the rows given as (primary key, values).

    `guards`: what each row must still say to be changed; never null.
    """
    if not rows:
        return NOTHING
    columns = tuple(rows[0][1])
    table, key, names = _names(model, columns)
    prepare = _preparer(model, columns)
    assignments = ", ".join(f"{name} = %s" for name in names)
    statement = f"UPDATE {table} SET {assignments} WHERE {key} = %s"  # nosec B608 - our own names
    if not guards:
        return Statement(statement, [(*prepare(values), pk) for pk, values in rows])
    guarded = tuple(guards[0])
    check = _preparer(model, guarded)
    statement += "".join(f" AND {name} = %s" for name in _names(model, guarded)[2])
    return Statement(
        statement,
        [
            (*prepare(values), pk, *check(guard))
            for (pk, values), guard in zip(rows, guards, strict=True)
        ],
    )


def upserting(model: type[Model], rows: Sequence[tuple[Any, Row]]) -> Statement:
    """Return what inserts the rows given as (primary key, values), or sets them where they exist."""
    if not rows:
        return NOTHING
    columns = tuple(rows[0][1])
    table, key, names = _names(model, columns)
    prepare = _preparer(model, columns)
    marks = ", ".join(["%s"] * (len(names) + 1))
    updates = ", ".join(f"{name} = excluded.{name}" for name in names)
    statement = (
        f"INSERT INTO {table} ({key}, {', '.join(names)}) VALUES ({marks}) "  # nosec B608
        f"ON CONFLICT ({key}) DO UPDATE SET {updates}"
    )
    return Statement(statement, [(pk, *prepare(values)) for pk, values in rows])


def inserting(rows: Sequence[Model], *, ignore_conflicts: bool = False) -> Statement:
    """Return what inserts model instances of one class without learning their keys."""
    if not rows:
        return NOTHING
    into, marks, parameters = _insertion(rows)
    ending = " ON CONFLICT DO NOTHING" if ignore_conflicts else ""
    return Statement(f"{into} VALUES {marks}{ending}", parameters)


def insert(
    rows: Sequence[Model], *, ending: str = "", returning: Sequence[str] = ("pk",)
) -> list[tuple[Any, ...]]:
    """Insert model instances of one class, hundreds a statement; returns these fields of what is written.

    `ending`: what stands behind the values, such as ON CONFLICT.
    """
    found: list[tuple[Any, ...]] = []
    for start in range(0, len(rows), _ROWS_A_STATEMENT):
        into, marks, parameters = _insertion(rows[start : start + _ROWS_A_STATEMENT])
        values = ", ".join([marks] * len(parameters))
        _table, key, names = _names(type(rows[0]), [name for name in returning if name != "pk"])
        wanted = ", ".join([key, *names] if "pk" in returning else names)
        with connection.cursor() as cursor:
            cursor.execute(
                f"{into} VALUES {values} {ending} RETURNING {wanted}",
                [value for row in parameters for value in row],
            )
            found += cursor.fetchall()
    return found


def insert_keyed(rows: Sequence[Model]) -> None:
    """Insert model instances of one class and give each its key."""
    for row, (key,) in zip(rows, insert(rows), strict=True):
        row.pk = key
        row._state.adding, row._state.db = False, connection.alias


def _insertion(rows: Sequence[Model]) -> tuple[str, str, list[tuple[Any, ...]]]:
    """Return `INSERT INTO table (columns)`, the marks of one row, and each row's parameters."""
    model = type(rows[0])
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, AutoField)]
    table, _key, names = _names(model, [field.name for field in fields])
    savers = [(field.attname, _saver(field)) for field in fields]
    into = f"INSERT INTO {table} ({', '.join(names)})"
    marks = f"({', '.join(['%s'] * len(names))})"
    return into, marks, [tuple(save(getattr(row, at)) for at, save in savers) for row in rows]


def _names(model: type[Model], columns: Sequence[str]) -> tuple[str, str, list[str]]:
    quote = connection.ops.quote_name
    meta: Any = model._meta
    names = [quote(meta.get_field(column).column) for column in columns]
    return quote(meta.db_table), quote(meta.pk.column), names


def _preparer(model: type[Model], columns: Sequence[str]) -> Callable[[Row], list[Any]]:
    """Return what turns Python values into what the database driver takes, field by field."""
    savers = [_saver(model._meta.get_field(column)) for column in columns]

    def prepare(values: Row) -> list[Any]:
        return [save(value) for save, value in zip(savers, values.values(), strict=True)]

    return prepare


def _saver(field: Any) -> Callable[[Any], Any]:
    if isinstance(field, CharField):
        length = field.max_length
        return lambda text: text[:length]  # an overlong text stays whole in the log
    if isinstance(field, ForeignKey | IntegerField | BooleanField):
        return lambda value: value
    if isinstance(field, DateField) and not isinstance(field, DateTimeField):
        return connection.ops.adapt_datefield_value
    save = field.get_db_prep_save
    if isinstance(field, JSONField):
        empty: dict[type, Any] = {list: save([], connection), dict: save({}, connection)}
        return lambda value: save(value, connection) if value else empty[type(value)]
    return lambda value: save(value, connection)
