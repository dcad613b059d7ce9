"""Days from one date to another, reckoned by the database."""

from __future__ import annotations

from typing import Any

from django.db.models import Func, IntegerField


class DaysBetween(Func):
    """`DaysBetween(later, earlier)`: an integer on either database, null where a date is missing."""

    output_field = IntegerField()
    arg_joiner = " - "

    def as_sqlite(
        self, compiler: Any, connection: Any, **_more: Any
    ) -> tuple[str, tuple[Any, ...]]:
        """JULIANDAY counts days from noon to noon; both ends are midnights."""
        sql, params = self.as_sql(
            compiler,
            connection,
            template="CAST(JULIANDAY(%(expressions)s) AS INTEGER)",
            arg_joiner=") - JULIANDAY(",
        )
        return sql, tuple(params)

    def as_postgresql(
        self, compiler: Any, connection: Any, **_more: Any
    ) -> tuple[str, tuple[Any, ...]]:
        """The difference of two dates is a number of days."""
        sql, params = self.as_sql(compiler, connection, template="(%(expressions)s)")
        return sql, tuple(params)
