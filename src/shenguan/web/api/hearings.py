"""The calendar of hearings with its conflicts."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Router
from ninja.errors import HttpError

from shenguan.programs.hearings import selectors
from shenguan.programs.hearings.selectors import Shown
from shenguan.web.api.shared import Who, Words

router = Router(by_alias=True)
LONGEST = 62
"""Days of one answer."""


class Asked(Words):
    """Which days; by default the coming fortnight."""

    first: date | None = Field(None, alias="自")
    last: date | None = Field(None, alias="至")
    judge: str = Field("", alias="审判人员", max_length=60)
    room: str = Field("", alias="法庭", max_length=60)


class HearingOut(Words):
    """One hearing; a conflict with a case one may not see names it as hidden."""

    case: int = Field(alias="案件编号")
    number: str = Field(alias="案号")
    court: str = Field(alias="法院")
    on: date = Field(alias="开庭日期")
    starts: str | None = Field(alias="开始", description="时:分")
    ends: str | None = Field(alias="结束", description="时:分")
    room: str = Field(alias="法庭")
    panel: str = Field(alias="审判组织")
    state: str = Field(alias="状态")
    clashes: list[str] = Field(alias="冲突")


def _told(one: Shown) -> dict[str, Any]:
    hearing = one.hearing
    return {
        "案件编号": hearing.case_id,
        "案号": hearing.case.number,
        "法院": hearing.court.name,
        "开庭日期": hearing.on,
        "开始": _minute(hearing.starts),
        "结束": _minute(hearing.ends),
        "法庭": hearing.room,
        "审判组织": one.panel,
        "状态": hearing.state,
        "冲突": list(one.clashes),
    }


def _minute(moment: time | None) -> str | None:
    return f"{moment:%H:%M}" if moment else None


@router.get("", response=list[HearingOut], summary="庭审日历")
def hearings(request: HttpRequest, asked: Query[Asked]) -> list[dict[str, Any]]:
    """List the hearings of the days asked for, by day and time."""
    who = Who(request)
    first = asked.first or who.today
    last = asked.last or min(first, date.max - timedelta(LONGEST)) + timedelta(13)
    if not first <= last <= min(first, date.max - timedelta(LONGEST)) + timedelta(LONGEST):
        raise HttpError(422, f"一次最多查询{LONGEST}天，止日不早于起日")
    rows = selectors.hearings(
        who.scope, first, last + timedelta(1), court=None, judge=asked.judge, room=asked.room
    )
    return [_told(one) for one in selectors.with_clashes(who.scope, list(rows))]
