"""What all pages of the program share: how a page is drawn, a file read, a refusal told."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shenguan.base.approvals.addressing import NobodyDecides
from shenguan.base.approvals.papers import LARGEST, Paper, PaperRefused
from shenguan.base.approvals.services import Refused
from shenguan.base.ops import clock
from shenguan.spine.cases.asking import scope_of
from shenguan.spine.cases.models import Case
from shenguan.spine.cases.reading import note_reading as note_case
from shenguan.spine.gatekeeping import GateClosed

PROBLEMS = (Refused, PaperRefused, NobodyDecides, GateClosed)
"""What a person is told on the page instead of meeting an error."""


def show(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """Draw a page of the program."""
    return render(request, f"supervision/{template}.html", context, status=status)


def file_of(request: HttpRequest, name: str, kind: str) -> Paper | None:
    """Return an uploaded file; None where none was chosen. Raises `Refused` for one too large."""
    file = request.FILES.get(name)
    if file is None:
        return None
    if (file.size or 0) > LARGEST:
        raise Refused(f"文件“{file.name}”超过20MB")
    return Paper(kind, (file.name or "未命名")[:200], file.read())


def note_reading(request: HttpRequest, case: Case, what: str) -> None:
    """Leave a row in the audit chain where the record of a sensitive case is opened."""
    note_case(case, actor=scope_of(request).actor, where=what, now=clock.now())


def day_in(request: HttpRequest, name: str, fallback: date) -> date:
    """Return a day of the query, `fallback` where it is none."""
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return fallback
