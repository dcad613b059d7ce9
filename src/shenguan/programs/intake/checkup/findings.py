"""What the check-up looks at: eight questions, each answered by a list of cases.

Every number in the report is the length of one of these lists; the annex prints the lists.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from shenguan.base.org.models import Court
from shenguan.base.org.scope import Scope
from shenguan.programs.intake.checkup import disputes, papers
from shenguan.programs.intake.selectors import findings as quality_findings
from shenguan.spine.cases.casescope import cases_in
from shenguan.spine.cases.models import Case, Event
from shenguan.spine.cases.selectors import visible_cases
from shenguan.spine.timelimits.selectors import reconciliation
from shenguan.spine.warnings.worklists import worklists


@dataclass(frozen=True, slots=True)
class Row:
    """One case on a list: number, court, undertaker and what was found."""

    number: str
    court: str
    undertaker: str
    found: str


@dataclass(slots=True)
class Section:
    """One question of the check-up. `unknown` says why it can't be answered, instead of 0."""

    key: str
    title: str
    meaning: str
    needs: str
    rows: list[Row] = field(default_factory=list)
    unknown: str = ""
    breakdown: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Report:
    """The whole check-up of one court or of the installation."""

    title: str
    on: date
    total: int
    pending: int
    closed: int
    undated: int
    sections: list[Section]

    def counts(self) -> dict[str, int | None]:
        """Return each section's number, None where it can't be known."""
        return {s.key: None if s.unknown else len(s.rows) for s in self.sections}

    def as_dict(self) -> dict[str, Any]:
        """Return the report for JSON output, the lists included."""
        return {
            "title": self.title,
            "on": self.on,
            "total": self.total,
            "pending": self.pending,
            "closed": self.closed,
            "undated": self.undated,
            "sections": [
                {
                    "key": s.key,
                    "title": s.title,
                    "count": None if s.unknown else len(s.rows),
                    "unknown": s.unknown or None,
                    "needs": s.needs,
                    "cases": [
                        {"案号": r.number, "法院": r.court, "承办人": r.undertaker, "情况": r.found}
                        for r in s.rows
                    ],
                }
                for s in self.sections
            ],
        }


def narrowed(scope: Scope, court: Court | None) -> Scope:
    """Return the scope cut down to one court, which it must hold as a whole to show anything."""
    if court is None:
        return scope
    allowed = frozenset({court.pk})
    if scope.court_ids is not None:
        allowed &= scope.court_ids
    return Scope(scope.actor, allowed, clearance=scope.clearance)


def find_court(text: str) -> Court:
    """Return the court of this 代字 or name; raise ValueError with a Chinese reason otherwise."""
    found = Court.objects.filter(Q(code=text) | Q(name=text)).first()
    if found is None:
        raise ValueError(f"没有法院“{text}”，请写法院全称或法院代字")
    return found


def examine(scope: Scope, *, on: date, court: str | None = None) -> Report:
    """Look at every visible case (of one court, if named) as of the day `on`."""
    chosen = find_court(court) if court else None
    scope = narrowed(scope, chosen)
    cases = visible_cases(scope)
    filed = cases.filter(filed_on__lte=on)
    return Report(
        title=chosen.name if chosen else "全部已接入法院",
        on=on,
        total=cases.count(),
        pending=filed.filter(Q(closed_on=None) | Q(closed_on__gt=on)).count(),
        closed=cases.filter(closed_on__lte=on).count(),
        undated=cases.filter(filed_on=None).count(),
        sections=[question(scope, on) for question in QUESTIONS],
    )


def _row(case: Case, found: str) -> Row:
    return Row(case.number, case.court.name, case.undertaker_name, found)


def _listed(cases: QuerySet[Case]) -> QuerySet[Case]:
    return cases.select_related("court").order_by("court__order", "court__code", "number_key")


def _due_differs(scope: Scope, _on: date) -> Section:
    section = Section(
        "due_differs",
        "届满日期与本系统计算不一致",
        "原系统登记的审限届满日期与按法条计算的不同，两种算法并列，清单写明我方步骤",
        "逐案核对扣除、延长、程序转换是否漏录；确认后可选择采用本系统审限",
    )
    for difference in reconciliation(scope):
        section.rows.append(
            Row(
                difference.number,
                difference.court,
                difference.undertaker,
                f"登记{difference.recorded_due} 计算{difference.due or '—'}:{difference.derivation}",
            )
        )
    return section


def _open_pause(scope: Scope, on: date) -> Section:
    section = Section(
        "open_pause",
        "扣除/中止逾期未恢复",
        "扣除、中止开始后超过核查天数，仍未登记结束",
        "核实事由是否已经消除（鉴定意见已到、公告期满、中止原因消失）,及时登记恢复",
    )
    lists = {one.id: one for one in worklists(scope, on)}
    section.rows = _from_items(lists["paused_long"].items)
    return section


def _long_pending(scope: Scope, on: date) -> Section:
    section = Section(
        "long_pending",
        "长期未结（超12个月）",
        "自立案起按自然月计算，不减扣除期间",
        "逐案列明原因、方案、责任人和时间表",
    )
    for one in worklists(scope, on):
        if one.id.startswith("long_pending"):
            section.rows += [
                Row(i.number, i.court, i.undertaker, f"{one.name},{i.why}") for i in one.items
            ]
    return section


def _from_items(items: Iterable[Any]) -> list[Row]:
    return [Row(item.number, item.court, item.undertaker, item.why) for item in items]


def _without_paper(scope: Scope, on: date) -> Section:
    section = Section(
        "without_paper",
        "无文书结案",
        "以判决、裁定、调解结案，但没有接入裁判文书",
        "补传裁判文书，或更正结案方式",
    )
    papers_of = Event.objects.filter(case=OuterRef("pk"), kind=papers.PAPER_EVENT)
    if not papers.any_paper(scope):
        section.unknown = "尚未接入裁判文书，用 shenguan import 接入后即可核对"
        return section
    closed = cases_in(scope).filter(closed_on__lte=on).exclude(disposition="")
    wanted = closed.filter(papers.NEEDS_PAPER).filter(~Exists(papers_of))
    section.rows = [
        _row(case, f"{case.closed_on}以“{case.disposition}”结案") for case in _listed(wanted)
    ]
    return section


def _appeal_unfiled(scope: Scope, on: date) -> Section:
    section = Section(
        "appeal_unfiled",
        "已上诉而上级未立案",
        "登记了上诉，超过30日仍没有以本案为原审案件的二审案件",
        "查明卷宗在谁手中：上诉状、答辩、移送、立案各几日",
    )
    appealed = Event.objects.filter(
        case=OuterRef("pk"), kind="上诉", voided_by=None, occurred_on__lte=on
    )
    waiting = visible_cases(scope).filter(Exists(appealed), followed_by=None)
    for case in _listed(waiting):
        event = case.events.filter(kind="上诉", voided_by=None).order_by("-position").first()
        if event and event.occurred_on and (on - event.occurred_on).days > 30:
            days = (on - event.occurred_on).days
            section.rows.append(_row(case, f"{event.occurred_on}上诉，已{days}日"))
    return section


def _same_dispute(scope: Scope, _on: date) -> Section:
    section = Section(
        "same_dispute",
        "疑似同一纠纷多次立案",
        "同一法院、当事人完全相同、案由相同的一审案件在一年内再次立案",
        "核实是否撤诉后再诉、重复立案或应当合并",
    )
    for group in disputes.repeated(scope):
        first, *again = group
        section.rows += [
            _row(case, f"与{first.number}当事人、案由相同（{case.filed_on}再次立案）")
            for case in again
        ]
    return section


def _paper_differs(scope: Scope, _on: date) -> Section:
    section = Section(
        "paper_differs",
        "文书与登记不一致",
        "从文书读出的案由、结案方式、日期、承办人与登记不同",
        "以文书为准更正登记，或退回更正文书",
    )
    if not papers.any_paper(scope):
        section.unknown = "尚未接入裁判文书，用 shenguan import 接入后即可核对"
        return section
    section.rows = [_row(case, "；".join(found)) for case, found in papers.differences(scope)]
    return section


def _dirty(scope: Scope, _on: date) -> Section:
    section = Section(
        "dirty",
        "登记数据疑点",
        "日期颠倒、年份不可能、案号重复、类型与程序不符、栏目缺失等，按数据质量检查规则逐案列明",
        "在办案系统中更正，次日导出后自动消除",
    )
    found = quality_findings(scope).order_by("check_id", "case__court__order", "case__number_key")
    section.rows = [_row(one.case, f"{one.name}：{one.message}") for one in found]
    section.breakdown = dict(Counter(one.name for one in found).most_common())
    return section


QUESTIONS: tuple[Callable[[Scope, date], Section], ...] = (
    _due_differs,
    _open_pause,
    _without_paper,
    _long_pending,
    _appeal_unfiled,
    _same_dispute,
    _paper_differs,
    _dirty,
)
