"""Warnings: what stands, answering it, putting it off."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Router
from ninja.errors import HttpError

from shenguan.base.inbox.models import Answer, Watch
from shenguan.base.inbox.naming import names
from shenguan.programs.attention import selectors, services
from shenguan.programs.attention.asking import Asked
from shenguan.web.api.shared import MOST, PAGE, Who, Words, page_of

router = Router(by_alias=True)


class WarningOut(Words):
    """One warning as it stands."""

    id: int = Field(alias="编号")
    kind: str = Field(alias="种类")
    level: str = Field(alias="级别")
    say: str = Field(alias="内容")
    court: str = Field(alias="法院")
    owner: str | None = Field(alias="承办人")
    case: int | None = Field(alias="案件编号")
    since: date | None = Field(alias="起")
    answer_by: date | None = Field(alias="答复期限")
    answered_on: date | None = Field(alias="答复日")


class WarningPage(Words):
    """Part of the list; `总数` counts all of it."""

    total: int = Field(alias="总数")
    start: int = Field(alias="起")
    rows: list[WarningOut] = Field(alias="条目")


class Conditions(Words):
    """Conditions of the list; each is optional."""

    level: str = Field("", alias="级别", max_length=4)
    kind: str = Field("", alias="种类", max_length=40)
    mine: bool = Field(False, alias="只看本人")
    start: int = Field(0, alias="起", ge=0, le=10**7)
    size: int = Field(PAGE, alias="条数", ge=1, le=MOST)


class AnswerIn(Words):
    """An answer to a warning: 已办, 办理中 or 数据有误, with words."""

    choice: str = Field(alias="答复", max_length=4)
    text: str = Field("", alias="说明", max_length=500)


class SnoozeIn(Words):
    """Putting a warning off for oneself."""

    until: date = Field(alias="暂缓至")
    reason: str = Field(alias="理由", min_length=1, max_length=200)


class Acted(Words):
    """How many were acted on."""

    count: int = Field(alias="已处理")


def _told(watch: Watch) -> dict[str, Any]:
    return {
        "编号": watch.pk,
        "种类": names().get(watch.kind, watch.kind),
        "级别": watch.level,
        "内容": watch.say,
        "法院": watch.court.name,
        "承办人": watch.owner.name if watch.owner else None,
        "案件编号": watch.case_id,
        "起": watch.since,
        "答复期限": watch.answer_by,
        "答复日": watch.answered_on,
    }


@router.get("", response=WarningPage, summary="预警")
def warnings(request: HttpRequest, asked: Query[Conditions]) -> dict[str, Any]:
    """List the warnings that stand within one's scope, the oldest first."""
    who = Who(request)
    wanted = Asked(level=asked.level, kind=asked.kind, mine=asked.mine)
    rows = selectors.warnings(who.scope, wanted, who.today).select_related("court", "owner")
    return page_of(rows, asked.start, asked.size, _told)


def _one(who: Who, watch_id: int) -> list[Watch]:
    found = list(selectors.warnings(who.scope, Asked(), who.today).filter(pk=watch_id))
    if not found:
        raise HttpError(404, "没有，或不在可见范围之内")
    return found


def _done(done: services.Done) -> dict[str, int]:
    if done.refused:
        raise HttpError(409, str(done))
    return {"已处理": done.count}


@router.post("/{int:watch_id}/answer", response=Acted, summary="答复预警")
def answer(request: HttpRequest, watch_id: int, given: AnswerIn) -> dict[str, int]:
    """Answer one warning."""
    who = Who(request)
    watches = _one(who, watch_id)
    if given.choice not in Answer.Choice.values:
        raise HttpError(422, f"答复应为：{'、'.join(Answer.Choice.values)}")
    by = services.By(who.person, who.now, who.today)
    return _done(services.answer_all(watches, choice=given.choice, text=given.text, by=by))


@router.post("/{int:watch_id}/snooze", response=Acted, summary="暂缓提醒")
def snooze(request: HttpRequest, watch_id: int, given: SnoozeIn) -> dict[str, int]:
    """Put one warning off for oneself until a day."""
    who = Who(request)
    watches = _one(who, watch_id)
    by = services.By(who.person, who.now, who.today)
    return _done(services.snooze_all(watches, reason=given.reason, until=given.until, by=by))
