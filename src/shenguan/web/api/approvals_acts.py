"""Approvals, the rest: elevation, answering what was sent back, remarks, papers, the pattern report."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Status

from shenguan.base.approvals import services as kit
from shenguan.base.approvals.models import Document
from shenguan.base.papers.serving import attachment
from shenguan.programs.timechanges import selectors, services
from shenguan.programs.timechanges.dryrun import GROUP
from shenguan.programs.timechanges.pages import note_reading
from shenguan.programs.timechanges.pattern import Row, rows
from shenguan.web.api.approvals import RequestOut, desk_now, own_case, request_of, told
from shenguan.web.api.shared import FILE, Attachment, Made, Who, Words

router = Router(by_alias=True)
case_router = Router(by_alias=True)
TEXT = 5000
ASKS, CHECKS = ("申请审批", "登记事件"), ("催办", "一级审批")


class ElevationIn(Words):
    """Asking the court above to take a case."""

    reasons: list[str] = Field(alias="事由", min_length=1, max_length=20)
    detail: str = Field("", alias="详细情况和理由", max_length=TEXT)
    papers: list[Attachment] = Field(default_factory=list, alias="附件", max_length=3)


class ReturnAnswerIn(Words):
    """What was put right or explained."""

    detail: str = Field(alias="补正说明", max_length=TEXT)
    papers: list[Attachment] = Field(default_factory=list, alias="附件", max_length=3)


class NoteIn(Words):
    """A note beside a request; it decides nothing."""

    text: str = Field(alias="备注", max_length=TEXT)


class PatternAsked(Words):
    """Requests of which days; by default this year's."""

    first: date | None = Field(None, alias="自")
    last: date | None = Field(None, alias="至")


class PatternOut(Words):
    """One division; divisions stand in 机构序."""

    court: str = Field(alias="法院")
    division: str = Field(alias="部门")
    made: int = Field(alias="申请")
    approved: int = Field(alias="同意")
    refused: int = Field(alias="未同意")
    applied_late: int = Field(alias="申请已迟")
    decided_late: int = Field(alias="决定已迟")
    same_day: int = Field(alias="当日申请当日批准")
    copied: int = Field(alias="理由雷同")


@case_router.post("/{int:case_id}/elevation", response={201: RequestOut}, summary="报请提级管辖")
def elevation(request: HttpRequest, case_id: int, given: ElevationIn) -> Status[dict[str, Any]]:
    """Ask the court above to take a case of first instance."""
    who = Who(request)
    case = own_case(who, case_id)
    said = services.Said(given.reasons, given.detail, [one.paper() for one in given.papers])
    return Status(
        201, told(services.apply_for_elevation(case, said, person=who.person, now=who.now))
    )


@case_router.post(
    "/unchecked-periods/{int:position}/check", response={201: Made}, summary="核查扣除、中止"
)
def take_up(request: HttpRequest, position: int) -> Status[dict[str, int]]:
    """Put one imported suspension to the check; the check is an approval of this number."""
    who = Who(request)
    event = get_object_or_404(selectors.unchecked(who.scope, date.min), pk=position)
    who.must(*CHECKS)
    return Status(201, {"编号": services.check_imported(event, now=who.now).pk})


@router.get("/pattern", response=list[PatternOut], summary="延长审限审批情况")
def pattern(request: HttpRequest, asked: Query[PatternAsked]) -> list[dict[str, Any]]:
    """Return how extensions are asked for and decided, by division; no judge is counted."""
    who = Who(request)
    first, last = asked.first or who.today.replace(month=1, day=1), asked.last or who.today
    found = selectors.requests(who.scope, desk_now(who)).filter(
        group=GROUP, applied_on__gte=first, applied_on__lte=last
    )
    return [_row(one) for one in rows(found.defer("facts").order_by("applied_on", "pk"))]


def _row(one: Row) -> dict[str, Any]:
    return {
        "法院": one.court, "部门": one.division, "申请": one.made, "同意": one.approved,
        "未同意": one.refused, "申请已迟": one.applied_late, "决定已迟": one.decided_late,
        "当日申请当日批准": one.same_day, "理由雷同": one.copied,
    }  # fmt: skip


@router.post("/{int:request_id}/answer", response=RequestOut, summary="答复退回")
def answer(request: HttpRequest, request_id: int, given: ReturnAnswerIn) -> dict[str, Any]:
    """Answer one's own request that was sent back; its history stays."""
    who = Who(request)
    who.token_for(*ASKS)
    found = request_of(who, request_id)
    files = [one.paper() for one in given.papers]
    return told(services.answer(found.pk, given.detail, files, person=who.person, now=who.now))


@router.post("/{int:request_id}/remarks", response={201: Made}, summary="审批备注")
def remark(request: HttpRequest, request_id: int, given: NoteIn) -> Status[dict[str, int]]:
    """Put a note beside a request that one may open."""
    who = Who(request)
    found = request_of(who, request_id)
    made = kit.remark(found.pk, person=who.person, text=given.text, now=who.now)
    return Status(201, {"编号": made.pk})


@router.get(
    "/{int:request_id}/documents/{int:document_id}", summary="下载审批材料", openapi_extra=FILE
)
def document(request: HttpRequest, request_id: int, document_id: int) -> HttpResponse:
    """Hand out one version of one paper."""
    found = request_of(Who(request), request_id)
    note_reading(request, found)
    papers = Document.objects.select_related("content").filter(request=found)
    paper = get_object_or_404(papers, pk=document_id)
    return attachment(paper.name, bytes(paper.content.data))
