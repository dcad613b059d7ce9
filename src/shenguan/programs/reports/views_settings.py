"""Settings of the report desk: 文号 rule and ledger, Word templates, the basis for another order."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from shenguan.base.accounts.middleware import access
from shenguan.base.audit import services as audit
from shenguan.base.ops import clock
from shenguan.base.papers import wordtemplate
from shenguan.base.papers.serving import attachment
from shenguan.programs.reports import desk, numbering, permits
from shenguan.programs.reports.kinds import KINDS, WEEKLY
from shenguan.programs.reports.models import DocumentNumber, Permit, WordTemplate
from shenguan.programs.reports.pages import attempt, day_of, must, show
from shenguan.spine.cases.asking import person_of, whole_number


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show rule, ledger, templates and permits of the own court."""
    must(lambda found: desk.makes(found) or desk.sets(found) or desk.signs(found), request)
    court, today = desk.own_court(access(request)), clock.day_of(clock.now())
    numbers = list(
        DocumentNumber.objects.filter(court=court).select_related("report", "given_by", "voided_by")
    )
    return show(
        request, "settings", court=court, today=today, rule=numbering.rule_of(court, today),
        numbers=numbers, gaps=numbering.gaps(numbers),
        kinds=[kind for kind in KINDS if kind != WEEKLY],
        placeholders=wordtemplate.PLACEHOLDERS.items(),
        templates=WordTemplate.objects.filter(court=court).defer("data").select_related("uploaded_by"),
        permits=Permit.objects.filter(court=court).select_related("made_by", "withdrawn_by"),
        has_below=court.children.exists(),
    )  # fmt: skip


@require_POST
def rule(request: HttpRequest) -> HttpResponse:
    """Set the 文号 rule from today on."""
    must(desk.sets, request)
    by_kind = {
        kind: word for kind in KINDS if (word := request.POST.get(f"word-{kind}", "").strip())
    }
    first = request.POST.get("first", "1")

    def act() -> str:
        numbering.set_rule(
            court=desk.own_court(access(request)), word=request.POST.get("word", "").strip(),
            by_kind=by_kind, first=whole_number(first) or 0,
            basis=request.POST.get("basis", "")[:200], actor=person_of(request), now=clock.now(),
        )  # fmt: skip
        return "已设置文号规则，自今日起使用"

    attempt(request, act)
    return redirect("reports:settings")


@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Take a Word template after checking it; a faulty one is refused with the reason."""
    must(desk.sets, request)
    court, kind = desk.own_court(access(request)), request.POST.get("kind", "")

    def act() -> str:
        file = request.FILES.get("template")
        if file is None:
            raise wordtemplate.TemplateError("请选择模板文件（.docx）")
        if (file.size or 0) > wordtemplate.MOST_BYTES:
            raise wordtemplate.TemplateError("模板文件超过5MB")
        data = file.read()
        wordtemplate.check(data)
        now, digest = clock.now(), hashlib.sha256(data).hexdigest()
        WordTemplate.objects.create(
            court=court, kind=kind if kind in KINDS else "", name=(file.name or "")[:160], data=data,
            digest=digest, uploaded_by=person_of(request), uploaded_at=now,
        )  # fmt: skip
        audit.append(
            chain=court.code, actor=str(person_of(request)), action="上传 Word 模板",
            subject=file.name or "", detail={"digest": digest, "kind": kind}, now=now,
        )  # fmt: skip
        return "模板可以使用，自下一份材料起采用"

    attempt(request, act)
    return redirect("reports:settings")


@require_POST
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Use a template no longer."""
    must(desk.sets, request)
    court = desk.own_court(access(request))
    found = get_object_or_404(WordTemplate.objects.defer("data"), pk=pk, court=court)
    now = clock.now()

    def act() -> str:
        WordTemplate.objects.filter(pk=found.pk, retired_at=None).update(retired_at=now)
        audit.append(
            chain=court.code, actor=str(person_of(request)), action="停用 Word 模板",
            subject=found.name, now=now,
        )  # fmt: skip
        return "已停用"

    attempt(request, act)
    return redirect("reports:settings")


@require_safe
def sample(request: HttpRequest) -> HttpResponse:
    """Hand out a template to begin with."""
    must(lambda found: desk.makes(found) or desk.sets(found), request)
    return attachment("通报模板示例.docx", wordtemplate.sample())


@require_POST
def permit(request: HttpRequest) -> HttpResponse:
    """Register the written basis for another order than 机构序."""
    must(desk.sets, request)

    def act() -> str:
        made = permits.register(
            court=desk.own_court(access(request)), number=request.POST.get("number", "")[:80],
            title=request.POST.get("title", "")[:160], approver=request.POST.get("approver", "")[:80],
            valid_from=day_of(request, "valid_from"), valid_to=day_of(request, "valid_to"),
            actor=person_of(request), now=clock.now(),
        )  # fmt: skip
        return f"已登记依据{made}，每次使用均留痕"

    attempt(request, act)
    return redirect("reports:settings")


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """End a basis."""
    must(desk.sets, request)
    found = get_object_or_404(Permit, pk=pk, court=desk.own_court(access(request)))

    def act() -> str:
        permits.withdraw(permit=found, actor=person_of(request), now=clock.now())
        return "已撤销，恢复机构序"

    attempt(request, act)
    return redirect("reports:settings")
