"""案件评查, the acts: plan, trial and draw, score, reply, decide, rectify, check; each as on the page."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Status
from ninja.errors import HttpError

from shenguan.programs.casereview import planning, selectors, services
from shenguan.programs.casereview.models import Finding, Issue, Item, Plan, Sheet
from shenguan.programs.casereview.pages import ACT
from shenguan.programs.casereview.planning import Planned
from shenguan.programs.casereview.services import Decided, Marked
from shenguan.spine.cases.reading import note_reading
from shenguan.web.api.casereview import ItemOut, PlanOut, item_told, plan_told
from shenguan.web.api.casereview import router as list_router
from shenguan.web.api.shared import Key, Page, Part, Who, Words, page_of

router = Router(by_alias=True)
TEXT = 5000
BENCH = ("登记事件", "申请审批", "起草")


class PlanIn(Words):
    """A plan; what is left out is usual for its kind."""

    name: str = Field(alias="名称", max_length=80)
    kind: str = Field(alias="种类代码", max_length=20)
    topic: str = Field("全案", alias="评查内容", max_length=20)
    first: date = Field(alias="结案自")
    last: date = Field(alias="结案至")
    classes: list[str] = Field(default_factory=list, alias="案件类别", max_length=10)
    cause: str = Field("", alias="案由", max_length=60)
    divisions: list[Key] = Field(default_factory=list, alias="庭室编号", max_length=200)
    targets: list[str] = Field(default_factory=list, alias="重点对象", max_length=20)
    numbers: list[str] = Field(default_factory=list, alias="案号", max_length=500)
    strata: list[str] = Field(default_factory=list, alias="分层", max_length=10)
    rate: Decimal | None = Field(
        None, alias="抽查比例", gt=0, le=100, max_digits=5, decimal_places=2
    )
    minimum: int | None = Field(None, alias="每名法官最少件数", ge=0, le=1000)
    second: int | None = Field(None, alias="复评比例", ge=0, le=100)


class PreparedOut(Words):
    """The list as it stands before the draw."""

    size: int = Field(alias="名单件数")
    expected: float = Field(alias="预计抽中")
    digest: str = Field(alias="名单摘要")


class DrawIn(Words):
    """The seed of the draw, e.g. numbers drawn in public."""

    seed: str = Field(alias="种子", min_length=1, max_length=64)


class WholeItem(ItemOut):
    """A case under review as far as one's part in it goes; never its reviewers."""

    findings: list[dict[str, Any]] = Field(alias="扣分")
    proposed_points: float | None = Field(alias="初评分")
    objection: str = Field(alias="异议理由")
    reply_text: str = Field(alias="答复内容")
    decision: str = Field(alias="审议意见")
    meeting: str = Field(alias="会议")


class SheetOut(Words):
    """A sheet given to whoever asks, with what may be marked."""

    id: int = Field(alias="编号")
    item: int = Field(alias="评查案件编号")
    number: str = Field(alias="案号")
    given_on: date = Field(alias="分派日期")
    submitted: bool = Field(alias="已提交")
    entries: list[dict[str, Any]] = Field(alias="评查项")


class MarkedIn(Words):
    """One deduction, with the page of the file it rests on."""

    item: str = Field(alias="评查项", max_length=20)
    deduction: str = Field(alias="扣分项", max_length=20)
    page: str = Field(alias="卷宗页码", max_length=60)
    times: int = Field(1, alias="处", ge=1, le=99)
    text: str = Field("", alias="说明", max_length=500)


class ScoreIn(Words):
    """A whole sheet."""

    marked: list[MarkedIn] = Field(default_factory=list, alias="扣分", max_length=200)
    comment: str = Field("", alias="总评", max_length=TEXT)


class ReviewReplyIn(Words):
    """认可 or 异议, the latter with a coded reason."""

    reply: str = Field(alias="答复", max_length=4)
    reason: str = Field("", alias="异议理由代码", max_length=4)
    text: str = Field("", alias="内容", max_length=TEXT)


class DecideIn(Words):
    """What the committee decides: the findings that stand, by number."""

    upheld: list[int] = Field(default_factory=list, alias="维持的扣分", max_length=500)
    text: str = Field(alias="审议意见", max_length=TEXT)
    meeting: str = Field(alias="会议", max_length=60)
    grade: str = Field("", alias="等次", max_length=10)


class IssueOut(Words):
    """One issue and its rectification."""

    id: int = Field(alias="编号")
    number: str = Field(alias="案号")
    code: str = Field(alias="代码")
    text: str = Field(alias="具体情况")
    state: str = Field(alias="状态")
    due_on: date = Field(alias="整改期限")
    report: str = Field(alias="整改情况")
    verdict: str = Field(alias="验收意见")


class IssueAsked(Part):
    """Conditions of the issue list; each is optional."""

    state: str = Field("", alias="状态", max_length=4)


class RectifyIn(Words):
    """How an issue was put right."""

    text: str = Field(alias="整改情况", max_length=TEXT)


class CheckIn(Words):
    """Whether it was."""

    result: Literal["通过", "退回"] = Field(alias="结果")
    text: str = Field(alias="验收意见", max_length=TEXT)


def _plan_to_run(who: Who, plan_id: int) -> Plan:
    found: Plan = get_object_or_404(selectors.plans(who.scope), pk=plan_id)
    _office(who, found.court_id)
    return found


def _office(who: Who, court_id: int) -> None:
    who.must(ACT)
    if court_id != who.person.court_id or not selectors.oversees(who.scope, court_id):
        raise HttpError(403, "只办理本院的评查")


def _item(who: Who, item_id: int) -> Item:
    found: Item = get_object_or_404(selectors.items(who.scope, who.today), pk=item_id)
    return found


def _issue(who: Who, issue_id: int) -> Issue:
    found: Issue = get_object_or_404(selectors.issues(who.scope, who.today), pk=issue_id)
    return found


@list_router.post("", response={201: PlanOut}, summary="拟定评查方案")
def make(request: HttpRequest, given: PlanIn) -> Status[dict[str, Any]]:
    """Write a plan of one's own court down."""
    who = Who(request)
    _office(who, who.person.court_id)
    wanted = {
        "from": given.first.isoformat(), "to": given.last.isoformat(), "classes": given.classes,
        "cause": given.cause.strip(), "divisions": given.divisions,
        "targets": given.targets, "numbers": given.numbers,
    }  # fmt: skip
    what = Planned(
        name=given.name, kind=given.kind, topic=given.topic,
        wanted=wanted, strata=given.strata,
        rate=given.rate, minimum=given.minimum, second=given.second,
    )  # fmt: skip
    made = planning.make_plan(who.person.court, what, person=who.person, now=who.now)
    return Status(201, plan_told(made))


@router.get("/{int:plan_id}/prepared", response=PreparedOut, summary="抽取前的名单")
def prepared(request: HttpRequest, plan_id: int) -> dict[str, Any]:
    """Return how the list of a draft stands now; nothing is drawn."""
    who = Who(request)
    plan = get_object_or_404(selectors.plans(who.scope), pk=plan_id, state=Plan.State.DRAFT)
    try:
        frame = planning.prepared(who.scope, plan)
    except ValueError as wrong:
        raise HttpError(409, str(wrong)) from wrong
    return {
        "名单件数": len(frame.units), "预计抽中": float(frame.expected), "名单摘要": frame.digest,
    }  # fmt: skip


@router.post("/{int:plan_id}/draw", response=PlanOut, summary="抽取")
def draw(request: HttpRequest, plan_id: int, given: DrawIn) -> dict[str, Any]:
    """Draw, once; the list and the seed are kept and may be replayed."""
    who = Who(request)
    plan = _plan_to_run(who, plan_id)
    planning.draw(who.scope, plan, given.seed, person=who.person, now=who.now)
    return plan_told(_plan_to_run(who, plan_id))


@router.post("/{int:plan_id}/close", response=PlanOut, summary="结束评查方案")
def close(request: HttpRequest, plan_id: int) -> dict[str, Any]:
    """End a plan whose cases have all been decided."""
    who = Who(request)
    plan = _plan_to_run(who, plan_id)
    return plan_told(services.close_plan(plan, person=who.person, now=who.now))


@router.get("/items/{int:item_id}", response=WholeItem, summary="评查案件详情")
def item(request: HttpRequest, item_id: int) -> dict[str, Any]:
    """Return one case under review; a reviewer sees nobody else's marks before the decision."""
    who = Who(request)
    found = _item(who, item_id)
    note_reading(found.case, actor=who.scope.actor, where="接口：案件评查", now=who.now)
    return _whole(who, found)


def _whole(who: Who, found: Item) -> dict[str, Any]:
    sheets = found.sheets.filter(replaced="", submitted_at__isnull=False)
    mine = found.sheets.filter(replaced="", reviewer=who.person).exists()
    if mine and found.state != Item.State.DECIDED:
        sheets = sheets.filter(reviewer=who.person)
    rules = services.sheet_rules(found)
    findings = Finding.objects.filter(sheet__in=sheets).order_by("entry", "pk")
    points = found.proposed_points if not mine or found.state == Item.State.DECIDED else None
    return item_told(found) | {
        "扣分": [
            {"编号": one.pk, "评查项": rules.items[one.entry].name,
             "扣分项": rules.items[one.entry].deductions[one.deduction].name, "处": one.times,
             "扣分": float(one.points), "卷宗页码": one.page, "说明": one.text, "维持": one.upheld}
            for one in findings
        ],
        "初评分": None if points is None else float(points), "异议理由": found.objection,
        "答复内容": found.reply_text, "审议意见": found.decision, "会议": found.meeting,
    }  # fmt: skip


@router.post("/items/{int:item_id}/reply", response=WholeItem, summary="答复评查意见")
def reply(request: HttpRequest, item_id: int, given: ReviewReplyIn) -> dict[str, Any]:
    """Answer as the judge whose case it was."""
    who = Who(request)
    who.token_for(*BENCH)
    found = _item(who, item_id)
    services.reply(
        found, given.reply, given.text, person=who.person, now=who.now, reason=given.reason
    )
    return _whole(who, _item(who, item_id))


@router.post("/items/{int:item_id}/decide", response=WholeItem, summary="评查定级")
def decide(request: HttpRequest, item_id: int, given: DecideIn) -> dict[str, Any]:
    """Decide as the committee; a grade says nothing of a judgment's force."""
    who = Who(request)
    who.token_for(ACT, "审批", "阅核")
    found = _item(who, item_id)
    own = set(Finding.objects.filter(sheet__item=found).values_list("pk", flat=True))
    what = Decided(own & set(given.upheld), given.text, given.meeting, given.grade)
    services.decide(found, what, person=who.person, now=who.now)
    return _whole(who, _item(who, item_id))


@router.get("/sheets", response=Page[SheetOut], summary="本人的评查表")
def sheets(request: HttpRequest, part: Query[Part]) -> dict[str, Any]:
    """List the sheets given to whoever asks."""
    rows = selectors.sheets(Who(request).scope).order_by("submitted_at", "given_on", "pk")
    return page_of(rows, part.start, part.size, _sheet)


def _sheet(one: Sheet) -> dict[str, Any]:
    rules = services.sheet_rules(one.item)
    return {
        "编号": one.pk, "评查案件编号": one.item_id, "案号": one.item.case.number,
        "分派日期": one.given_on, "已提交": one.submitted_at is not None,
        "评查项": [
            {"代码": entry.id, "名称": entry.name,
             "扣分项": [{"代码": code, "名称": d.name} for code, d in entry.deductions.items()]}
            for entry in rules.items.values()
        ],
    }  # fmt: skip


@router.post("/sheets/{int:sheet_id}/score", response=SheetOut, summary="提交评查表")
def score(request: HttpRequest, sheet_id: int, given: ScoreIn) -> dict[str, Any]:
    """Hand one's own sheet in; every deduction names the page it rests on."""
    who = Who(request)
    who.token_for(ACT, *BENCH, "阅核", "审批")
    rows = selectors.sheets(who.scope).select_related("item__plan__court", "item__case")
    found = get_object_or_404(rows, pk=sheet_id)
    marked = [Marked(m.item, m.deduction, m.page, m.times, m.text) for m in given.marked]
    services.submit_score(found, marked, given.comment, person=who.person, now=who.now)
    return _sheet(get_object_or_404(rows, pk=sheet_id))


def _told(one: Issue) -> dict[str, Any]:
    return {
        "编号": one.pk, "案号": one.item.case.number, "代码": one.code, "具体情况": one.text,
        "状态": one.state, "整改期限": one.due_on, "整改情况": one.report, "验收意见": one.verdict,
    }  # fmt: skip


@router.get("/issues", response=Page[IssueOut], summary="评查问题清单")
def issues(request: HttpRequest, asked: Query[IssueAsked]) -> dict[str, Any]:
    """List issues with their rectification."""
    who = Who(request)
    rows = selectors.issues(who.scope, who.today)
    rows = rows.filter(state=asked.state) if asked.state else rows
    return page_of(rows, asked.start, asked.size, _told)


@router.post("/issues/{int:issue_id}/rectify", response=IssueOut, summary="报告整改")
def rectify(request: HttpRequest, issue_id: int, given: RectifyIn) -> dict[str, Any]:
    """Report how an issue was put right, as the judge whose case it was."""
    who = Who(request)
    who.token_for(*BENCH)
    services.rectify(_issue(who, issue_id), given.text, person=who.person, now=who.now)
    return _told(_issue(who, issue_id))


@router.post("/issues/{int:issue_id}/check", response=IssueOut, summary="验收整改")
def check(request: HttpRequest, issue_id: int, given: CheckIn) -> dict[str, Any]:
    """Check a rectification for the office, never one's own."""
    who = Who(request)
    found = _issue(who, issue_id)
    _office(who, found.item.plan.court_id)
    services.check(found, given.text, passed=given.result == "通过", person=who.person, now=who.now)
    return _told(_issue(who, issue_id))
