"""Lists over many cases: the duty to search, and the spread of outcomes of a cause."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from shenguan.base.org.models import Court
from shenguan.base.papers.serving import xlsx_answer
from shenguan.base.papers.sheets import Sheet
from shenguan.core.similar.model import Filters
from shenguan.programs.similar import selectors
from shenguan.programs.similar.departure import NUMBERS
from shenguan.programs.similar.pages import only_for_those_who_see_cases, show
from shenguan.programs.similar.proposals import proposed
from shenguan.programs.similar.scale import BOTTOM, HEIGHT, LEFT, MOST, WIDTH, measure_of, scale
from shenguan.programs.similar.shelf import Shelf, rules, shelf
from shenguan.spine.cases.asking import scope_of
from shenguan.spine.cases.models import Case
from shenguan.spine.cases.selectors import visible_cases

PAGE_SIZE = 100
MOST_ROWS = 5_000
_COLUMNS = (
    ("案号", 26.0),
    ("法院", 24.0),
    ("庭室", 18.0),
    ("承办人", 10.0),
    ("案由", 20.0),
    ("签发日期", 12.0),
    ("检索日期", 12.0),
)


@require_safe
def duties(request: HttpRequest) -> HttpResponse:
    """List the cases by where their duty to search stands; `format=xlsx` hands the list out."""
    only_for_those_who_see_cases(request)
    tab = request.GET.get("tab", "")
    tab = tab if tab in selectors.TABS else selectors.UNSEARCHED
    found = selectors.cases_of(scope_of(request), tab)
    if request.GET.get("format") == "xlsx":
        total = found.count()
        note = f"共{total}件，本表只列前{MOST_ROWS}件" if total > MOST_ROWS else f"共{total}件"
        return _xlsx(_rows(list(found[:MOST_ROWS])), selectors.TABS[tab], note)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return show(
        request,
        "duty",
        page="similar-duty",
        tab=tab,
        tabs=selectors.TABS.items(),
        heading=selectors.TABS[tab],
        rows=page,
        found=_rows(list(page)),
        duty=rules().duty,
    )


@require_safe
def series(request: HttpRequest) -> HttpResponse:
    """List the groups of cases that may be series, as found last night."""
    only_for_those_who_see_cases(request)
    return show(request, "series", page="similar-duty", found=proposed(scope_of(request)))


@dataclass(frozen=True, slots=True)
class _Row:
    """One case of a list: when it was signed and searched."""

    case: Case
    signed_on: date | None
    searched_on: date | None


def _rows(cases: list[Case]) -> list[_Row]:
    return [_Row(each, each.signed_on, each.searched_on) for each in cases]  # type: ignore[attr-defined]


def _xlsx(rows: list[_Row], name: str, note: str) -> HttpResponse:
    cells = [
        (
            row.case.number,
            row.case.court.name,
            row.case.division.name if row.case.division else "",
            row.case.undertaker_name,
            row.case.cause,
            row.signed_on,
            row.searched_on,
        )
        for row in rows
    ]
    return xlsx_answer([Sheet(name, _COLUMNS, cells, note)], f"类案检索-{name}")


@require_safe
def spread(request: HttpRequest) -> HttpResponse:
    """裁判尺度: outcomes and one number of a cause over years and courts, never by judge.

    It opens with the cause most of one's cases are about.
    """
    only_for_those_who_see_cases(request)
    on = shelf()
    offered = _usual_causes(request, on) if on else []
    cause = _cause_of(request, on) or next((each for each, _count in offered), "")
    court = (request.GET.get("court") or "").strip()[:100]
    measure = measure_of(cause, request.GET.get("measure") or "")
    view = None
    if on is not None and cause:
        courts = Court.objects.order_by("order", "code").values_list("name", flat=True)
        order = {name: place for place, name in enumerate(courts)}
        view = scale(on, cause, court, measure, order=order, hidden=_hidden(request))
    return show(
        request,
        "scale",
        page="similar-scale",
        cause=cause,
        court=court,
        measure=measure,
        measures=[name for name, _unit in NUMBERS],
        view=view,
        has_index=on is not None,
        offered=offered,
        most=MOST,
        frame={"width": WIDTH, "height": HEIGHT, "left": LEFT, "floor": HEIGHT - BOTTOM},
    )


def _cause_of(request: HttpRequest, on: Shelf | None) -> str:
    """The cause asked for, as the cause tree names it."""
    asked = (request.GET.get("cause") or "").strip()[:100]
    named = on.search.reader.any_causes([asked]) if on and asked else ()
    return named[0] if named else asked


def _usual_causes(request: HttpRequest, on: Shelf) -> list[tuple[str, int]]:
    """The causes most of the cases one sees are about, with their judgments; without any, none."""
    counted = visible_cases(scope_of(request)).exclude(cause="").order_by().values_list("cause")
    usual = counted.annotate(n=Count("pk")).order_by("-n", "cause")[:12]
    held = ((cause, on.search.index.matching(Filters((cause,)), 1)[0]) for cause, _n in usual)
    return [(cause, count) for cause, count in held if count]


def _hidden(request: HttpRequest) -> set[tuple[str, str]]:
    """Cases of this registry above the clearance of who asks."""
    secret = Case.objects.filter(confidentiality__gt=scope_of(request).clearance)
    return set(secret.values_list("court__name", "number_key"))
