"""What all pages of the program share: who asks, how a page is drawn, a list as xlsx, a refusal told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from shenguan.base.accounts.middleware import access
from shenguan.base.approvals.addressing import NobodyDecides
from shenguan.base.approvals.desk import Desk, desk_of
from shenguan.base.approvals.papers import LARGEST, Paper, PaperRefused
from shenguan.base.approvals.services import Refused
from shenguan.base.audit import services as audit
from shenguan.base.ops import clock
from shenguan.base.org.models import Person
from shenguan.base.org.scope import Scope
from shenguan.base.papers.serving import xlsx_answer
from shenguan.base.papers.sheets import Cell, Sheet
from shenguan.spine.cases.models import Case
from shenguan.spine.cases.selectors import visible_cases
from shenguan.spine.gatekeeping import GateClosed

PROBLEMS = (Refused, PaperRefused, NobodyDecides, GateClosed)
"""What a person is told on the page instead of meeting an error."""
PAGE_SIZE = 100


def today() -> date:
    """Return the day of this request."""
    return clock.day_of(clock.now())


def scope_of(request: HttpRequest) -> Scope:
    """Return the scope of who asks."""
    return access(request).scope


def person_of(request: HttpRequest) -> Person:
    """Return who asks."""
    return access(request).account.person


def desk(request: HttpRequest) -> Desk:
    """Return the seats of who asks, today."""
    return desk_of(person_of(request), today())


def case_for(request: HttpRequest, case_id: int) -> Case:
    """Return a case that may be opened; 404 otherwise."""
    cases = visible_cases(scope_of(request)).select_related(
        "court__parent", "division", "team", "undertaker", "prior"
    )
    return get_object_or_404(cases, pk=case_id)


def show(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """Draw a page of the program."""
    return render(request, f"supervision/{template}.html", context, status=status)


def paged(request: HttpRequest, rows: Any) -> Page[Any]:
    """Return the page of a list that was asked for."""
    return Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))


def file_of(request: HttpRequest, name: str, kind: str) -> Paper | None:
    """Return an uploaded file; None where none was chosen. Raises `Refused` for one too large."""
    file = request.FILES.get(name)
    if file is None:
        return None
    if (file.size or 0) > LARGEST:
        raise Refused(f"文件“{file.name}”超过20MB")
    return Paper(kind, (file.name or "未命名")[:200], file.read())


def export(
    request: HttpRequest, name: str, columns: Mapping[str, float], rows: Sequence[Sequence[Cell]]
) -> HttpResponse:
    """Hand a list out as xlsx and leave an audit row."""
    person = person_of(request)
    audit.append(
        chain=person.court.code,
        actor=str(person),
        action="导出清单",
        subject=name[:200],
        detail={"rows": len(rows)},
        now=clock.now(),
    )
    sheet = Sheet(name[:31], tuple(columns.items()), rows)
    return xlsx_answer([sheet], name, mark=f"{person.court.name}　{person}　{today()}")


def note_reading(request: HttpRequest, case: Case, what: str) -> None:
    """Leave a row in the audit chain where the record of a sensitive case is opened."""
    if case.confidentiality > 0:
        audit.append(
            chain=case.court.code,
            actor=str(person_of(request)),
            action=f"查看敏感案件{what}",
            subject=case.number,
            now=clock.now(),
        )


def day_in(request: HttpRequest, name: str, fallback: date) -> date:
    """Return a day of the query, `fallback` where it is none."""
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return fallback
