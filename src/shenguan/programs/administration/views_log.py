"""The audit log, as the audit administrator and the inspectors read it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from shenguan.base.audit import services as audit
from shenguan.base.audit.models import AuditRow
from shenguan.base.ops import clock
from shenguan.base.org.models import Court
from shenguan.base.papers.serving import xlsx_answer
from shenguan.base.papers.sheets import Sheet
from shenguan.programs.administration.reach import READS_LOG, courts_of, who_may

PAGE, MOST = 100, 20_000
"""Rows on a page; rows in a handed-out list."""
COLUMNS = (
    (_("序号"), 8),
    (_("时间"), 18),
    (_("操作人"), 12),
    (_("动作"), 18),
    (_("对象"), 30),
    (_("内容"), 60),
)


@require_http_methods(["GET", "POST"])
def log(request: HttpRequest) -> HttpResponse:
    """Show a court's chain by day, person, act and subject; check that it is whole."""
    who, now = who_may(request, READS_LOG), clock.now()
    courts = list(courts_of(who, READS_LOG, on=clock.day_of(now)))
    code = request.GET.get("court", "")
    court = next((one for one in courts if one.code == code), courts[0] if courts else None)
    rows = _asked(request, AuditRow.objects.filter(chain=court.code if court else None))
    if request.GET.get("format") == "xlsx":
        return _handed_out(rows, court, str(who.account.person), now)
    shown = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context: dict[str, object] = {
        "page": "administration-log",
        "courts": courts,
        "court": court,
        "rows": shown,
        "lines": [(row, told(row.detail)) for row in shown],
        "asked": request.GET,
        "query": _query(request),
    }
    if request.method == "POST" and court:
        context["checked"], context["faults"] = True, audit.verify(court.code)
    return render(request, "administration/log.html", context)


def told(value: object) -> str:
    """Return what a row holds in words: no brackets or quotes of a program."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):
        said = ((key, told(one)) for key, one in value.items())
        return "，".join(f"{key}：{text}" for key, text in said if text)
    if isinstance(value, list):
        parts = [f"（{told(one)}）" if isinstance(one, dict | list) else told(one) for one in value]
        return "、".join(parts)
    return "" if value is None else str(value)


def _asked(request: HttpRequest, rows: QuerySet[AuditRow]) -> QuerySet[AuditRow]:
    for field in ("actor", "action", "subject"):
        if text := request.GET.get(field, "").strip():
            rows = rows.filter(**{f"{field}__contains": text})
    if since := _day(request, "from"):
        rows = rows.filter(at__gte=datetime.combine(since, time(), clock.COURT_ZONE))
    if until := _day(request, "to"):
        end = datetime.combine(until + timedelta(days=1), time(), clock.COURT_ZONE)
        rows = rows.filter(at__lt=end)
    return rows.order_by("-number")


def _day(request: HttpRequest, name: str) -> date | None:
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None


def _query(request: HttpRequest) -> str:
    kept = request.GET.copy()
    for name in ("page", "format"):
        kept.pop(name, None)
    return kept.urlencode()


def _handed_out(
    rows: QuerySet[AuditRow], court: Court | None, actor: str, now: datetime
) -> HttpResponse:
    lines = [
        (
            row.number,
            f"{row.at.astimezone(clock.COURT_ZONE):%Y-%m-%d %H:%M:%S}",
            row.actor,
            row.action,
            row.subject,
            told(row.detail),
        )
        for row in rows[:MOST]
    ]
    columns = tuple((str(name), float(width)) for name, width in COLUMNS)
    audit.append(
        chain=court.code if court else "",
        actor=actor,
        action="导出审计日志",
        detail={"条数": len(lines)},
        now=now,
    )
    mark = f"{actor} {now:%Y-%m-%d %H:%M}"
    return xlsx_answer([Sheet("审计日志", columns, lines)], "审计日志", mark=mark)
