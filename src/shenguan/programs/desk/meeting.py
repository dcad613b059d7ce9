"""庭务会清单: what a division goes through at its meeting, every line a case or a matter with its person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from shenguan.base.approvals.models import Request
from shenguan.base.org.models import Unit
from shenguan.base.org.scope import Scope
from shenguan.programs.desk import alerts, given
from shenguan.programs.desk.figures import CORE, said, year_to
from shenguan.programs.desk.mine import hearings
from shenguan.spine.cases.selectors import visible_cases
from shenguan.spine.indicators.freshness import remembered
from shenguan.spine.indicators.services import Question
from shenguan.spine.warnings.worklists import WorkItem, worklists

NEXT_DAYS, DUE_DAYS = 7, 30
_LISTS = ("overdue", "due_soon", "due_near", "paused_long", "stuck")


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what it is about, whose it is, what is to be said; `case_id` where it is a case."""

    what: str
    who: str
    says: str
    day: date | None = None
    case_id: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One point of the agenda; an empty one is said to be empty at the end, not left out."""

    title: str
    day_name: str
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Meeting:
    """The whole list of one division."""

    unit: Unit
    on: date
    figures: Sequence[tuple[str, str, str]]
    sections: Sequence[Section]


def narrowed(scope: Scope, unit: Unit) -> Scope:
    """Return the part of a scope that one unit of it is."""
    return replace(
        scope,
        court_ids=frozenset(),
        unit_ids=frozenset({unit.pk}),
        person_ids=frozenset(),
        grants=frozenset(),
        figure_court_ids=frozenset(),
    )


def meeting(scope: Scope, unit: Unit, on: date) -> Meeting:
    """Return the list of one unit that the scope shows."""
    here = narrowed(scope, unit)
    sections = sorted(_sections(here, scope, unit, on), key=lambda section: not section.rows)
    return Meeting(unit, on, _figures(here, on), sections)


def _figures(here: Scope, on: date) -> list[tuple[str, str, str]]:
    rows = remembered(here, Question(year_to(on), CORE, compare=("yoy",))).rows
    return [(row.indicator.name, row.printed, said(row, row.change("yoy"))) for row in rows]


def _sections(here: Scope, scope: Scope, unit: Unit, on: date) -> list[Section]:
    lists = {one.id: one for one in worklists(here, on)}
    chosen = [lists[key] for key in _LISTS if key in lists]
    long_pending = [one for key, one in lists.items() if key.startswith("long_pending")]
    return [
        Section("上次会议以来批示交办的落实", "期限", _instructions(scope, unit)),
        *(
            Section(f"{one.symbol} {one.name}", "届满日", [_item(i) for i in one.items])
            for one in chosen
        ),
        Section(
            "■ 长期未结",
            "立案日",
            [_item(i, filed=True) for one in long_pending for i in one.items],
        ),
        Section("未答复的催办、未销号的督办", "答复期限", _unanswered(here)),
        Section("待审批的申请", "届满日", _requests(scope, unit)),
        Section(f"未来{NEXT_DAYS}日开庭", "日期", _hearings(here, on)),
    ]


def _item(item: WorkItem, *, filed: bool = False) -> Row:
    day = item.filed_on if filed else item.due
    return Row(item.number, item.undertaker, f"{item.cause}　{item.why}", day, item.case_id)


def _instructions(scope: Scope, unit: Unit) -> list[Row]:
    rows = given.ordered(given.instructions(scope).filter(unit=unit, accepted_on=None))
    return [
        Row(one.number, one.owner.name, f"{one.text}（{one.state_word}）{one.result}", one.due_on)
        for one in rows
    ]


def _unanswered(here: Scope) -> list[Row]:
    rows = alerts.standing(here).filter(level__in=("催办", "督办"), answered_on=None)
    return [
        Row(
            watch.level,
            str(watch.owner or ""),
            watch.say,
            watch.answer_by,
            watch.case_id,
        )
        for watch in rows.order_by("answer_by", "since", "pk")
    ]


def _requests(scope: Scope, unit: Unit) -> list[Row]:
    rows = Request.objects.filter(unit=unit, state__in=("open", "returned"), kind="case")
    shown = visible_cases(scope).values("pk")
    return [
        Row(
            one.subject_name,
            one.applicant.name,
            f"{one.name}：{one.summary}（{one.state_word}）",
            one.due,
        )
        for one in rows.filter(subject__in=shown).select_related("applicant").order_by("applied_at")
    ]


def _hearings(here: Scope, on: date) -> list[Row]:
    cases = visible_cases(here).filter(closed_on=None)
    return [
        Row(
            one.case.number,
            one.case.undertaker_name,
            one.says or one.case.cause,
            one.on,
            one.case.pk,
        )
        for one in hearings(cases, on, on + timedelta(days=NEXT_DAYS))
    ]
