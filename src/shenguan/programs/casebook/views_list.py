"""The case list: conditions, one page of cases, its xlsx, saved views, columns."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from shenguan.base.ops import clock
from shenguan.programs.casebook import columns, criteria, drawing, export, listing, saved
from shenguan.programs.casebook.criteria import CLOSED, Criteria
from shenguan.programs.casebook.options import Options, options
from shenguan.programs.casebook.saying import said
from shenguan.rulebook import load
from shenguan.spine.cases.asking import person_of, scope_of, today, whole_number

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the cases of the conditions, a hundred a page; `?format=xlsx` gives all of them."""
    scope, on = scope_of(request), today()
    asked = criteria.read(request.GET.dict(), load())
    look = saved.look_of(person_of(request))
    choices = options(scope, asked, on)
    wanted = _columns(request, asked, look.columns, choices)
    if request.GET.get("format") == "xlsx":
        return _xlsx(request, asked, wanted)
    parties = any(column.key == "parties" for column in wanted)
    page = listing.page(
        scope, asked, on, whole_number(request.GET.get("n", "")) or 1, parties=parties
    )
    context = _context(request, asked, wanted) | {
        "listed": page,
        "rows": drawing.case_rows(page.rows, wanted),
        "options": choices,
        "roomy": look.roomy,
        "views": _views(request, asked),
    }
    return render(request, "casebook/list.html", context)


def _context(request: HttpRequest, asked: Criteria, wanted: list[columns.Column]) -> dict[str, Any]:
    keys = {column.key for column in wanted}
    return {
        "page": "cases",
        "asked": asked,
        "said": said(asked),
        "columns": wanted,
        "heads": [(column, _sorting(asked, column.sort)) for column in wanted],
        "by_number": _sorting(asked, "number"),
        "all_columns": [(column, column.key in keys) for column in columns.ALL.values()],
        "kept": [(name, value) for name, value in asked.as_pairs() if name in {"sort", "down"}],
        "own_columns": request.GET.get("columns", ""),
        "most": export.MOST,
    }


def _sorting(asked: Criteria, key: str) -> dict[str, str] | None:
    """Return where a heading leads and how the column stands now."""
    if not key:
        return None
    standing = "" if asked.sort != key else ("descending" if asked.down else "ascending")
    return {"query": asked.sorted_by(key).query, "standing": standing}


def _columns(
    request: HttpRequest, asked: Criteria, liked: list[str], choices: Options
) -> list[columns.Column]:
    """Return the columns of the view asked for, else the person's own, else the usual ones."""
    keys = request.GET.get("columns", "").split(",")
    found = columns.chosen(keys) or columns.chosen(liked)
    many = len(choices.courts) > 1 and asked.court is None
    return found or columns.usual(closed=asked.state == CLOSED, many_courts=many)


def _views(request: HttpRequest, asked: Criteria) -> list[dict[str, Any]]:
    person = person_of(request)
    return [
        {
            "pk": view.pk,
            "name": view.name,
            "query": _address(view.query, view.columns),
            "own": view.owner_id == person.pk,
            "shared": view.unit,
            "current": view.query == asked.query,
        }
        for view in saved.views_of(person, today())
    ]


def _address(query: str, keys: list[str]) -> str:
    more = urlencode({"columns": ",".join(keys)}) if keys else ""
    return "&".join(filter(None, (query, more)))


def _xlsx(request: HttpRequest, asked: Criteria, wanted: list[columns.Column]) -> HttpResponse:
    now, person = clock.now(), person_of(request)
    try:
        body = export.export(
            scope_of(request),
            asked,
            wanted,
            chain=person.court.code,
            said=said(asked),
            on=today(),
            now=now,
        )
    except export.TooMany as refused:
        messages.error(request, str(refused))
        return redirect(f"{request.path}?{asked.query}")
    name = f"cases-{now:%Y%m%d-%H%M}.xlsx"
    return HttpResponse(
        body, XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the conditions and columns of the list under a name."""
    query = request.POST.get("query", "")[:1000]
    asked = criteria.read(QueryDict(query).dict(), load())
    try:
        view = saved.save(
            person=person_of(request),
            name=request.POST.get("name", ""),
            asked=asked,
            keys=request.POST.get("columns", "").split(","),
            shared=request.POST.get("shared") == "1",
            on=today(),
            now=clock.now(),
        )
    except saved.ViewRefused as refused:
        messages.error(request, str(refused))
        return _back(asked.query)
    messages.info(request, f"已保存视图“{view.name}”")
    return _back(_address(view.query, view.columns))


@require_POST
def drop_view(request: HttpRequest, view_id: int) -> HttpResponse:
    """Forget one of the person's own views."""
    try:
        saved.drop(person=person_of(request), view_id=view_id)
    except saved.ViewRefused as refused:
        messages.error(request, str(refused))
    return _back("")


@require_POST
def choose_look(request: HttpRequest) -> HttpResponse:
    """Keep which columns the person wants, and how dense."""
    reset = request.POST.get("reset") == "1"
    keys = [] if reset else request.POST.getlist("column")
    saved.choose(person=person_of(request), keys=keys, roomy=request.POST.get("roomy") == "1")
    asked = criteria.read(QueryDict(request.POST.get("query", "")[:1000]).dict(), load())
    return _back(asked.query)


def _back(query: str) -> HttpResponse:
    address = redirect("casebook:cases")
    if query:
        address["Location"] += f"?{query}"
    return address
