"""The lists behind the numbers of the home pages: one condition makes the number and its list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from shenguan.base.accounts.access import Access
from shenguan.spine.cases.log import LANDED
from shenguan.spine.cases.models import Case, Event
from shenguan.spine.cases.selectors import visible_cases

RECENT_DAYS, HALF_YEAR, SOON = 7, 183, 15
ENFORCEMENT: Mapping[str, str] = {
    "执": "首次执行",
    "执恢": "恢复执行",
    "执保": "财产保全执行",
    "执异": "执行异议",
    "执复": "执行复议",
}
STATES: Mapping[str, str] = {
    "all": "在办",
    "late": "已超期限",
    "soon": f"{SOON}日内届满",
    "paused": "暂停中",
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A list by its key in an address: its name and condition."""

    name: str
    condition: Q


def lists(on: date) -> dict[str, Listed]:
    """Return every plain list as of a day."""
    pending = Q(closed_on=None)
    archived = Event.objects.filter(LANDED, case=OuterRef("pk"), kind="归档")
    recent = on - timedelta(days=HALF_YEAR)
    found = {
        "undated": Listed("无立案日期", pending & Q(filed_on=None)),
        "nobody": Listed("未登记承办人、待分案", pending & Q(undertaker=None)),
        "no_cause": Listed("案由未识别", pending & Q(cause_code="")),
        "no_clock": Listed(
            "无法计算届满日",
            pending & Q(clock__state="no_rule", clock__governing_due=None),
        ),
        "filed": Listed(
            f"近{RECENT_DAYS}日立案未结",
            pending & Q(filed_on__gt=on - timedelta(days=RECENT_DAYS), filed_on__lte=on),
        ),
        "ended": Listed(
            "近半年终结本次执行",
            Q(case_type="执", disposition__contains="终结本次", closed_on__gte=recent),
        ),
        "archive": Listed("近半年已结未归档", Q(~Exists(archived), closed_on__gte=recent)),
    }
    for kind, name in ENFORCEMENT.items():
        for state, word in STATES.items():
            condition = pending & Q(case_type=kind) & _state(state, on)
            found[f"{kind}-{state}"] = Listed(f"{name}{word}", condition)
    return found


def _state(state: str, on: date) -> Q:
    running = Q(clock__paused_since=None)
    return {
        "all": Q(),
        "late": running & Q(clock__governing_due__lt=on),
        "soon": running & Q(clock__governing_due__range=(on, on + timedelta(days=SOON))),
        "paused": Q(clock__paused_since__isnull=False),
    }[state]


def own_court(access: Access) -> QuerySet[Case]:
    """Return the cases of one's own court that one may see."""
    return visible_cases(access.scope).filter(court=access.account.person.court_id)


def of_list(access: Access, key: str, on: date) -> tuple[str, QuerySet[Case]] | None:
    """Return name and cases of a list, in the order of filing; None for an unknown key."""
    found = lists(on).get(key)
    if found is None:
        return None
    cases = own_court(access).filter(found.condition).order_by("filed_on", "number_key")
    return found.name, cases.select_related("court", "clock", "division")


def doubtful(access: Access, flag: str) -> list[Case]:
    """Return the cases that carry a doubt about their data, in the order of filing."""
    rows = own_court(access).exclude(flags=[]).select_related("court", "clock", "division")
    return [
        case for case in rows.order_by("filed_on", "number_key") if flag in map(str, case.flags)
    ]
