"""督办单: the list, raising them, reporting the result, closing."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router
from ninja.errors import HttpError

from shenguan.base.inbox.models import Order
from shenguan.programs.attention import selectors, services
from shenguan.programs.attention.services import By
from shenguan.programs.attention.views import SUPERVISE, URGE
from shenguan.spine.cases.selectors import visible_cases
from shenguan.web.api.shared import Key, Page, Part, Who, Words, page_of, refusing

router = Router(by_alias=True)
STATES = {"未销号": "open", "已报结果": "reported", "已销号": "closed", "全部": "all"}


class OrderOut(Words):
    """One 督办单."""

    id: int = Field(alias="编号")
    number: str = Field(alias="督办单号")
    court: str = Field(alias="法院")
    case: int | None = Field(alias="案件编号")
    say: str = Field(alias="督办事项")
    owner: str | None = Field(alias="责任人")
    raised_on: date = Field(alias="立单日期")
    due_on: date = Field(alias="办结期限")
    result: str = Field(alias="办理结果")
    reported_on: date | None = Field(alias="报结果日期")
    closed_on: date | None = Field(alias="销号日期")


class Asked(Part):
    """Of which state."""

    state: Literal["未销号", "已报结果", "已销号", "全部"] = Field("未销号", alias="状态")


class DirectIn(Words):
    """Cases to be put on the lists of those in charge."""

    cases: list[Key] = Field(alias="案件编号", min_length=1, max_length=500)
    level: Literal["提示", "催办", "督办"] = Field(alias="级别")
    text: str = Field(alias="内容", min_length=1, max_length=500)
    due: date = Field(alias="办结期限")


class ResultIn(Words):
    """What was done."""

    result: str = Field(alias="办理结果", max_length=5000)


class Directed(Words):
    """What became of the cases."""

    count: int = Field(alias="已处理")
    refused: list[dict[str, str]] = Field(alias="未处理")


def _told(one: Order) -> dict[str, Any]:
    return {
        "编号": one.pk,
        "督办单号": one.number,
        "法院": one.court.name,
        "案件编号": one.watch.case_id,
        "督办事项": one.say,
        "责任人": one.owner.name if one.owner else None,
        "立单日期": one.raised_on,
        "办结期限": one.due_on,
        "办理结果": one.result,
        "报结果日期": one.reported_on,
        "销号日期": one.closed_on,
    }


def _by(who: Who) -> By:
    return By(who.person, who.now, who.today)


def _found(who: Who, order_id: int) -> Order:
    found: Order = get_object_or_404(selectors.orders(who.scope, "all", who.today), pk=order_id)
    return found


@router.get("", response=Page[OrderOut], summary="督办单")
def orders(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """List the 督办单 of a state."""
    who = Who(request)
    rows = selectors.orders(who.scope, STATES[asked.state], who.today)
    return page_of(rows, asked.start, asked.size, _told)


@router.get("/{int:order_id}", response=OrderOut, summary="督办单详情")
def order(request: HttpRequest, order_id: int) -> dict[str, Any]:
    """Return one 督办单."""
    return _told(_found(Who(request), order_id))


@router.post("", response=Directed, summary="交办：提示、催办、督办单")
def direct(request: HttpRequest, given: DirectIn) -> dict[str, Any]:
    """Put cases on the lists of those in charge; 督办 makes a 督办单 of each."""
    who = Who(request)
    who.must(SUPERVISE if given.level == SUPERVISE else URGE)
    shown = visible_cases(who.scope).filter(pk__in=given.cases)
    cases = list(shown.select_related("court", "division").order_by("number_key"))
    if len(cases) < len(set(given.cases)):
        raise HttpError(404, "有的案件不在可见范围之内，没有办理")
    with refusing(ValueError):
        done = services.direct_all(
            services.targets_of([], cases), level=given.level, text=given.text, due=given.due,
            by=_by(who),
        )  # fmt: skip
    if done.refused and not done.count:
        raise HttpError(409, "；".join(f"{what}：{why}" for what, why in done.refused))
    refused = [{"事项": str(what), "原因": str(why)} for what, why in done.refused]
    return {"已处理": done.count, "未处理": refused}


@router.post("/{int:order_id}/report", response=OrderOut, summary="报办理结果")
def report(request: HttpRequest, order_id: int, given: ResultIn) -> dict[str, Any]:
    """Put the result on a 督办单."""
    who = Who(request)
    found = _found(who, order_id)
    with refusing(ValueError):
        services.report_order(found, result=given.result, by=_by(who))
    return _told(_found(who, order_id))


@router.post("/{int:order_id}/close", response=OrderOut, summary="督办单销号")
def close(request: HttpRequest, order_id: int) -> dict[str, Any]:
    """Close a 督办单, never by its owner."""
    who = Who(request)
    who.must(SUPERVISE)
    found = _found(who, order_id)
    with refusing(ValueError):
        services.close_order(found, by=_by(who))
    return _told(_found(who, order_id))
