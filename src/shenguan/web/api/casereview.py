"""案件评查: plans, cases under review, replays of draws. Results say nothing of a judgment's force."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router
from ninja.errors import HttpError

from shenguan.programs.casereview import planning, selectors
from shenguan.programs.casereview.models import Item, Plan
from shenguan.rulebook import load
from shenguan.web.api.shared import Page, Part, Who, Words, page_of

router = Router(by_alias=True)
LARGEST_ID = 2**63 - 1


class PlanOut(Words):
    """One plan of review."""

    id: int = Field(alias="编号")
    name: str = Field(alias="名称")
    court: str = Field(alias="法院")
    kind: str = Field(alias="种类")
    topic: str = Field(alias="评查内容")
    state: str = Field(alias="状态")
    rate: float = Field(alias="抽查比例")
    minimum: int = Field(alias="每名法官最少件数")


class ItemOut(Words):
    """One case under review; never its reviewer."""

    id: int = Field(alias="编号")
    plan: int = Field(alias="方案编号")
    case: int = Field(alias="案件编号")
    number: str = Field(alias="案号")
    chance: str = Field(alias="入样概率")
    state: str = Field(alias="状态")
    reply: str = Field(alias="答复")
    points: float | None = Field(alias="得分")
    grade: str = Field(alias="等次")
    decided_on: date | None = Field(alias="定级日期")


class Conditions(Part):
    """Conditions of the list; each is optional."""

    plan: int | None = Field(None, alias="方案编号", ge=1, le=LARGEST_ID)
    state: str = Field("", alias="状态", max_length=4)


class ReplayOut(Words):
    """A draw repeated from its kept list and seed."""

    method: str = Field(alias="方法")
    seed: str = Field(alias="种子")
    size: int = Field(alias="名单件数")
    taken: int = Field(alias="抽中件数")
    frame: str = Field(alias="名单摘要")
    result: str = Field(alias="结果摘要")
    same: bool = Field(alias="一致")
    numbers: list[str] = Field(alias="案号")


def plan_told(plan: Plan) -> dict[str, Any]:
    """Return a plan under its official names."""
    return {
        "编号": plan.pk, "名称": plan.name, "法院": plan.court.name,
        "种类": load().casereview.plans[plan.kind].name, "评查内容": plan.topic,
        "状态": plan.state, "抽查比例": float(plan.rate), "每名法官最少件数": plan.minimum,
    }  # fmt: skip


def item_told(item: Item) -> dict[str, Any]:
    """Return a case under review under its official names."""
    return {
        "编号": item.pk, "方案编号": item.plan_id, "案件编号": item.case_id,
        "案号": item.case.number, "入样概率": item.chance, "状态": item.state,
        "答复": item.reply, "得分": None if item.points is None else float(item.points),
        "等次": item.grade, "定级日期": item.decided_on,
    }  # fmt: skip


@router.get("", response=Page[PlanOut], summary="评查方案")
def plans(request: HttpRequest, asked: Query[Part]) -> dict[str, Any]:
    """List the plans of the courts one sees as a whole, the newest first."""
    return page_of(selectors.plans(Who(request).scope), asked.start, asked.size, plan_told)


@router.get("/items", response=Page[ItemOut], summary="评查案件")
def items(request: HttpRequest, asked: Query[Conditions]) -> dict[str, Any]:
    """List the cases under review that one may open."""
    who = Who(request)
    rows = selectors.items(who.scope, who.today)
    if asked.plan is not None:
        rows = rows.filter(plan=asked.plan)
    if asked.state:
        rows = rows.filter(state=asked.state)
    return page_of(rows, asked.start, asked.size, item_told)


@router.get("/{int:plan_id}/replay", response=ReplayOut, summary="重放抽取")
def replay(request: HttpRequest, plan_id: int) -> dict[str, Any]:
    """Repeat a draw and say whether everything is the same, bit for bit."""
    if plan_id > LARGEST_ID:
        raise HttpError(404, "没有，或不在可见范围之内")
    plan = get_object_or_404(selectors.plans(Who(request).scope), pk=plan_id)
    if plan.state == Plan.State.DRAFT:
        raise HttpError(409, "方案还没有抽取")
    drawn, again = plan.drawn, planning.replay(plan.drawn)
    return {
        "方法": drawn.method, "种子": drawn.seed, "名单件数": drawn.size, "抽中件数": drawn.taken,
        "名单摘要": drawn.frame_digest, "结果摘要": drawn.result_digest, "一致": again.same,
        "案号": list(again.drawn),
    }  # fmt: skip
