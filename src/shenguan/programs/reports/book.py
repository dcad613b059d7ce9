"""The one place where papers read figures, lists and causes of change; everything else asks this book.

Figures come from the indicator engine, lists from today's work lists. A group is a mapping such as
`{"court": [3]}` of dimension to database ids; periods are written as the engine writes them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from django.db.models import Q

from shenguan.base.inbox import weekly as sheets
from shenguan.base.inbox.naming import names as kinds_of_warning
from shenguan.base.ops import home as homes
from shenguan.base.org.models import Unit
from shenguan.base.org.scope import Scope
from shenguan.core.indicator.change import Contribution
from shenguan.core.indicator.expr import columns_of
from shenguan.core.indicator.facttable import IndicatorError
from shenguan.core.indicator.model import Library
from shenguan.core.indicator.period import Period
from shenguan.core.timelimit import PAUSED
from shenguan.programs.reports.meetings import tasks_of
from shenguan.programs.reports.models import Task
from shenguan.rulebook import load
from shenguan.spine.cases import log
from shenguan.spine.cases.casescope import DEFAULT_CASE_SCOPE, cases_in
from shenguan.spine.cases.models import Case
from shenguan.spine.cases.selectors import visible_cases
from shenguan.spine.indicators import services
from shenguan.spine.indicators.labels import Labels
from shenguan.spine.indicators.parts import Part
from shenguan.spine.indicators.selectors import cases_behind
from shenguan.spine.indicators.values import ValueRow
from shenguan.spine.indicators.why import Why, why
from shenguan.spine.timelimits.reconciling import differing
from shenguan.spine.timelimits.selectors import clocks, dues_as_of
from shenguan.spine.warnings.selectors import WarningRow, causes, warnings_on
from shenguan.spine.warnings.worklists import WorkItem, Worklist, worklists

Where = Mapping[str, Sequence[int]]
PLAIN = "closed_cases"
"""Asked beside every other: a plain count has a figure of every group, even of an empty one."""

WEEK = 7
"""Days a weekly sheet looks back."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a case belongs: ids, 0 for none."""

    court: int
    division: int
    judge: int


@dataclass(frozen=True, slots=True)
class Reply:
    """How a warning on a case was answered. `state`: what became of 数据有误 (待认定, 已更正 …), else the answer."""

    pk: int
    case_id: int
    number: str
    about: str
    choice: str
    text: str
    state: str


@dataclass(frozen=True, slots=True)
class Pause:
    """An exclusion or suspension that is still open."""

    case_id: int
    number: str
    reason: str
    since: date


class Book:
    """Figures, lists and causes as a scope sees them.

    `codes` are the indicators a paper prints: they are asked for together and kept. Without codes each
    figure is asked for alone, when it is wanted.
    """

    def __init__(
        self,
        scope: Scope,
        *,
        now: datetime,
        case_scope: str = DEFAULT_CASE_SCOPE,
        home: Path | None = None,
        codes: Iterable[str] = (),
    ) -> None:
        self.scope, self.now, self.case_scope = scope, now, case_scope
        self.home = home or homes.current()
        self.codes = tuple(code for code in codes if code in self.library.indicators)
        self._rows: dict[tuple[Any, ...], ValueRow | None] = {}
        self._lists: dict[date, dict[str, Worklist]] = {}
        self._whys: dict[tuple[Any, ...], Why | None] = {}
        self._warnings: dict[date, list[WarningRow]] = {}
        self._pauses: dict[tuple[Any, ...], list[Pause]] = {}
        self._replies: dict[date, list[Reply]] = {}
        self._places: dict[int, Place] = {}
        self._tasks: dict[int, Task] = {}

    @cached_property
    def library(self) -> Library:
        """Every indicator and atom."""
        return load().library

    @cached_property
    def labels(self) -> Labels:
        """Names of courts, divisions, people and codes."""
        return Labels(load().facts.codes)

    @cached_property
    def position(self) -> int:
        """Log position of the figures."""
        question = services.Question(Period.parse("2024"), codes=("filed_cases",))
        return services.values(self.scope, question, home=self.home).position

    def row(self, code: str, period: str, where: Where) -> ValueRow | None:
        """Return one figure with 同比 and 环比, None where no version answers for the period."""
        key = (code, period, _frozen(where))
        if key not in self._rows:
            together = self.codes if code in self.codes else (code,)
            self._ask(together, Period.parse(period), where, ())
            self._rows.setdefault(key, None)
        return self._rows[key]

    def prime(self, codes: Sequence[str], period: str, where: Where, by: str) -> None:
        """Ask for every group of `by` in one go, so that `row` finds them at hand."""
        self._ask(tuple(codes), Period.parse(period), where, (by,))

    def _ask(
        self, codes: tuple[str, ...], period: Period, where: Where, by: tuple[str, ...]
    ) -> None:
        filters = {name: tuple(keys) for name, keys in where.items()}
        asked = codes if PLAIN in codes else (*codes, PLAIN)
        question = services.Question(
            period, codes=asked, by=by, compare=("yoy", "mom"), where=filters
        )
        for row in services.values(self.scope, question, home=self.home).rows:
            group = {**where, **{name: [key] for name, key in row.keys.items()}}
            self._rows[(row.indicator.code, row.period.text, _frozen(group))] = row

    def groups(self, code: str, period: str, where: Where, by: str) -> list[ValueRow]:
        """Return one figure by the groups of a dimension, in 机构序."""
        filters = {name: tuple(keys) for name, keys in where.items()}
        question = services.Question(
            Period.parse(period), codes=(code,), by=(by,), compare=("yoy",), where=filters
        )
        return services.values(self.scope, question, home=self.home).rows

    def why(self, code: str, period: str, where: Where, by: str) -> Why | None:
        """Return how groups moved a figure against the same period last year; None if it can't be split.

        Never asked by judge: a paper goes to more people than may see that.
        """
        key = (code, period, _frozen(where), by)
        if key not in self._whys:
            found = Period.parse(period)
            filters = {name: tuple(keys) for name, keys in where.items()}
            question = services.Question(found, codes=(code,), where=filters)
            try:
                answer = why(self.scope, question, found.last_year(), by=(by,), home=self.home)
            except IndicatorError:
                answer = None
            self._whys[key] = answer
        return self._whys[key]

    def effects(self, code: str, period: str, where: Where, by: str) -> list[Contribution]:
        """Return what each group adds to the change, in 机构序; empty where it can't be split."""
        found = self.why(code, period, where, by)
        parts = [part for _, part in found.splits[0].parts] if found else []
        order = self.in_order(by, [part.key[0] for part in parts])
        return sorted(parts, key=lambda part: order.index(part.key[0]))

    def behind(self, code: str, period: str, where: Where, part: Part) -> list[int]:
        """Return the ids of the cases behind a part of a figure, in order."""
        filters = {name: tuple(keys) for name, keys in where.items()}
        question = services.Question(Period.parse(period), codes=(code,), where=filters)
        found = cases_behind(self.scope, question, part=part, limit=None, home=self.home)
        return [case_id for case_id, _ in found.pairs]

    def lists(self, on: date) -> dict[str, Worklist]:
        """Return every work list of a day by id."""
        if on not in self._lists:
            made = worklists(self.scope, on, case_scope=self.case_scope)
            self._lists[on] = {one.id: one for one in made}
        return self._lists[on]

    def items(self, list_id: str, on: date, where: Where) -> list[WorkItem]:
        """Return the cases of a list that belong to a group."""
        items = self.lists(on)[list_id].items
        self._locate([item.case_id for item in items])
        return [item for item in items if self._within(item.case_id, where)]

    def warnings(self, on: date, where: Where) -> list[WarningRow]:
        """Return the warnings of a day whose case belongs to a group, the gravest first."""
        if on not in self._warnings:
            self._warnings[on] = warnings_on(self.scope, on)
        rows = self._warnings[on]
        self._locate([row.case_id for row in rows])
        return [row for row in rows if self._within(row.case_id, where)]

    def pauses(self, on: date, where: Where) -> list[Pause]:
        """Return the open exclusions and suspensions of a group on a day, the oldest first."""
        key = (on, _frozen(where))
        if key not in self._pauses:
            open_then = Q(closed_on=None) | Q(closed_on__gt=on)
            cases = cases_in(self.scope, self.case_scope).filter(open_then, filed_on__lte=on)
            numbers = dict(cases.filter(**_columns(where)).values_list("pk", "number"))
            dues = dues_as_of(self.scope, list(numbers), on)
            found = [
                Pause(pk, numbers[pk], interval.reason, interval.start)
                for pk, due in dues.items()
                for interval in due.intervals
                if interval.end is None and due.state == PAUSED
            ]
            self._pauses[key] = sorted(found, key=lambda pause: (pause.since, pause.number))
        return self._pauses[key]

    def replies(self, on: date, where: Where) -> list[Reply]:
        """Return how warnings on a group's cases were answered in the seven days up to a day, in order."""
        if on not in self._replies:
            since, names = on - timedelta(days=WEEK - 1), kinds_of_warning()
            found = sheets.answers(self.scope, since, on + timedelta(days=1))
            by_case = [(row.watch.case_id, row) for row in found if row.watch.case_id]
            shown = visible_cases(self.scope).filter(pk__in={pk for pk, _ in by_case})
            numbers = dict(shown.values_list("pk", "number"))
            self._replies[on] = [
                Reply(
                    row.pk, pk, numbers[pk], names.get(row.watch.kind, row.watch.kind),
                    row.choice, row.text, sheets.state_of(row),
                )
                for pk, row in by_case
                if pk in numbers
            ]  # fmt: skip
        rows = self._replies[on]
        self._locate([row.case_id for row in rows])
        return [row for row in rows if self._within(row.case_id, where)]

    def answered(self, items: Collection[str]) -> dict[str, str]:
        """Return what became of the last answer to items of the weekly sheet; unanswered ones are left out."""
        return {item: found.state for item, found in sheets.answered(items).items()}

    def plan_causes(self, on: date, where: Where) -> list[tuple[str, str, int]]:
        """Return (why, cause, open entries) of the 一案一策 ledger of a group of courts."""
        narrowed = replace(self.scope, court_ids=frozenset(where["court"]))
        return causes(narrowed, on)

    def tasks(self, court_ids: Sequence[int], since: date, on: date) -> list[Task]:
        """Return what meetings decided and was not closed before `since`."""
        found = tasks_of(court_ids, since, on)
        self._tasks |= {task.pk: task for task in found}
        return found

    def task(self, pk: int) -> Task:
        """Return one task with its steps."""
        if pk not in self._tasks:
            rows = Task.objects.select_related("meeting", "unit", "owner")
            self._tasks[pk] = rows.prefetch_related("steps").get(pk=pk)
        return self._tasks[pk]

    def is_money(self, code: str, on: date) -> bool:
        """Whether the parts of an indicator are sums of money (in 分)."""
        version = self.library.indicators[code].version(on)
        atoms = [self.library.atoms.get(ref.code) for ref in version.refs] if version else []
        return any(
            column.type == "money" for atom in atoms if atom for column in columns_of(atom.value)
        )

    def _locate(self, ids: Sequence[int]) -> None:
        missing = [pk for pk in ids if pk not in self._places]
        columns = ("pk", "court_id", "division_id", "undertaker_id")
        for start in range(0, len(missing), 500):
            found = Case.objects.filter(pk__in=missing[start : start + 500])
            for pk, court, division, judge in found.values_list(*columns):
                self._places[pk] = Place(court, division or 0, judge or 0)

    def _within(self, case_id: int, where: Where) -> bool:
        place = self._places[case_id]
        return all(getattr(place, name) in keys for name, keys in where.items())

    def place(self, case_id: int) -> Place:
        """Return where a case belongs."""
        self._locate([case_id])
        return self._places[case_id]

    def in_order(self, dimension: str, keys: Iterable[int]) -> list[int]:
        """Return keys in 机构序, those not registered last."""
        if dimension != "division":
            return sorted(keys, key=lambda key: self.labels.order(dimension, key))
        order = list(
            Unit.objects.order_by("court__order", "order", "pk").values_list("pk", flat=True)
        )
        places = {key: at for at, key in enumerate(order)}
        return sorted(keys, key=lambda key: (places.get(key, len(order)), key))

    def corrections(self, on: date, where: Where) -> int:
        """Return how many entries of the group's cases were voided in the seven days up to a day."""
        shown = visible_cases(self.scope).filter(**_columns(where))
        since = on - timedelta(days=WEEK)
        voids = log.landed().filter(case__in=shown, voids__isnull=False)
        return voids.filter(recorded_at__date__gt=since, recorded_at__date__lte=on).count()

    def undated(self, where: Where) -> int:
        """Return how many cases have no 立案日期 and so stand in no figure."""
        return (
            cases_in(self.scope, self.case_scope).filter(filed_on=None, **_columns(where)).count()
        )

    def differing(self, where: Where) -> int:
        """Return how many pending cases have a recorded due date that isn't ours."""
        columns = {f"case__{name}": keys for name, keys in _columns(where).items()}
        return differing(clocks(self.scope).filter(case__closed_on=None, **columns)).count()


def _frozen(where: Where) -> tuple[tuple[str, tuple[int, ...]], ...]:
    return tuple(sorted((name, tuple(keys)) for name, keys in where.items()))


def _columns(where: Where) -> dict[str, Any]:
    names = {"court": "court_id__in", "division": "division_id__in", "judge": "undertaker_id__in"}
    return {names[name]: list(keys) for name, keys in where.items()}
