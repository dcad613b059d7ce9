"""Pages of the import: hand a file in, watch it, see what did not go in, say what its headings mean."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from shenguan.base.accounts.middleware import access
from shenguan.base.ops import clock, home
from shenguan.programs.intake import pages_xlsx, uploads
from shenguan.programs.intake.models import RejectedRow, Upload
from shenguan.programs.intake.selectors import visible_uploads
from shenguan.rulebook import load

ACT = "接入"
PAGE = 100
FEW = 50


def may_import(request: HttpRequest) -> None:
    """Raise 404 for whoever has no business with the court's exports."""
    if ACT not in access(request).acts:
        raise Http404("没有接入数据的职责")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show the form and the files handed in so far, the latest first."""
    may_import(request)
    rows = visible_uploads(access(request).scope).select_related("court", "asked_by")
    context = {
        "page": "imports",
        "rows": Paginator(rows, FEW).get_page(request.GET.get("page")),
        "today": clock.day_of(clock.now()),
        "asked": {"query": ""},
    }
    return render(request, "intake/index.html", context)


@require_POST
def receive(request: HttpRequest) -> HttpResponse:
    """Take a file in and show how its import goes."""
    may_import(request)
    now, who = clock.now(), access(request).account.person
    file = request.FILES.get("file")
    if file is None:
        messages.error(request, "请选择文件")
        return redirect("intake:index")
    try:
        upload = uploads.receive(
            file,
            court=who.court,
            snapshot=request.POST.get("snapshot") == "1",
            on=_day(request.POST.get("on", ""), clock.day_of(now)),
            actor=who,
            now=now,
        )
    except uploads.UploadRefusedError as refused:
        messages.error(request, str(refused))
        return redirect("intake:index")
    return redirect("intake:upload", upload.pk)


def _day(text: str, fallback: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return fallback


def _upload(request: HttpRequest, pk: int) -> Upload:
    may_import(request)
    return get_object_or_404(visible_uploads(access(request).scope), pk=pk)


@require_safe
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one import: how far it is, or what came of it."""
    found = _upload(request, pk)
    rejects = rejects_of(found)
    specs = load().intake.case
    context = {
        "page": "imports",
        "upload": found,
        "report": found.report,
        "rejects": rejects[:FEW],
        "reject_count": rejects.count(),
        "fields": [spec.name for spec in specs],
        "asked": sorted(found.report.get("asked", {}).items()),
        "running": found.state in {Upload.State.WAITING, Upload.State.RUNNING},
    }
    template = "intake/progress.html" if request.htmx else "intake/upload.html"  # type: ignore[attr-defined]
    answer = render(request, template, context)
    if request.htmx and not context["running"]:  # type: ignore[attr-defined]
        answer.headers["HX-Refresh"] = "true"
    return answer


def rejects_of(found: Upload) -> QuerySet[RejectedRow]:
    """Return what of an upload did not go in, in the order of the file."""
    return RejectedRow.objects.filter(batch__in=found.batches)


@require_safe
def rejects(request: HttpRequest, pk: int) -> HttpResponse:
    """Give what did not go in back as a workbook, with the original columns."""
    found = _upload(request, pk)
    return pages_xlsx.answer([pages_xlsx.rejected(rejects_of(found))], f"拒收内容-{found.pk}")


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Import the file again with the headings and changed numbers a person has confirmed."""
    found = _upload(request, pk)
    chosen = request.POST
    mapping = {
        chosen[f"field-{number}"]: heading
        for number, heading in enumerate(chosen.getlist("heading"))
        if chosen.get(f"field-{number}")
    }
    proposals: list[dict[str, Any]] = found.report.get("renumbered", [])
    ticked = set(chosen.getlist("renumbered"))
    accepted = [
        (one["old"], one["new"])
        for number, one in enumerate(proposals)
        if str(number) in ticked or one.get("accepted")
    ]
    try:
        uploads.again(
            found,
            mapping=mapping,
            accepted=accepted,
            actor=access(request).account.person,
            now=clock.now(),
        )
    except uploads.UploadRefusedError as refused:
        messages.error(request, str(refused))
    return redirect("intake:upload", pk)


@require_safe
def checkup(request: HttpRequest, pk: int) -> FileResponse:
    """Give the 《审判数据体检报告》 that the first import ended with."""
    found = _upload(request, pk)
    path = home.current() / "reports" / f"审判数据体检报告-{found.on}.docx"
    if not found.report.get("checkup") or not path.exists():
        raise Http404("没有这份报告")
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name)
