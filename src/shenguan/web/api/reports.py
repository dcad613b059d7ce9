"""Reports: asking for one, how far it is, its files."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router
from ninja.errors import HttpError

from shenguan.base.org.models import Court, Unit
from shenguan.programs.reports import delivering, desk, making
from shenguan.programs.reports.edition import PaperError
from shenguan.programs.reports.kinds import KINDS, LETTER, WEEKLY
from shenguan.programs.reports.making import Wanted
from shenguan.programs.reports.models import Report
from shenguan.programs.reports.pages import attachment, note_download
from shenguan.web.api.shared import Page, Part, Who, Words, page_of, refusing

router = Router(by_alias=True)
FILE = {
    "responses": {
        200: {
            "description": "文件",
            "content": {
                "application/octet-stream": {"schema": {"type": "string", "format": "binary"}}
            },
        }
    }
}


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
def ask(request: HttpRequest, given: ReportAsked) -> tuple[int, dict[str, Any]]:
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
    return 201, _told(made)


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
