"""What did we report then, and why is it different today: answered by cases and what was entered since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.timezone import localtime

from shenguan.base.org.scope import Scope
from shenguan.core.indicator.facttable import IndicatorError
from shenguan.programs.reports.book import Book
from shenguan.programs.reports.making import frozen_of
from shenguan.programs.reports.models import Report
from shenguan.spine.cases import log
from shenguan.spine.cases.models import Case
from shenguan.spine.indicators.selectors import case_rows

MOST_NAMED = 30
MOST_ENTRIES = 4


@dataclass(frozen=True, slots=True)
class Moved:
    """A case that came into a figure or left it, with what was entered about it since the report."""

    case: Case
    came: bool
    part: str
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure: as reported, as it is now, by which cases. `unnamed`: cases beyond the reader's scope or page."""

    code: str
    name: str
    period: str
    then: str
    now: str
    cases: tuple[Moved, ...]
    unnamed: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """All figures kept of a report: how many were asked again, and those that are different today."""

    checked: int
    different: tuple[Difference, ...]


def compare(report: Report, scope: Scope, *, now: datetime) -> Comparison:
    """Ask every kept figure again and name the cases by which it differs.

    Figures are asked with the clearance the report was made with; cases are named as far as `scope` shows them.
    """
    kept = frozen_of(report)
    if not kept:
        return Comparison(0, ())
    asker = Scope(actor=scope.actor, court_ids=None, clearance=kept["clearance"])
    book = Book(asker, now=now, codes=tuple(one["code"] for one in kept["figures"]))
    found = []
    for one in kept["figures"]:
        row = book.row(one["code"], one["period"], kept["where"])
        if row is None or (row.figure.numerator, row.figure.denominator) != (
            one["numerator"],
            one["denominator"],
        ):
            found.append(_difference(report, scope, book, one, kept["where"]))
    return Comparison(len(kept["figures"]), tuple(found))


def _difference(
    report: Report, scope: Scope, book: Book, one: Mapping[str, Any], where: Mapping[str, Any]
) -> Difference:
    row = book.row(one["code"], one["period"], where)
    moved: list[tuple[int, bool, str]] = []
    for part, label in (("numerator", "分子"), ("denominator", "分母")):
        if part in one["cases"]:
            moved += _moved(book, one, where, part, label)
    cases = {case.pk: case for case in case_rows(scope, sorted({pk for pk, _, _ in moved}))}
    named = [entry for entry in moved if entry[0] in cases][:MOST_NAMED]
    entries = entered_since(report, [pk for pk, _, _ in named])
    return Difference(
        one["code"],
        book.library.indicators[one["code"]].name,
        one["period"],
        one["printed"],
        row.printed if row else "—",
        tuple(Moved(cases[pk], came, part, tuple(entries.get(pk, ()))) for pk, came, part in named),
        len(moved) - len(named),
    )


def _moved(
    book: Book, one: Mapping[str, Any], where: Mapping[str, Any], part: str, label: str
) -> list[tuple[int, bool, str]]:
    try:
        today = set(book.behind(one["code"], one["period"], where, part))  # type: ignore[arg-type]
    except (IndicatorError, ValueError):
        return []
    then = set(one["cases"][part])
    came = [(pk, True, label) for pk in sorted(today - then)]
    return came + [(pk, False, label) for pk in sorted(then - today)]


def entered_since(report: Report, case_ids: Sequence[int]) -> dict[int, list[str]]:
    """Return what was entered about cases after the report was made, in words, newest last."""
    since = report.made_at
    later = Q(batch=None, recorded_at__gt=since) | Q(batch__landed_at__gt=since)
    events = log.landed().filter(later, case_id__in=case_ids).order_by("position")
    found: dict[int, list[str]] = defaultdict(list)
    for event in events.select_related("voids"):
        found[event.case_id or 0].append(_entry(event))
    return {pk: entries[-MOST_ENTRIES:] for pk, entries in found.items()}


def _entry(event: Any) -> str:
    day = f"{event.occurred_on}" if event.occurred_on else ""
    said = f"{localtime(event.recorded_at):%Y-%m-%d}登记“{event.kind}”{day}"
    if event.voids_id and event.voids:
        said += f"（更正原登记“{event.voids.kind}”{event.voids.occurred_on or ''}）"
    return said
