"""填报数 in figures: numbers a court enters because no event feeds them.

A number stands for the very period and court it was entered for; where one is missing, the figure has no source.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from django.db import transaction
from django.db.models import Count, Max

from shenguan.base.audit import services as audit
from shenguan.base.ops import clock
from shenguan.base.org.models import Court
from shenguan.base.org.scope import Scope
from shenguan.core.indicator.compile.sql import Filters
from shenguan.core.indicator.model import Library
from shenguan.core.indicator.period import Period
from shenguan.spine.cases.models import Case
from shenguan.spine.indicators.models import EnteredValue
from shenguan.spine.indicators.sources import Key


@dataclass(frozen=True, slots=True)
class Entry:
    """One number to enter: whose, of what, over which days, from where."""

    court: Court
    code: str
    period: Period
    value: int
    source: str
    place: str


def enter(entries: Sequence[Entry], *, actor: str, now: datetime) -> int:
    """Keep numbers, a changed one as its next version; return how many were new or changed."""
    fresh = 0
    with transaction.atomic():
        for entry in entries:
            days = {"period_start": entry.period.start, "period_end": entry.period.end}
            same = EnteredValue.objects.filter(court=entry.court, code=entry.code, **days)
            last = same.order_by("-version").first()
            if last and (last.value, last.source) == (entry.value, entry.source):
                continue
            EnteredValue.objects.create(
                court=entry.court,
                code=entry.code,
                version=last.version + 1 if last else 1,
                value=entry.value,
                source=entry.source,
                place=entry.place,
                entered_by=actor,
                entered_at=now,
                **days,
            )
            fresh += 1
        detail = {"rows": len(entries), "changed": fresh}
        audit.append(chain="", actor=actor, action="装入填报数", detail=detail, now=now)
    return fresh


def state() -> tuple[int, int]:
    """Return something that changes with every number entered."""
    found = EnteredValue.objects.aggregate(n=Count("pk"), last=Max("pk"))
    return found["n"], found["last"] or 0


def entered_values(scope: Scope) -> list[EnteredValue]:
    """Return every version of the courts whose figures the scope shows."""
    found = EnteredValue.objects.select_related("court")
    wide = scope.for_figures()
    return list(found if wide.court_ids is None else found.filter(court__in=wide.court_ids))


@dataclass(frozen=True)
class Entered:
    """The numbers in force, now or as known at the end of a day; asked for by figures of whole courts."""

    known: date | None = None

    @cached_property
    def _numbers(self) -> dict[tuple[str, date, date], dict[int, int]]:
        found: dict[tuple[str, date, date], dict[int, int]] = {}
        for row in EnteredValue.objects.order_by("version"):
            if self.known is None or clock.day_of(row.entered_at) <= self.known:
                days = (row.code, row.period_start, row.period_end)
                found.setdefault(days, {})[row.court_id] = row.value
        return found

    @cached_property
    def _with_cases(self) -> frozenset[int]:
        cases = Case.objects.filter(visible=True).order_by()
        return frozenset(cases.values_list("court_id", flat=True).distinct())

    def fills(self, library: Library) -> Library:
        """Return the library in which atoms with any number entered have a source."""
        codes = {code for code, _, _ in self._numbers if code in library.atoms}
        if not codes:
            return library
        filled = {code: replace(library.atoms[code], own_needs="") for code in codes}
        return Library({**library.atoms, **filled}, library.indicators)

    def number(
        self, code: str, period: Period, dimensions: Sequence[str], key: Key, filters: Filters
    ) -> int | None:
        """Return the number of a group, None unless every court of it has entered one for the period."""
        stated = self._numbers.get((code, period.start, period.end), {})
        if tuple(dimensions) == ("court",):
            return stated.get(key[0]) if key[0] in self._allowed(stated, filters) else None
        if dimensions:
            return None
        courts = self._allowed(stated.keys() | self._with_cases, filters)
        if not courts or not courts <= stated.keys():
            return None
        return sum(stated[court] for court in courts)

    def keys(
        self, codes: Iterable[str], periods: Iterable[Period], dims: Sequence[str], filters: Filters
    ) -> list[Key]:
        """Return the groups that have a number of any of the atoms in any of the periods."""
        if tuple(dims) != ("court",):
            return []
        asked = [(code, period) for code in codes for period in periods]
        courts: set[int] = set()
        for code, period in asked:
            courts |= self._numbers.get((code, period.start, period.end), {}).keys()
        return [(court,) for court in sorted(self._allowed(courts, filters))]

    def _allowed(self, courts: Iterable[int], filters: Filters) -> set[int]:
        """Courts a question is about whole: a line, a division or single cases have no entered numbers."""
        narrowed = filters.every.keys() - {"court", "confidentiality"}
        if narrowed:
            return set()
        found = set(courts)
        if "court" in filters.every:
            found &= set(filters.every["court"])
        if filters.either is not None:
            found &= set(filters.either.get("court", ()))
        return found
