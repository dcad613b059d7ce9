"""Approvals: what waits, what one asked for, asking for an extension, deciding, delegating."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Status
from ninja.errors import HttpError

from shenguan.base.approvals import delegations as lending
from shenguan.base.approvals import selectors as kit
from shenguan.base.approvals.desk import Desk, desk_of
from shenguan.base.approvals.models import Delegation, Request
from shenguan.base.approvals.services import Refused, Verdict
from shenguan.programs.timechanges import selectors, services
from shenguan.programs.timechanges.dryrun import outlook
from shenguan.programs.timechanges.pages import note_reading
from shenguan.rulebook import load
from shenguan.spine.cases.models import Case
from shenguan.web.api.cases import case_of
from shenguan.web.api.shared import Attachment, Made, Page, Part, Who, Words, page_of

router = Router(by_alias=True)
case_router = Router(by_alias=True)
LISTS = {
    "待办": selectors.waiting,
    "已办": selectors.decided,
    "本人申请": selectors.mine,
    "全部": selectors.requests,
}
OUTCOMES = {"同意": "agrees", "不同意": "refuses", "退回": "returns"}
DECIDES = ("审批", "一级审批", "阅核", "催办")


class RequestOut(Words):
    """One request."""

    id: int = Field(alias="编号")
    name: str = Field(alias="审批事项")
    case: int = Field(alias="案件编号")
    number: str = Field(alias="案号")
    court: str = Field(alias="法院")
    division: str | None = Field(alias="承办部门")
    applicant: str = Field(alias="申请人")
    applied_at: datetime = Field(alias="申请时间")
    summary: str = Field(alias="申请事项")
    state: str = Field(alias="状态")
    decide_by: date | None = Field(alias="决定期限")
    flags: list[Any] = Field(alias="提示")


class WholeRequest(RequestOut):
    """A request with its reasons, papers, steps and decisions."""

    detail: str = Field(alias="详细情况和理由")
    reasons: list[str] = Field(alias="事由")
    digest: str = Field(alias="材料摘要")
    papers: list[dict[str, Any]] = Field(alias="材料")
    steps: list[dict[str, Any]] = Field(alias="步骤")
    decisions: list[dict[str, Any]] = Field(alias="决定")
    notes: list[dict[str, Any]] = Field(alias="备注")
    others: int = Field(alias="申请人一年内其他同类申请")
    standing: dict[str, Any] = Field(alias="申请时情况")


class Asked(Part):
    """Which requests."""

    which: Literal["待办", "已办", "本人申请", "全部"] = Field("待办", alias="清单")


class Offer(Words):
    """What may be asked for on a case, and why not where nothing may."""

    blocked: str = Field(alias="不能申请的原因")
    approver: str = Field(alias="批准人")
    lengths: list[dict[str, Any]] = Field(alias="可选期限")
    reasons: list[dict[str, str]] = Field(alias="可选事由")
    decide_by: date | None = Field(alias="决定期限")


class ExtensionIn(Words):
    """An extension asked for."""

    length: str = Field(alias="期限", max_length=8, examples=["3m"])
    reasons: list[str] = Field(alias="事由", min_length=1, max_length=20)
    detail: str = Field("", alias="详细情况和理由", max_length=5000)
    papers: list[Attachment] = Field(default_factory=list, alias="附件", max_length=3)


class DecisionIn(Words):
    """A decision on the step that is one's turn."""

    outcome: Literal["同意", "不同意", "退回"] = Field(alias="决定")
    opinion: str = Field("", alias="意见", max_length=5000)
    reasons: list[str] = Field(default_factory=list, alias="事由", max_length=20)
    digest: str = Field(alias="材料摘要", max_length=64, description="审批详情所给的，原样带回")
    papers: list[Attachment] = Field(default_factory=list, alias="附件", max_length=3)


class DelegationOut(Words):
    """Who acts for whom, and when."""

    id: int = Field(alias="编号")
    giver: str = Field(alias="委托人")
    taker: str = Field(alias="受托人")
    first: date = Field(alias="自")
    until: date = Field(alias="止（不含）")
    reason: str = Field(alias="事由")
    ended: bool = Field(alias="已提前终止")


class DelegationIn(Words):
    """Letting someone act while one is away, both days included."""

    taker: int = Field(alias="受托人编号")
    first: date = Field(alias="自")
    last: date = Field(alias="至")
    reason: str = Field(alias="事由", min_length=1, max_length=200)


def told(found: Request) -> dict[str, Any]:
    """Return a request under its official names."""
    return {
        "编号": found.pk,
        "审批事项": found.name,
        "案件编号": found.subject,
        "案号": found.subject_name,
        "法院": found.court.name,
        "承办部门": found.unit.name if found.unit else None,
        "申请人": found.applicant.name,
        "申请时间": found.applied_at,
        "申请事项": found.summary,
        "状态": found.state_word,
        "决定期限": found.decide_by,
        "提示": found.flags,
    }


STANDING = {
    "rows": "概况", "extensions": "历次延长", "intervals": "扣除和中止", "idle": "空闲期间",
    "timeline": "时间轴", "on": "截至",
}  # fmt: skip
"""What the approver is shown of the case as it was, under the names of the page."""


def _whole(who: Who, found: Request) -> dict[str, Any]:
    decisions = found.decisions.select_related("person", "on_behalf_of", "step").order_by("pk")
    return told(found) | {
        "详细情况和理由": found.detail,
        "事由": found.reasons,
        "材料摘要": found.digest,
        "材料": [
            {
                "编号": one.pk,
                "种类": one.kind,
                "文件名": one.name,
                "版本": one.version,
                "SHA-256": one.content_id,
            }
            for one in found.documents.defer("content__data")
        ],
        "步骤": [
            {"次序": step.number, "步骤": step.name, "状态": step.get_state_display()}
            for step in found.steps.all()
        ],
        "决定": [
            {
                "步骤": one.step.name if one.step else "",
                "办理人": one.person.name if one.person else "",
                "决定": one.get_outcome_display(),
                "意见": one.opinion,
                "代行": one.on_behalf_of.name if one.on_behalf_of else None,
                "提示": one.flags,
            }
            for one in decisions
        ],
        "备注": [
            {"姓名": one.person.name, "时间": one.at, "备注": one.text}
            for one in found.remarks.select_related("person").order_by("pk")
        ],
        "申请人一年内其他同类申请": selectors.others_of(who.scope, found, who.today).count(),
        "申请时情况": {
            name: found.facts[key] for key, name in STANDING.items() if key in found.facts
        },
    }


def desk_now(who: Who) -> Desk:
    """Return the seats of who asks, today."""
    return desk_of(who.person, who.today)


def request_of(who: Who, request_id: int) -> Request:
    """Return a request that one may open; 404 otherwise."""
    rows = selectors.requests(who.scope, desk_now(who))
    found: Request = get_object_or_404(rows, pk=request_id)
    return found


@router.get("", response=Page[RequestOut], summary="审批一览")
def approvals(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """List requests: what waits for one, what one decided, what one asked for, or all one may open."""
    who = Who(request)
    rows = LISTS[asked.which](who.scope, desk_now(who))
    return page_of(rows.defer("facts", "detail"), asked.start, asked.size, told)


@router.get("/delegations", response=list[DelegationOut], summary="审批委托")
def delegations(request: HttpRequest) -> list[dict[str, Any]]:
    """List the delegations one gave or holds."""
    who = Who(request)
    return [_lent(one) for one in kit.delegations(who.scope, desk_now(who))]


def _lent(one: Delegation) -> dict[str, Any]:
    return {
        "编号": one.pk,
        "委托人": one.giver.name,
        "受托人": one.taker.name,
        "自": one.valid_from,
        "止（不含）": one.valid_to,
        "事由": one.reason,
        "已提前终止": one.ended_at is not None,
    }


@router.post("/delegations", response={201: DelegationOut}, summary="委托他人审批")
def delegate(request: HttpRequest, given: DelegationIn) -> Status[dict[str, Any]]:
    """Let someone act on what waits for one."""
    who = Who(request)
    who.token_for(*DECIDES)
    people = {person.pk: person for person in lending.takers(who.person, who.today)}
    taker = people.get(given.taker)
    if taker is None:
        raise HttpError(409, "只能委托给规则允许的职务，请从名单中选择")
    made = lending.delegate(
        giver=who.person, taker=taker, first=given.first, last=given.last,
        reason=given.reason, now=who.now,
    )  # fmt: skip
    return Status(201, _lent(made))


@router.post("/delegations/{int:delegation_id}/end", response=Made, summary="提前终止委托")
def end_delegation(request: HttpRequest, delegation_id: int) -> dict[str, int]:
    """End one's own delegation early."""
    who = Who(request)
    who.token_for(*DECIDES)
    try:
        lending.end_delegation(delegation_id, giver=who.person, now=who.now)
    except Refused as refused:
        raise HttpError(404, str(refused)) from None
    return {"编号": delegation_id}


@router.get("/{int:request_id}", response=WholeRequest, summary="审批详情")
def approval(request: HttpRequest, request_id: int) -> dict[str, Any]:
    """Return one request; on a sensitive case a row in the audit chain says who read it."""
    who = Who(request)
    found = request_of(who, request_id)
    note_reading(request, found)
    return _whole(who, found)


@router.post("/{int:request_id}/decide", response=RequestOut, summary="审批决定")
def decide(request: HttpRequest, request_id: int, given: DecisionIn) -> dict[str, Any]:
    """Decide on the current step; the last decision moves the due date at once."""
    who = Who(request)
    who.token_for(*DECIDES)
    found = request_of(who, request_id)
    verdict = Verdict(
        outcome=OUTCOMES[given.outcome],
        opinion=given.opinion,
        reasons=given.reasons,
        digest=given.digest,
        papers=[one.paper() for one in given.papers],
    )
    return told(services.decide(found.pk, verdict, person=who.person, now=who.now))


@router.post("/{int:request_id}/withdraw", response=RequestOut, summary="撤回申请")
def withdraw(request: HttpRequest, request_id: int) -> dict[str, Any]:
    """Take one's own request back."""
    who = Who(request)
    who.token_for("申请审批", "登记事件")
    found = request_of(who, request_id)
    return told(services.withdraw(found.pk, person=who.person, now=who.now))


def own_case(who: Who, case_id: int) -> Case:
    """Return a case that one may ask something for: 404 where hidden, 403 where not one's own."""
    case = case_of(who, case_id)
    who.must("申请审批")
    if case.undertaker_id != who.person.pk:
        raise HttpError(403, "只有本案承办人可以申请")
    return case


@case_router.get("/{int:case_id}/extension", response=Offer, summary="可以申请的延长")
def offer(request: HttpRequest, case_id: int) -> dict[str, Any]:
    """Return the lengths that may be asked for, each with the due date it would lead to."""
    who = Who(request)
    view = outlook(case_of(who, case_id).pk, who.today)
    named = load().approvals.reasons(view.procedure.reasons) if view.procedure else {}
    return {
        "不能申请的原因": view.blocked,
        "批准人": view.approver,
        "可选期限": [
            {"期限": one.value, "说明": one.say, "届满日": one.due} for one in view.lengths
        ],
        "可选事由": [{"代码": one.code, "事由": one.name} for one in named.values()],
        "决定期限": view.windows.decide_by,
    }


@case_router.post("/{int:case_id}/extension", response={201: RequestOut}, summary="申请延长审限")
def apply(request: HttpRequest, case_id: int, given: ExtensionIn) -> Status[dict[str, Any]]:
    """Ask for an extension of one of the lengths offered."""
    who = Who(request)
    case = own_case(who, case_id)
    papers = [one.paper() for one in given.papers]
    said = services.Said(given.reasons, given.detail, papers)
    made = services.apply_for_extension(case, given.length, said, person=who.person, now=who.now)
    return Status(201, told(made))
