"""Stage times against the court's own limits, and appeals on their way to the court above."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import prefetch_related_objects

from shenguan.base.ops import home as homes
from shenguan.base.org import jurisdiction
from shenguan.base.org.choices import Choices
from shenguan.base.org.scope import Scope
from shenguan.core.indicator.compile import drill
from shenguan.core.indicator.compile.sql import Filters
from shenguan.core.indicator.period import Period, day_of_number
from shenguan.rulebook import load
from shenguan.spine.cases.models import Case
from shenguan.spine.indicators.freshness import remember, remembered, shown_to
from shenguan.spine.indicators.opening import opened
from shenguan.spine.indicators.selectors import case_rows
from shenguan.spine.indicators.services import Question
from shenguan.spine.indicators.values import ValueRow

STAGES: Mapping[str, str] = {
    "received_to_filed": "收件→立案",
    "filed_to_assigned": "立案→分案",
    "assigned_to_served": "分案→送达",
    "served_to_hearing": "送达→首次开庭",
    "first_to_last_hearing": "首次→末次开庭",
    "hearing_to_deliberation": "末次开庭→合议",
    "deliberation_to_signing": "合议→签发",
    "signing_to_service": "签发→送达",
    "closed_to_archived": "报结→归档",
    "appealed_to_sent": "上诉→移送",
}
LIMITS = "阶段时限"
"""Setting of a court: {stage: days}, e.g. {"filed_to_assigned": 3}; empty until the court fills it."""
AT_LOWER, ON_THE_WAY = "原审法院，卷宗尚未移送", "已移送，上级法院尚未立案"


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of one group: median and P90 in days; None without cases. `limit` is the court's own."""

    code: str
    label: str
    median: float | None
    p90: float | None
    limit: int | None = None

    @property
    def over(self) -> bool:
        """Whether a tenth of the cases or more take longer than the court's own limit."""
        return self.limit is not None and self.p90 is not None and self.p90 > self.limit


@dataclass(frozen=True, slots=True)
class Group:
    """One court (and cause) with its stages in order."""

    labels: Mapping[str, str]
    stages: list[Stage] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """Return one JSON record."""
        told = {
            s.code: {"median": s.median, "p90": s.p90, "limit": s.limit, "over": s.over}
            for s in self.stages
        }
        return {**self.labels, "stages": told}


def stage_times(
    scope: Scope,
    period: Period,
    *,
    by: Sequence[str] = ("court",),
    where: Mapping[str, tuple[int, ...]] | None = None,
) -> list[Group]:
    """Return median and P90 of each stage by court or by court and cause, in 机构序."""
    codes = tuple(f"{kind}_{stage}" for stage in STAGES for kind in ("median", "p90"))
    rows = remembered(scope, Question(period, codes, tuple(by), where=where or {})).rows
    groups: dict[tuple[int, ...], dict[str, ValueRow]] = {}
    for row in rows:
        groups.setdefault(tuple(row.keys.values()), {})[row.indicator.code] = row
    choices = Choices()
    return [_group(found, choices, period.end) for found in groups.values() if _any(found)]


def _any(found: Mapping[str, ValueRow]) -> bool:
    return any(row.figure.value is not None for row in found.values())


def _group(found: Mapping[str, ValueRow], choices: Choices, on: date) -> Group:
    first = next(iter(found.values()))
    court = first.keys.get("court")
    limits = choices.value(court, LIMITS, on, {}) if court else {}
    stages = [
        Stage(
            stage,
            label,
            _days(found, "median", stage),
            _days(found, "p90", stage),
            limits.get(stage),
        )
        for stage, label in STAGES.items()
    ]
    return Group(first.labels, stages)


def _days(found: Mapping[str, ValueRow], kind: str, stage: str) -> float | None:
    row = found.get(f"{kind}_{stage}")
    return None if row is None or row.figure.value is None else round(row.figure.value, 1)


@dataclass(frozen=True, slots=True)
class InTransit:
    """An appeal that isn't filed above yet: days since it was made, and who holds the file."""

    case: Case
    appealed_on: date
    sent_on: date | None
    days: int
    where: str
    holder: str

    def as_dict(self) -> dict[str, Any]:
        """Return one JSON record by the official names."""
        return {
            "案号": self.case.number,
            "法院": self.case.court.name,
            "上诉日": self.appealed_on.isoformat(),
            "移送日": self.sent_on.isoformat() if self.sent_on else None,
            "在途天数": self.days,
            "卷宗所在": self.where,
            "保管人": self.holder,
        }


def in_transit(scope: Scope, on: date) -> list[InTransit]:
    """Return appealed cases not filed above by the end of a day, the longest on their way first."""
    filters = shown_to(scope, figures_only=False)
    rows = remember(("in transit", filters, on), lambda: _on_the_way(filters, on))
    moved = jurisdiction.appeals_moved()
    cases = case_rows(scope, list(rows))
    prefetch_related_objects(cases, "court__parent", "marks")
    found = [_transit(case, rows[case.pk], on, moved) for case in cases]
    return sorted(found, key=lambda item: (-item.days, item.case.court.order, item.case.number_key))


def _on_the_way(filters: Filters, on: date) -> dict[int, Mapping[str, Any]]:
    """Return the fact rows of the cases on their way, by case."""
    rules = load()
    atom = rules.library.atoms["appeals_in_transit"]
    tree = drill.cases(atom, on, filters)
    tree = tree.select("appealed_on", "sent_up_on")
    engine = opened(homes.current(), rules).facts.engine
    return {row["case_id"]: row for row in engine.run(tree).to_pylist()}


def _transit(case: Case, row: Mapping[str, Any], on: date, moved: Collection[int]) -> InTransit:
    appealed = day_of_number(row["appealed_on"])
    # engines hand over whole numbers: a day that never came is 0
    sent = day_of_number(row["sent_up_on"]) if row["sent_up_on"] else None
    gone = sent is not None and sent <= on
    holder = (
        f"{_above(case, appealed, moved)}立案庭"
        if gone
        else f"{case.court.name} {case.undertaker_name}".strip()
    )
    return InTransit(
        case,
        appealed,
        sent if gone else None,
        (on - appealed).days,
        ON_THE_WAY if gone else AT_LOWER,
        holder,
    )


def _above(case: Case, on: date, moved: Collection[int]) -> str:
    """Name the court that hears the appeal: by centralised jurisdiction of a field or a class, else the tree."""
    if case.court_id not in moved:
        return case.court.parent.name if case.court.parent else "上级法院"
    above = jurisdiction.appeal_court(case.court, case.case_class, on)
    for mark in case.marks.all():
        field_court = jurisdiction.appeal_court(case.court, mark.name, on)
        if field_court is not None and field_court != case.court.parent:
            above = field_court
    return above.name if above else "上级法院"
