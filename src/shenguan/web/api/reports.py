"""Reports: asking for one, how far it is, its files."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Status
from ninja.errors import HttpError

from shenguan.base.org.models import Court, Unit
from shenguan.base.papers.model import Paragraph
from shenguan.base.papers.serving import attachment
from shenguan.base.papers.stored import paper_from_json
from shenguan.programs.reports import delivering, desk, editing, making, numbering, publishing
from shenguan.programs.reports.edition import PaperError
from shenguan.programs.reports.following import follow
from shenguan.programs.reports.kinds import KINDS, LETTER, WEEKLY
from shenguan.programs.reports.making import Wanted
from shenguan.programs.reports.models import Report
from shenguan.programs.reports.pages import note_download
from shenguan.web.api.shared import FILE, Page, Part, Who, Words, page_of, refusing

router = Router(by_alias=True)


class ReportOut(Words):
    """One report as it stands."""

    id: int = Field(alias="编号")
    title: str = Field(alias="标题")
    kind: str = Field(alias="种类")
    court: str = Field(alias="法院")
    period: str = Field(alias="统计期")
    state: str = Field(alias="状态")
    asked_at: datetime = Field(alias="提出时间")
    running: bool = Field(alias="生成中")


class WholeReport(ReportOut):
    """A report with the files one may take."""

    files: list[dict[str, str]] = Field(alias="文件")


class SentenceOut(Words):
    """One sentence of a report; its numbers stand as `[[编号:数字]]` and stay bound to their queries."""

    block: int = Field(alias="段落")
    text: str = Field(alias="文字")
    edited_by: str = Field(alias="修改人")


class SentenceIn(Words):
    """A changed sentence: words are free, a number may be moved or left out, never written."""

    text: str = Field(alias="文字", max_length=editing.MOST_LETTERS * 2)


class DropIn(Words):
    """Why a report is given up."""

    reason: str = Field(alias="原因", max_length=200)


class ReportAsked(Words):
    """What report is asked for; `统计期` as the kind has it (2026-10, 2026Q3, 2026-10-12 …)."""

    kind: str = Field(alias="种类", max_length=20, description="、".join(KINDS))
    period: str = Field(alias="统计期", max_length=20)
    unit: int | None = Field(None, alias="庭室编号")
    to_court: int | None = Field(None, alias="收文法院编号")
    reply_by: date | None = Field(None, alias="回复期限")
    circulation: str = Field("", alias="发送范围", max_length=40)


def _told(one: Report) -> dict[str, Any]:
    return {
        "编号": one.pk,
        "标题": one.title,
        "种类": one.kind,
        "法院": one.court.name,
        "统计期": one.period,
        "状态": one.state,
        "提出时间": one.asked_at,
        "生成中": one.is_running,
    }


def _reads(request: HttpRequest) -> Who:
    who = Who(request)
    if not desk.reads(who.access):
        raise Http404
    return who


def _found(who: Who, report_id: int) -> Report:
    found: Report = get_object_or_404(desk.reports(who.access).defer(None), pk=report_id)
    return found


def _forms(who: Who, found: Report) -> list[tuple[str, str]]:
    """Return the files one may take: what lists cases only where one may list them all."""
    cases = desk.lists_cases(who.access, found)
    forms = delivering.forms_of(found).items()
    return [(key, form.name) for key, form in forms if cases or not form.lists_cases]


@router.get("", response=Page[ReportOut], summary="报告一览")
def reports(request: HttpRequest, part: Query[Part]) -> dict[str, Any]:
    """List the reports one may open."""
    rows = desk.reports(_reads(request).access)
    return page_of(rows, part.start, part.size, _told)


@router.post("", response={201: ReportOut}, summary="提出生成报告")
def ask(request: HttpRequest, given: ReportAsked) -> Status[dict[str, Any]]:
    """Ask for a report of one's own court; it is written in the background."""
    who = Who(request)
    who.must(desk.MAKES)
    if not desk.makes(who.access):
        raise HttpError(403, "只有本院审管办可以生成报告")
    court = desk.own_court(who.access)
    options: dict[str, Any] = {"circulation": given.circulation.strip()}
    if given.kind == LETTER:
        options["reply_by"] = str(given.reply_by or "")
    unit = Unit.objects.filter(court=court, pk=given.unit or 0).first()
    below = Court.objects.filter(parent=court, pk=given.to_court or 0).first()
    wanted = Wanted(
        court, given.kind, given.period.strip(),
        unit=unit if given.kind == WEEKLY else None,
        to_court=below if given.kind == LETTER else None,
        options=options,
    )  # fmt: skip
    with refusing(PaperError):
        made = making.ask_for(wanted, actor=who.person, now=who.now)
    return Status(201, _told(made))


@router.get("/{int:report_id}", response=WholeReport, summary="报告进度和文件")
def report(request: HttpRequest, report_id: int) -> dict[str, Any]:
    """Return how far a report is and which files one may take."""
    who = _reads(request)
    found = _found(who, report_id)
    forms = _forms(who, found) if found.paper is not None else []
    return _told(found) | {"文件": [{"形式": form, "名称": name} for form, name in forms]}


@router.get("/{int:report_id}/files/{str:form}", summary="下载报告", openapi_extra=FILE)
def download(request: HttpRequest, report_id: int, form: str) -> HttpResponse:
    """Hand out a file; each hand-out leaves a row in the audit chain."""
    who = _reads(request)
    found = _found(who, report_id)
    if found.paper is None or form not in dict(_forms(who, found)):
        raise Http404
    name, data = delivering.file_of(found, form)
    note_download(request, found, form)
    return attachment(name, data)


def _own(who: Who, report_id: int) -> Report:
    """Return a report of one's own court that is written: 404 otherwise."""
    found = _found(who, report_id)
    if found.paper is None or found.court_id != desk.own_court(who.access).pk:
        raise Http404
    return found


@router.get("/{int:report_id}/text", response=list[SentenceOut], summary="报告文字")
def text(request: HttpRequest, report_id: int) -> list[dict[str, Any]]:
    """Return the sentences of a report as they stand in the edit box."""
    found = _found(_reads(request), report_id)
    if found.paper is None:
        raise Http404
    spans, edits = editing.bound(paper_from_json(found.paper)), editing.last_edits(found)
    return [
        {
            "段落": at,
            "文字": editing.box_text(block.line, spans),
            "修改人": edits[at].person.name if at in edits else "",
        }
        for at, block in enumerate(editing.edited(found, edits).blocks)
        if isinstance(block, Paragraph) and editing.is_editable(block)
    ]


@router.post("/{int:report_id}/text/{int:block}", response=ReportOut, summary="修改报告文字")
def edit(request: HttpRequest, report_id: int, block: int, given: SentenceIn) -> dict[str, Any]:
    """Change one sentence of a draft; numbers stay bound."""
    who = Who(request)
    who.must(desk.MAKES)
    found = _own(who, report_id)
    with refusing(editing.EditError):
        editing.edit(report=found, block=block, text=given.text, actor=who.person, now=who.now)
    return _told(_found(who, report_id))


@router.post("/{int:report_id}/number", response=ReportOut, summary="报告取号")
def take_number(request: HttpRequest, report_id: int) -> dict[str, Any]:
    """Take the next 文号 for a draft."""
    who = Who(request)
    who.must(desk.MAKES)
    found = _own(who, report_id)
    if not found.is_open:
        raise HttpError(409, "只有草稿可以取号")
    with refusing(numbering.NumberError):
        numbering.give(report=found, actor=who.person, now=who.now)
    return _told(_found(who, report_id))


@router.post("/{int:report_id}/publish", response=ReportOut, summary="发布报告")
def publish(request: HttpRequest, report_id: int) -> dict[str, Any]:
    """Publish a draft: text, numbers and files are fixed from then on."""
    who = Who(request)
    found = _own(who, report_id)
    if found.kind == WEEKLY:
        who.must(desk.MAKES, *desk.SIGNS)
    else:
        who.must(*desk.SIGNS)
    with refusing(publishing.PublishError, numbering.NumberError):
        done = publishing.publish(report=found, actor=who.person, now=who.now)
    if done.kind == LETTER:
        follow(who.today, who.now)
    return _told(_found(who, report_id))


@router.post("/{int:report_id}/drop", response=ReportOut, summary="作废报告")
def drop(request: HttpRequest, report_id: int, given: DropIn) -> dict[str, Any]:
    """Give a draft up with a reason; its number is never used again."""
    who = Who(request)
    who.must(desk.MAKES)
    found = _found(who, report_id)
    if found.court_id != desk.own_court(who.access).pk:
        raise Http404
    with refusing(publishing.PublishError):
        publishing.drop(report=found, reason=given.reason, actor=who.person, now=who.now)
    return _told(_found(who, report_id))
