"""What many tests begin with is built once a process; for the next test its rows are laid down again."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from django.db import connection

T = TypeVar("T")


def once(build: Callable[[], T]) -> Callable[[], T]:
    """Return `build` made twenty times as fast from its second call on.

    Its result is shared by all tests: give plain values. Rows that are there before, and PostgreSQL, whose
    sequences would have to follow, are reasons to build after all.
    """
    kept: list[tuple[T, dict[str, list[tuple]]]] = []

    @wraps(build)
    def built() -> T:
        if connection.vendor != "sqlite":
            return build()
        if not kept:
            before = _counts(connection.introspection.table_names())
            result = build()
            grown = [name for name, count in _counts(before).items() if count > before[name]]
            if not any(before[name] for name in grown):
                kept.append((result, {name: _rows(name) for name in grown}))
            return result
        result, rows = kept[0]
        if any(_counts(rows).values()):
            return build()
        with connection.cursor() as cursor:
            for name, lines in rows.items():
                places = ", ".join(["%s"] * len(lines[0]))
                cursor.executemany(f'INSERT INTO "{name}" VALUES ({places})', lines)
        return result

    return built


def _counts(names) -> dict[str, int]:
    with connection.cursor() as cursor:
        return {
            name: cursor.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names
        }


def _rows(name: str) -> list[tuple]:
    with connection.cursor() as cursor:
        return list(cursor.execute(f'SELECT * FROM "{name}"').fetchall())
