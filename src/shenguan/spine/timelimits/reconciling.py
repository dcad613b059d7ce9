"""Our due dates beside the court's own: what differs, by how much, and what may be behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q, QuerySet

from shenguan.core.calendar import Calendar, CalendarNotPublished
from shenguan.core.timelimit import NO_LIMIT, NO_RULE, Rules
from shenguan.core.timelimit.months import add_months
from shenguan.spine.timelimits.models import Clock


@dataclass(frozen=True, slots=True)
class Difference:
    """One case whose recorded due date isn't ours. `days` = recorded − ours, null while paused."""

    case_id: int
    number: str
    court: str
    undertaker: str
    rule_id: str
    due: date | None
    recorded_due: date
    days: int | None
    accepted: bool
    reason: str
    ours: str
    theirs: str

    @property
    def derivation(self) -> str:
        """Return both derivations and the likely reason in one sentence."""
        return f"{self.ours}；{self.theirs}；{self.reason}"


def differing(clocks: QuerySet[Clock]) -> QuerySet[Clock]:
    """Return the clocks with a recorded date that isn't ours, where a rule of ours applies."""
    apart = ~Q(due=F("recorded_due")) | Q(due=None)
    return clocks.filter(apart, recorded_due__isnull=False).exclude(state__in=[NO_RULE, NO_LIMIT])


def difference(clock: Clock, rules: Rules, calendar: Calendar) -> Difference:
    """Describe one difference; `clock.case` and its court must be at hand."""
    case, recorded = clock.case, clock.recorded_due
    assert recorded is not None
    return Difference(
        case_id=case.pk,
        number=case.number,
        court=case.court.name,
        undertaker=case.undertaker_name,
        rule_id=clock.rule_id,
        due=clock.due,
        recorded_due=recorded,
        days=(recorded - clock.due).days if clock.due else None,
        accepted=clock.accepted,
        reason=_reason(clock, recorded, calendar),
        ours=_ours(clock, rules),
        theirs=_theirs(case.clock_start_on or case.filed_on, recorded),
    )


def _ours(clock: Clock, rules: Rules) -> str:
    name = rules.versions(clock.rule_id)[-1].name if clock.rule_id else ""
    parts = [f"本系统：{name}自{clock.start_on}起算，期限{clock.limit_days}日"]
    if clock.excluded_days:
        parts.append(f"扣除{clock.excluded_days}日")
    if clock.due is None:
        return "，".join([*parts, f"{clock.paused_by}自{clock.paused_since}起未结束，暂不届满"])
    return "，".join([*parts, f"{clock.due}届满"])


def _theirs(start: date | None, recorded: date) -> str:
    if start is None:
        return f"原系统：未载起算日期，{recorded}届满"
    return f"原系统：自{start}起算，{recorded}届满，历时{(recorded - start).days}日"


def _reason(clock: Clock, recorded: date, calendar: Calendar) -> str:
    if clock.due is None:
        return "原系统未随扣除、中止暂停"
    for says, test in _REASONS:
        if test(clock, clock.due, recorded, calendar):
            return says
    return (
        "原系统较晚，可能有未接入的扣除或延长" if recorded > clock.due else "原系统较早，原因待核"
    )


_Test = Callable[[Clock, date, date, Calendar], bool]


def _local(clock: Clock, _due: date, recorded: date, _calendar: Calendar) -> bool:
    return clock.due_local == recorded


def _not_excluded(clock: Clock, due: date, recorded: date, _calendar: Calendar) -> bool:
    return clock.excluded_days > 0 and recorded == due - timedelta(days=clock.excluded_days)


def _rolled(_clock: Clock, due: date, recorded: date, calendar: Calendar) -> bool:
    try:
        return recorded > due and calendar.roll(due) == recorded
    except CalendarNotPublished:
        return False


def _one_day(_clock: Clock, due: date, recorded: date, _calendar: Calendar) -> bool:
    return abs((recorded - due).days) == 1


def _months_later(_clock: Clock, due: date, recorded: date, _calendar: Calendar) -> bool:
    return recorded > due and any(add_months(due, n) == recorded for n in (1, 2, 3, 6, 9, 12))


def _months_earlier(clock: Clock, due: date, recorded: date, _calendar: Calendar) -> bool:
    if recorded > due:
        return False
    return clock.extended and any(add_months(recorded, n) == due for n in (1, 2, 3, 6, 9, 12))


_REASONS: tuple[tuple[str, _Test], ...] = (
    ("相差为本地政策扣除", _local),
    ("原系统未计入扣除", _not_excluded),
    ("原系统遇节假日顺延", _rolled),
    ("起算日计法相差一日", _one_day),
    ("相差整月，可能有未接入的延长或程序转换", _months_later),
    ("原系统未计入已批准的延长", _months_earlier),
)
