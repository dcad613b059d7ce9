"""Pages of the court's own indicator library: what is loaded, loading by workbook, one definition with its cases."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shenguan.base.accounts.middleware import access
from shenguan.base.ops import clock
from shenguan.core.indicator.facttable import IndicatorError
from shenguan.core.indicator.period import Period
from shenguan.programs.library import services
from shenguan.programs.library.workbook import WorkbookError

SETS = "设置"
"""The act that may change definitions: they hold for everybody."""
LARGEST = 5_000_000


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show the workbooks loaded and every row of them: computed, or kept with the fact it lacks."""
    return _page(request, "index")


@require_POST
def load(request: HttpRequest) -> HttpResponse:
    """Read a workbook back, and put it in place unless it is a trial."""
    _must_set(request)
    file = request.FILES.get("file")
    if file is None or not file.name or not file.name.endswith(".xlsx"):
        return _page(request, "index", problem=_("请选择 xlsx 工作簿"))
    if (file.size or 0) > LARGEST:
        return _page(request, "index", problem=_("工作簿超过 5 MB"))
    now = clock.now()
    with TemporaryDirectory() as folder:
        path = Path(folder) / Path(file.name).name
        path.write_bytes(file.read())
        try:
            period = Period.parse(request.POST.get("period") or str(now.year))
            found = services.load(
                access(request).scope, path, now=now, period=period, dry_run="trial" in request.POST
            )
        except (WorkbookError, IndicatorError) as error:
            return _page(request, "index", problem=str(error))
    counts = [(state, found.count(state)) for state in services.STATES]
    return _page(request, "loaded", found=found, counts=counts, file=file.name)


@require_POST
def remove(request: HttpRequest) -> HttpResponseRedirect:
    """Take a workbook out of the library."""
    _must_set(request)
    name = request.POST.get("name", "")
    if services.remove(name, actor=access(request).scope.actor, now=clock.now()):
        messages.success(request, _("已移除这个工作簿装入的指标"))
    else:
        messages.error(request, _("没有装入过这个工作簿"))
    return redirect("library:index")


@require_safe
def row(request: HttpRequest, code: str) -> HttpResponse:
    """Show one loaded definition as a sentence, with ten cases in and ten out of those one sees."""
    try:
        period = Period.parse(request.GET.get("period") or str(clock.now().year))
        found = services.shown(access(request).scope, code, period)
    except (LookupError, IndicatorError) as error:
        raise Http404(str(error)) from error
    return _page(request, "row", row=found, period=period)


def _must_set(request: HttpRequest) -> None:
    if SETS not in access(request).acts:
        raise PermissionDenied(_("只有可以改设置的职务能够装入、移除指标库"))


def _page(request: HttpRequest, template: str, **more: Any) -> HttpResponse:
    books = services.loaded() if template == "index" else {}
    context = {"page": "library", "books": books, "sets": SETS in access(request).acts, **more}
    return render(request, f"library/{template}.html", context)
