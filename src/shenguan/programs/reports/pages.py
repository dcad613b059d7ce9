"""What the report pages share: who asks, what may be opened, how an error is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from shenguan.base.accounts.access import Access
from shenguan.base.accounts.middleware import access
from shenguan.base.audit import services as audit
from shenguan.base.ops import clock
from shenguan.base.papers.wordtemplate import TemplateError
from shenguan.programs.reports import desk
from shenguan.programs.reports.editing import EditError
from shenguan.programs.reports.edition import PaperError
from shenguan.programs.reports.meetings import TaskError
from shenguan.programs.reports.models import PublishedError, Report
from shenguan.programs.reports.numbering import NumberError
from shenguan.programs.reports.permits import PermitError
from shenguan.programs.reports.publishing import PublishError
from shenguan.programs.reports.replying import ReplyError
from shenguan.spine.cases.asking import person_of

PROBLEMS = (
    PaperError, EditError, TaskError, NumberError, PermitError, PublishError, ReplyError,
    TemplateError, PublishedError,
)  # fmt: skip
"""What a person is told on the page instead of meeting an error."""


def report_for(request: HttpRequest, pk: int) -> Report:
    """Return a report that may be opened, whole; 404 otherwise."""
    return get_object_or_404(desk.reports(access(request)).defer(None), pk=pk)


def must(allowed: Callable[[Access], bool], request: HttpRequest) -> None:
    """Answer 404 to whoever may not do this."""
    if not allowed(access(request)):
        raise Http404("没有这一页")


def show(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """Draw a page."""
    found = access(request)
    context = {
        "page": "reports",
        "can": {
            "make": desk.makes(found),
            "sign": desk.signs(found),
            "set": desk.sets(found),
        },
        **context,
    }
    return render(request, f"reports/desk/{template}.html", context, status=status)


def attempt(request: HttpRequest, act: Callable[[], str]) -> bool:
    """Do something and say so; tell what was wrong instead of failing."""
    try:
        said = act()
    except PROBLEMS as problem:
        messages.error(request, str(problem))
        return False
    messages.info(request, said)
    return True


def day_of(request: HttpRequest, name: str) -> date:
    """Read a day of a form; raises `PaperError`."""
    try:
        return date.fromisoformat(request.POST.get(name, ""))
    except ValueError:
        raise PaperError("请填写日期，如 2026-12-15") from None


def note_download(request: HttpRequest, report: Report, form: str) -> None:
    """Leave a row in the court's chain for a file handed out."""
    audit.append(
        chain=report.court.code,
        actor=str(person_of(request)),
        action="下载报告",
        subject=report.title,
        detail={"report": report.pk, "form": form},
        now=clock.now(),
    )
