"""数据有误 and its corrections; the weekly sheet answered by page and by the gateway's workbook."""

from __future__ import annotations

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from shenguan.base.accounts.middleware import access
from shenguan.base.audit import services as audit
from shenguan.base.inbox import naming
from shenguan.base.inbox import weekly as sheets
from shenguan.base.inbox.models import Answer
from shenguan.base.ops import clock
from shenguan.programs.attention import selectors, services
from shenguan.programs.attention.asking import Asked
from shenguan.programs.attention.services import Done
from shenguan.programs.attention.views import URGE, by, outcome

LARGEST = 5_000_000


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the disputed data that wait for a decision and the corrections that wait to be made."""
    scope = access(request).scope
    tasks = list(selectors.corrections(scope))
    context = {
        "page": "attention", "tab": "answers", "today": clock.day_of(clock.now()),
        "disputed": selectors.disputed(scope),
        "tasks": tasks,
        "may_decide": URGE in access(request).acts, "self": access(request).account.person.pk,
    }  # fmt: skip
    return render(request, "attention/answers.html", context)


@require_POST
def decide(request: HttpRequest, answer_id: int) -> HttpResponse:
    """Decide whether the data were wrong; the ladder goes on."""
    if URGE not in access(request).acts:
        raise Http404("没有认定的职责")
    answer = get_object_or_404(selectors.disputed(access(request).scope), pk=answer_id)
    try:
        services.decide(answer, upheld=request.POST.get("upheld") == "1", by=by(request))
    except ValueError as refused:
        messages.error(request, str(refused))
    return redirect("attention:answers")


@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what was corrected."""
    task = get_object_or_404(selectors.corrections(access(request).scope), pk=pk)
    try:
        services.finish_correction(task, note=request.POST.get("note", ""), by=by(request))
    except ValueError as refused:
        messages.error(request, str(refused))
    return redirect("attention:answers")


@require_safe
def weekly(request: HttpRequest) -> HttpResponse:
    """Show one's own items with last week's answers, to be answered one by one."""
    scope, today = access(request).scope, clock.day_of(clock.now())
    rows = list(selectors.warnings(scope, Asked(mine=True), today))
    items = {row.pk: sheets.item_of(row) for row in rows}
    said = sheets.answered([item for item in items.values() if item])
    names = naming.names()
    context = {
        "page": "attention", "tab": "weekly", "choices": Answer.Choice.values,
        "listed": [
            (row, names.get(row.kind, row.kind), said.get(items[row.pk]))
            for row in rows
        ],
        "may_take": URGE in access(request).acts,
    }  # fmt: skip
    return render(request, "attention/weekly.html", context)


@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Take answers in: those of the form row by row, or the workbook that the gateway gave back."""
    if "file" in request.FILES:
        return _workbook(request)
    done = Done()
    scope, today = access(request).scope, clock.day_of(clock.now())
    for row in selectors.warnings(scope, Asked(mine=True), today):
        choice = request.POST.get(f"choice_{row.pk}", "")
        if choice:
            one = services.answer_all(
                [row], choice=choice, text=request.POST.get(f"text_{row.pk}", ""), by=by(request)
            )
            done.count += one.count
            done.refused += one.refused
    if not done.count and not done.refused:
        messages.warning(request, "没有选择任何答复")
    elif done.refused:
        return outcome(request, done, reverse("attention:weekly"))
    else:
        messages.success(request, str(done))
    return redirect("attention:weekly")


def _workbook(request: HttpRequest) -> HttpResponse:
    if URGE not in access(request).acts:
        raise Http404("没有接收网关答复的职责")
    file, who = request.FILES["file"], by(request)
    assert isinstance(file, UploadedFile)  # one field, one file
    try:
        if file.size is None or file.size > LARGEST:
            raise ValueError(f"文件超过{LARGEST // 1_000_000}兆")
        taken = sheets.take_in(access(request).scope, file.open("rb"), on=who.on, now=who.now)
    except ValueError as refused:
        messages.error(request, str(refused))
        return redirect("attention:weekly")
    detail = {"answers": len(taken.answers), "refused": len(taken.refused)}
    audit.append(
        chain="", actor=str(who.actor), action="接收周提醒答复", subject=str(file.name), detail=detail,
        now=who.now,
    )  # fmt: skip
    done = Done(len(taken.answers), [(f"第{at}行 {item}", why) for at, item, why in taken.refused])
    return outcome(request, done, reverse("attention:weekly"))
