"""What goes into a time-limit computation and what comes out: plain frozen values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time

from shenguan.core.timelimit.months import FILING_DAY, READINGS

RUNNING, PAUSED, CLOSED, NO_LIMIT, NO_RULE = "running", "paused", "closed", "no_limit", "no_rule"
STATES = (RUNNING, PAUSED, CLOSED, NO_LIMIT, NO_RULE)


class TimeLimitError(ValueError):
    """The facts given can't be read or can't start a clock; the message names field and value."""


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """One dated act in a case. `event` is the canonical name, see vocabulary.canonical()."""

    on: date
    event: str
    at: time | None = None
    months: int | None = None
    days: int | None = None
    approver: str | None = None
    kind: str | None = None
    agreed: bool | None = None
    reason: str | None = None
    paper: str | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class CaseHistory:
    """A case as its clock sees it. `events` may be in any order; ties keep the order given."""

    id: str
    case_type: str
    procedure: str | None
    events: tuple[TimelineEvent, ...]
    as_of: date
    against: str | None = None
    foreign_related: bool = False
    detained: bool = False
    rule: str | None = None
    marks: frozenset[str] = frozenset()
    court_level: str | None = None
    election_on: date | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One sentence of the derivation. `on` is the due date in force after it, None when paused."""

    say: str
    law: str
    on: date | None


@dataclass(frozen=True, slots=True)
class Interval:
    """An excluded stretch `[start, end)` as recorded; `end` None is still open at the day asked.

    `counted` is False where the law doesn't let it move the due date; `local` where only local
    policy excludes it.
    """

    reason: str
    start: date
    end: date | None
    counted: bool
    local: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """Readings of the law and powers that a court chooses for itself.

    `start_counts`: the filing day is day one (民诉解释第243条 "从立案之日起"); default the day after.
    `criminal_month_end`: one of months.READINGS. `roll_over`: a court's limit that ends on a rest
    day ends on the next workday. `confirmation_15_days`: 司法确认 by 司法确认规定第5条, not 民诉法第187条.
    `local_reasons`: the kinds of 其他扣除 the court recognises, empty for any.
    `delegation`: periods `[from, to]` in which the president lets a vice-president approve.
    """

    start_counts: bool = False
    criminal_month_end: str = FILING_DAY
    roll_over: bool = False
    confirmation_15_days: bool = False
    local_reasons: tuple[str, ...] = ()
    delegation: tuple[tuple[date, date | None], ...] = ()

    def __post_init__(self) -> None:
        if self.criminal_month_end not in READINGS:
            raise TimeLimitError(
                f"设置 criminal_month_end 的值“{self.criminal_month_end}”无效，"
                f"可选：{'、'.join(READINGS)}"
            )

    def delegated(self, day: date) -> bool:
        """Say whether 院长授权分管院领导 was in force on `day`."""
        return any(begin <= day and (end is None or day <= end) for begin, end in self.delegation)


@dataclass(frozen=True, slots=True)
class Due:
    """The answer. `due` is None when paused, without limit or without rule.

    `excluded_days` is the statutory union up to the day asked; `in_time` is None unless closed with
    a due date. `steps` and `intervals` are derived again when asked for, because most callers only
    want the date.
    """

    id: str
    due: date | None
    due_local: date | None
    state: str
    days_left: int | None
    excluded_days: int
    in_time: bool | None
    flags: tuple[str, ...]
    rule_id: str | None = None
    start_on: date | None = None
    closed_on: date | None = None
    limit_on: date | None = None
    due_at: datetime | None = None
    paused_since: date | None = None
    paused_by: str | None = None
    trace: Callable[[], tuple[tuple[Step, ...], tuple[Interval, ...]]] | None = field(
        default=None, repr=False, compare=False
    )

    @property
    def steps(self) -> tuple[Step, ...]:
        """The derivation, sentence by sentence; the last one's `on` is `due`."""
        return self.trace()[0] if self.trace else ()

    @property
    def intervals(self) -> tuple[Interval, ...]:
        """Every recorded suspension and exclusion, whether it moved the date or not."""
        return self.trace()[1] if self.trace else ()

    @property
    def limit_days(self) -> int | None:
        """Calendar days of the term with its extensions, exclusions apart."""
        if self.limit_on is None or self.start_on is None:
            return None
        return (self.limit_on - self.start_on).days
