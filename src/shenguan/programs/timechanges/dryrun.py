"""What an extension would do to a case, found by letting the clock run on a log it doesn't have yet.

Nothing here reads the clock or writes; `on` is the day on which the approval is imagined.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from shenguan.base.org.choices import Choices
from shenguan.core.casefold import LoggedEvent
from shenguan.core.timelimit import NO_LIMIT, NO_RULE, Due, Rule, Rules, vocabulary
from shenguan.core.timelimit.rule import Stage
from shenguan.core.windows import Windows
from shenguan.rulebook import Rulebook, load
from shenguan.rulebook.loaders.approvals import Procedure
from shenguan.spine.cases.states import Folded, fold_cases
from shenguan.spine.timelimits.histories import due_for
from shenguan.spine.timelimits.services import governing

GROUP = "延长审限"
OPEN_MONTHS = 6
"""Choices offered where the law gives no length; the approval counts as given and is flagged."""

_LAST = 1 << 60
_ORDER = (
    vocabulary.PRESIDENT,
    vocabulary.COURT_ITSELF,
    vocabulary.COURT_ABOVE,
    vocabulary.HIGH_COURT,
    vocabulary.SUPREME_COURT,
    vocabulary.VICE_PRESIDENT,
)


@dataclass(frozen=True, slots=True)
class Length:
    """One length that may be asked for, with the due date it leads to (None while paused)."""

    months: int
    days: int
    due: date | None

    @property
    def value(self) -> str:
        """The value of this choice in a form."""
        return f"{self.months}m" if self.months else f"{self.days}d"

    @property
    def say(self) -> str:
        """The length in words."""
        return f"{self.months}个月" if self.months else f"{self.days}日"


@dataclass(frozen=True, slots=True)
class Outlook:
    """Where a case stands for an extension; `blocked` says why none can be asked for, else empty."""

    case: Folded
    due: Due
    governing_due: date | None
    recorded_governs: bool
    blocked: str = ""
    stage: Stage | None = None
    approver: str = ""
    procedure: Procedure | None = None
    lengths: tuple[Length, ...] = ()

    @property
    def windows(self) -> Windows:
        """The windows of the stage before the due date that governs."""
        if self.stage is None:
            return Windows(self.governing_due)
        return Windows(self.governing_due, self.stage.apply_before, self.stage.decide_before)

    def length(self, value: str) -> Length | None:
        """Return the choice of a form's value."""
        return next((length for length in self.lengths if length.value == value), None)


def outlook(case_id: int, on: date) -> Outlook:
    """Return where a case stands for an extension on a day; the caller has checked who may see it."""
    (entry,) = fold_cases([case_id])
    book, choices = load(), Choices()
    due = due_for(entry, book, choices, on)
    chosen = governing(entry, due, choices, on)
    recorded = entry.state.recorded_due is not None and not chosen.accepted
    found = Outlook(entry, due, chosen.due, recorded)
    if blocked := _blocked(entry, due):
        return replace(found, blocked=blocked)
    return _with_stage(found, book, choices, on)


def imagined(case_id: int, approver: str, months: int, days: int, on: date) -> Due:
    """Return the clock of a case if it were extended so on a day."""
    (entry,) = fold_cases([case_id])
    return _imagine(entry, load(), Choices(), approver, months, days, on)


def rule_of(due: Due, rules: Rules) -> Rule | None:
    """Return the version of the rule that a computed clock went by."""
    if due.rule_id is None:
        return None
    versions = rules.versions(due.rule_id)
    start = due.start_on or date.max
    fitting = [rule for rule in versions if rule.valid_from <= start]
    return fitting[-1] if fitting else versions[0]


def _blocked(entry: Folded, due: Due) -> str:
    if entry.state.closed_on or due.closed_on:
        return "本案已结，不能申请延长审限"
    if due.state == NO_RULE:
        return f"本案没有可以适用的审限规则，不能申请延长：{'、'.join(due.flags)}"
    if due.state == NO_LIMIT:
        return "本案依法不受审限限制，不需要延长"
    return ""


def _with_stage(found: Outlook, book: Rulebook, choices: Choices, on: date) -> Outlook:
    rule = rule_of(found.due, book.timelimits)
    stages = rule.stages if rule else ()
    if not stages:
        return replace(found, blocked=f"{rule.name if rule else '本案'}依法不得延长审限")
    for stage in stages:
        approver = _approver_of(stage, found.case.court.level)
        lengths = tuple(_lengths(found, stage, approver, book, choices, on))
        procedure = _procedure_of(stage, approver, book)
        if lengths and procedure:
            return replace(
                found, stage=stage, approver=approver, lengths=lengths, procedure=procedure
            )
    if found.due.due and found.due.due < on:
        why = f"本案按本系统计算已于{found.due.due}届满，届满后批准延长不再改变届满日，不能申请"
        return replace(found, blocked=why)
    return replace(found, blocked="本案延长的次数或者期限已达法律规定的上限")


def _lengths(
    found: Outlook, stage: Stage, approver: str, book: Rulebook, choices: Choices, on: date
) -> Iterator[Length]:
    """Yield the lengths that would move the term, each further than the one before."""
    reached = found.due.limit_on
    for months, days in _asked(stage):
        due = _imagine(found.case, book, choices, approver, months, days, on)
        if due.limit_on and (reached is None or due.limit_on > reached):
            reached = due.limit_on
            yield Length(months, days, due.due)


def _asked(stage: Stage) -> list[tuple[int, int]]:
    if stage.days and not stage.months:
        shorter = [days for days in (5, 10, 15, 20) if days < stage.days]
        return [(0, days) for days in [*shorter, stage.days]]
    most = stage.months or stage.at_most or OPEN_MONTHS
    return [(months, 0) for months in range(1, most + 1)]


def _imagine(
    entry: Folded,
    book: Rulebook,
    choices: Choices,
    approver: str,
    months: int,
    days: int,
    on: date,
) -> Due:
    payload = {"months": months or None, "days": days or None, "approver": approver}
    event = LoggedEvent(_LAST, vocabulary.APPROVE, on, payload)
    return due_for(replace(entry, events=(*entry.events, event)), book, choices, on)


def _approver_of(stage: Stage, level: str) -> str:
    """Return who approves: of the high court or the supreme court the one above this court."""
    if {vocabulary.HIGH_COURT, vocabulary.SUPREME_COURT} <= stage.approvers:
        return vocabulary.SUPREME_COURT if level == "高级" else vocabulary.HIGH_COURT
    named = (name for name in _ORDER if name in stage.approvers)
    return next(named, vocabulary.PRESIDENT)


def _procedure_of(stage: Stage, approver: str, book: Rulebook) -> Procedure | None:
    vice = vocabulary.VICE_PRESIDENT in stage.approvers
    return book.approvals.by_approver(GROUP, vocabulary.VICE_PRESIDENT if vice else approver)
