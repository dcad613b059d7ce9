"""What one may choose in the filters of the case list, within the scope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shenguan.base.org.models import Court, Person, Unit
from shenguan.base.org.scope import Scope
from shenguan.base.org.selectors import courts, units
from shenguan.programs.casebook import marks
from shenguan.programs.casebook.criteria import SORTS, STATES, Criteria
from shenguan.rulebook import Rulebook, load

MOST_UNITS = 80
"""More units than this are shown once a court is chosen."""


@dataclass(frozen=True, slots=True)
class Options:
    """The choices of every select; `judge` is the person whose cases are asked for, if any."""

    states: tuple[tuple[str, str], ...]
    courts: tuple[Court, ...]
    units: tuple[Unit, ...]
    lines: tuple[str, ...]
    instances: tuple[str, ...]
    procedures: tuple[str, ...]
    tags: tuple[str, ...]
    scopes: tuple[str, ...]
    marks: tuple[tuple[str, str], ...]
    sorts: tuple[tuple[str, str], ...]
    judge: Person | None


def options(scope: Scope, asked: Criteria, on: date) -> Options:
    """Return what there is to choose; courts and units are those whose cases the scope shows."""
    book = load()
    shown = tuple(c for c in courts(scope) if c.pk not in scope.figure_court_ids)
    types = tuple(book.codes.case_types.values())
    return Options(
        states=tuple(STATES.items()),
        courts=shown,
        units=_units(scope, asked, on, many=len(shown) > 1),
        lines=tuple(dict.fromkeys(kind.case_class for kind in types)),
        instances=tuple(dict.fromkeys(kind.instance for kind in types if kind.instance)),
        procedures=_procedures(book),
        tags=tuple(book.tags.rules),
        scopes=book.scopes.names,
        marks=tuple(marks.choices(book.worklists)),
        sorts=tuple((key, title) for key, (title, _column) in SORTS.items()),
        judge=Person.objects.filter(pk=asked.judge).first() if asked.judge else None,
    )


def _procedures(book: Rulebook) -> tuple[str, ...]:
    """Return the procedures a case can be in; conversions (简易转普通) are events."""
    named = dict.fromkeys(book.intake.values["procedures"].values())
    return tuple(name for name in named if "转" not in name)


def _units(scope: Scope, asked: Criteria, on: date, *, many: bool) -> tuple[Unit, ...]:
    held = units(scope, on).select_related("court").exclude(kind=Unit.Kind.OFFICE)
    if asked.court is not None:
        held = held.filter(court=asked.court)
    found = tuple(held.order_by("court__order", "order", "name", "pk")[: MOST_UNITS + 1])
    return found if len(found) <= MOST_UNITS or not many else ()
