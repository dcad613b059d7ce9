"""Pages of the health check: the sheet, one indicator, the cases behind a number."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shenguan.base.accounts.middleware import access
from shenguan.base.ops import clock
from shenguan.base.org.models import Court
from shenguan.base.org.scope import Scope
from shenguan.base.ui.asking import asked_period
from shenguan.core.indicator.facttable import IndicatorError
from shenguan.programs.healthcheck import sheet
from shenguan.rulebook import load
from shenguan.spine.cases.asking import Asking, whole_number
from shenguan.spine.cases.models import Case
from shenguan.spine.indicators.freshness import as_they_stand
from shenguan.spine.indicators.parts import case_scopes
from shenguan.spine.indicators.selectors import case_rows, cases_behind
from shenguan.spine.indicators.services import Question

LEVELS = {"court": "法院", "division": "部门", "judge": "承办人"}
PARTS = {"numerator": "分子", "denominator": "分母"}
PAGE = 100


class Asked:
    """What the address asks for: period, court, level; faulty parts fall back."""

    def __init__(self, request: HttpRequest) -> None:
        self.scope: Scope = access(request).scope
        now = clock.now()
        self.on = clock.day_of(now)
        self.behind = as_they_stand(settings.HOME, now=now)
        self.period = asked_period(request, sheet.month_to(self.on))
        self.courts = _courts(self.scope)
        wanted = request.GET.get("court", "")
        self.court = next((c for c in self.courts if str(c.pk) == wanted), None)
        by = request.GET.get("by", "")
        self.by = by if by in LEVELS else ("division" if self.court else "court")

    @property
    def where(self) -> Mapping[str, tuple[int, ...]]:
        """Return the court chosen, as a filter of figures."""
        return {"court": (self.court.pk,)} if self.court else {}

    @cached_property
    def query(self) -> str:
        """Return the part of an address that keeps period and court."""
        parts = {"period": self.period.text}
        if self.court:
            parts["court"] = str(self.court.pk)
        return urlencode(parts)


def _courts(scope: Scope) -> list[Court]:
    rows = Court.objects.filter(Exists(Case.objects.filter(court=OuterRef("pk"))))
    if scope.court_ids is not None:
        rows = rows.filter(pk__in=scope.court_ids | scope.figure_court_ids)
    return list(rows)


def _page(request: HttpRequest, name: str, asked: Asked, **context: Any) -> HttpResponse:
    context |= {"asked": asked, "page": "healthcheck", "levels": LEVELS}
    return render(request, f"healthcheck/{name}.html", context)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show the whole sheet of the person's courts."""
    asked = Asked(request)
    found = sheet.sheet(asked.scope, asked.period, where=asked.where)
    if request.GET.get("format") == "xlsx":
        name = f"审判质效体检表{asked.period.words}"
        return Asking(request).handed_out(name, sheet.COLUMNS, sheet.cells(found))
    return _page(request, "index", asked, sheet=found)


@require_safe
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """Show one indicator: definition, trend, breakdown in 机构序."""
    asked = Asked(request)
    library = load().library
    if code not in library.indicators:
        raise Http404(f"没有指标“{code}”")
    months = sheet.trend(asked.scope, code, asked.period, where=asked.where)
    rows = sheet.breakdown(asked.scope, code, asked.period, asked.by, where=asked.where)
    lines = [(row, sheet.change(row, "yoy"), _lead(asked, row)) for row in rows]
    chosen = library.indicators[code]
    version = chosen.version(asked.period.end)
    context = {
        "indicator": chosen,
        "version": version,
        "counted": case_scopes(library, version),
        "months": months,
        "points": sheet.chart_points(months),
        "lines": lines,
        "guards": [library.indicators[g] for g in chosen.guard if g in library.indicators],
    }
    return _page(request, "indicator", asked, **context)


def _lead(asked: Asked, row: Any) -> str:
    """Return the part of an address that leads to the cases of a row's group."""
    return urlencode({"period": asked.period.text, **row.keys})


@require_safe
def cases(request: HttpRequest, code: str, part: str) -> HttpResponse:
    """List the cases behind the numerator or the denominator; the list is as long as the number."""
    asked = Asked(request)
    where = {
        level: (key,)
        for level in LEVELS
        if (key := whole_number(request.GET.get(level, ""))) is not None
    }
    question = Question(asked.period, (code,), where=where)
    try:
        behind = cases_behind(asked.scope, question, part=_part(part), limit=None)
    except IndicatorError as error:
        raise Http404(str(error)) from error
    named = load().library.indicators[code]
    if request.GET.get("format") == "xlsx":
        name = f"{named.name}（{PARTS[part]}）{asked.period.words}"
        return Asking(request).cases_handed_out(name, (pk for pk, _count in behind.pairs))
    page = Paginator(behind.pairs, PAGE).get_page(request.GET.get("page"))
    rows = {case.pk: case for case in case_rows(asked.scope, [pk for pk, _ in page])}
    return _page(
        request,
        "cases",
        asked,
        indicator=named,
        part=PARTS[part],
        pages=page,
        listed=[(rows[pk], count) for pk, count in page if pk in rows],
        extra=urlencode({name: key for name, (key,) in where.items()}),
        may_direct=not access(request).acts.isdisjoint({"催办", "督办"}),
    )


def _part(part: str) -> Any:
    if part not in PARTS:
        raise Http404("只有分子和分母")
    return part
