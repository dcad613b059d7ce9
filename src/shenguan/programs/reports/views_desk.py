"""The report desk: ask for a report, watch it being made, read, edit, publish and download it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shenguan.base.accounts.middleware import access
from shenguan.base.ops import clock
from shenguan.base.org.models import Court, Unit
from shenguan.base.papers.model import Paragraph
from shenguan.base.papers.serving import attachment
from shenguan.base.papers.stored import line_from_json, paper_from_json
from shenguan.base.papers.wordtemplate import TemplateError
from shenguan.core.indicator.period import month_text
from shenguan.programs.reports import (
    comparing,
    delivering,
    desk,
    editing,
    making,
    numbering,
    permits,
    publishing,
)
from shenguan.programs.reports.annex import spans_of
from shenguan.programs.reports.answers import answer
from shenguan.programs.reports.book import Book
from shenguan.programs.reports.describing import describe
from shenguan.programs.reports.following import follow, reply_state
from shenguan.programs.reports.kinds import KINDS, LETTER, WEEKLY
from shenguan.programs.reports.making import ORDERABLE, Wanted
from shenguan.programs.reports.models import Permit, Report
from shenguan.programs.reports.pages import attempt, must, note_download, report_for, show
from shenguan.programs.reports.preview import Drawing
from shenguan.rulebook import load
from shenguan.spine.cases.asking import person_of, whole_number
from shenguan.spine.indicators.selectors import case_rows

PAGE, MOST_CASES = 40, 200
LATE = timedelta(minutes=2)
"""A report not taken up by then waits for a worker that doesn't run."""


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the reports a person may open and, for the office, the form to ask for one."""
    found = access(request)
    must(desk.reads, request)
    rows = desk.reports(found)
    kind = request.GET.get("kind", "")
    if kind in KINDS:
        rows = rows.filter(kind=kind)
    page = Paginator(rows.prefetch_related("numbers", "replies"), PAGE).get_page(
        request.GET.get("page")
    )
    listed = [(one, reply_state(one) if one.kind == LETTER else "") for one in page]
    context: dict[str, Any] = {"rows": page, "listed": listed, "kinds": KINDS, "kind": kind}
    if desk.makes(found):
        context |= _form(desk.own_court(found))
    return show(request, "index", **context)


def _form(court: Court) -> dict[str, Any]:
    today = clock.day_of(clock.now())
    last = today.year * 12 + today.month - 2
    months = [month_text(month) for month in range(last + 1, last - 23, -1)]
    quarters = list(dict.fromkeys(f"{m[:4]}Q{(int(m[5:]) - 1) // 3 + 1}" for m in months))
    indicators = load().library.indicators
    return {
        "court": court,
        "today": today,
        "last_month": months[1],
        "months": months,
        "quarters": quarters,
        "units": Unit.objects.filter(court=court).exclude(kind=Unit.Kind.OFFICE),
        "below": Court.objects.filter(parent=court),
        "reply_by": today + timedelta(days=21),
        "permit": permits.in_force(court, today),
        "orderable": [(code, indicators[code].name) for code in ORDERABLE],
    }


@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Ask for a report; it is written in the background."""
    must(desk.makes, request)
    made: list[Report] = []

    def act() -> str:
        made.append(making.ask_for(_wanted(request), actor=person_of(request), now=clock.now()))
        return "已提出，正在后台生成；可以离开本页，稍后回来查看"

    if attempt(request, act):
        return redirect("reports:report", made[0].pk)
    return redirect("reports:desk")


def _wanted(request: HttpRequest) -> Wanted:
    court, kind = desk.own_court(access(request)), request.POST.get("kind", "")
    ordered_by = request.POST.get("ordered_by", "")
    permit: Permit | None = None
    if ordered_by in ORDERABLE:
        permit = permits.in_force(court, clock.day_of(clock.now()))
    options = {"circulation": request.POST.get("circulation", "").strip()[:40]}
    if ordered_by in ORDERABLE:
        options["ordered_by"] = ordered_by
    if kind == LETTER:
        options["reply_by"] = request.POST.get("reply_by", "")
    unit = Unit.objects.filter(court=court, pk=_number(request, "unit")).first()
    below = Court.objects.filter(parent=court, pk=_number(request, "to_court")).first()
    return Wanted(
        court,
        kind,
        request.POST.get("period", "").strip(),
        unit=unit if kind == WEEKLY else None,
        to_court=below if kind == LETTER else None,
        permit=permit,
        options=options,
    )


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return whole_number(text) or 0


@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a report: how far it is, or the paper itself with its downloads and acts."""
    found = report_for(request, pk)
    if found.paper is None:
        late = found.state == Report.State.WAITING and clock.now() - found.asked_at > LATE
        return show(request, "running", report=found, late=late)
    paper = editing.final(found)
    drawing = Drawing(paper)
    head = drawing.head()
    edits = editing.last_edits(found)
    return show(
        request,
        "report",
        report=found,
        head=head,
        blocks=list(drawing.blocks(edits)),
        sign=paper.sign,
        forms=_forms(request, found),
        numbers=found.numbers.select_related("given_by", "voided_by"),
        edits=_edits(found),
        replies=found.replies.select_related("person", "decided_by"),
        may=_may(request, found),
        word_template=delivering.template_of(found),
        unchanged=found.state == Report.State.PUBLISHED and publishing.is_unchanged(found),
        files=found.files.defer("data"),
    )


def _may(request: HttpRequest, found: Report) -> dict[str, bool]:
    asker = access(request)
    ours = desk.own_court(asker).pk
    office, own = desk.makes(asker), found.court_id == ours
    last = found.replies.last()
    sent = found.kind == LETTER and found.state == Report.State.PUBLISHED
    return {
        "edit": office and own and found.is_open,
        "publish": own and found.is_open and (desk.signs(asker) or found.kind == WEEKLY),
        "reply": sent
        and found.to_court_id == ours
        and (office or desk.signs(asker))
        and (last is None or last.accepted is False),
        "settle": sent and own and office and last is not None and last.accepted is None,
    }


def _forms(request: HttpRequest, found: Report) -> list[tuple[str, str]]:
    cases = desk.lists_cases(access(request), found)
    forms = delivering.forms_of(found).items()
    return [(key, form.name) for key, form in forms if cases or not form.lists_cases]


def _edits(found: Report) -> list[dict[str, Any]]:
    rows = found.edits.select_related("person").order_by("-pk")
    return [
        {
            "person": one.person,
            "at": one.made_at,
            "before": "".join(span.text for span in line_from_json(one.before)),
            "after": "".join(span.text for span in line_from_json(one.after)),
        }
        for one in rows
    ]


@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The moving part of the page of a report being made."""
    found = report_for(request, pk)
    answered = show(request, "progress", report=found)
    if not found.is_running:
        answered.headers["HX-Refresh"] = "true"
    return answered


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int, block: int) -> HttpResponse:
    """Edit one sentence of a draft; its numbers stay bound."""
    must(desk.makes, request)
    found = report_for(request, pk)
    if not _may(request, found)["edit"]:
        raise Http404("只有草稿可以修改")
    original, current = paper_from_json(found.paper or {}), editing.edited(found)
    if block >= len(current.blocks) or not editing.is_editable(current.blocks[block]):
        raise Http404("这一段不能修改")
    spans = editing.bound(original)
    text, problem = request.POST.get("text", ""), ""
    if request.method == "POST":
        try:
            editing.edit(
                report=found, block=block, text=text, actor=person_of(request), now=clock.now()
            )
        except editing.EditError as error:
            problem = str(error)
        else:
            return redirect(f"{request.path.rpartition('/edit/')[0]}/#b{block}")
    else:
        held = current.blocks[block]
        assert isinstance(held, Paragraph)
        text = editing.box_text(held.line, spans)
    near = _near(original, block, spans)
    return show(
        request, "edit", status=409 if problem else 200, report=found, block=block, text=text,
        problem=problem, near=near,
    )  # fmt: skip


def _near(paper: Any, block: int, spans: list[Any]) -> list[tuple[int, str]]:
    """Return the bound numbers of the sentence and its neighbours: (place, text)."""
    before = len(list(spans_of(type(paper)(paper.title, paper.blocks[: max(block - 1, 0)],
                                           number=paper.number, issued=paper.issued))))  # fmt: skip
    after = len(list(spans_of(type(paper)(paper.title, paper.blocks[: block + 2],
                                          number=paper.number, issued=paper.issued))))  # fmt: skip
    return [(at, spans[at].text) for at in range(before, min(after, before + 120))]


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish a draft."""
    found = report_for(request, pk)
    if not _may(request, found)["publish"]:
        raise Http404("不能发布")
    now = clock.now()

    def act() -> str:
        done = publishing.publish(report=found, actor=person_of(request), now=now)
        if done.kind == LETTER:
            follow(clock.day_of(now), now)
        return f"已发布{done.number}，文件和数字已固定"

    attempt(request, act)
    return redirect("reports:report", pk)


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a draft up with a reason."""
    must(desk.makes, request)
    found = report_for(request, pk)
    reason = request.POST.get("reason", "")

    def act() -> str:
        publishing.drop(report=found, reason=reason, actor=person_of(request), now=clock.now())
        return "已作废，文号留存在登记簿中，不再使用"

    attempt(request, act)
    return redirect("reports:desk")


@require_POST
def take_number(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the next 文号 for a draft."""
    must(desk.makes, request)
    found = report_for(request, pk)
    if not found.is_open:
        raise Http404("只有草稿可以取号")
    attempt(
        request,
        lambda: (
            f"已取号{numbering.give(report=found, actor=person_of(request), now=clock.now()).text}"
        ),
    )
    return redirect("reports:report", pk)


@require_safe
def download(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Hand out a file; each hand-out leaves a row in the audit chain."""
    found = report_for(request, pk)
    if found.paper is None or form not in dict(_forms(request, found)):
        raise Http404("没有这一文件")
    try:
        name, data = delivering.file_of(found, form)
    except TemplateError as error:
        messages.error(request, f"本院 Word 模板不能使用：{error}")
        return redirect("reports:report", pk)
    note_download(request, found, form)
    return attachment(name, data)


@require_safe
def number(request: HttpRequest, pk: int, place: int) -> HttpResponse:
    """Show where one number of a report comes from, what it is now, and its cases within one's scope."""
    found = report_for(request, pk)
    if found.paper is None:
        raise Http404("还没有生成")
    spans = list(spans_of(editing.final(found)))
    if place >= len(spans):
        raise Http404("没有这一数字")
    span, asker = spans[place], access(request)
    query = dict(span.source or {})
    book = Book(asker.scope.for_figures(), now=clock.now())
    ids = _ids(book, query)
    cases = case_rows(asker.scope, ids[:MOST_CASES]) if desk.lists_cases(asker, found) else []
    return show(
        request, "number", report=found, printed=span.text, said=describe(book, query),
        now_says=_now_says(book, query), total=len(ids), cases=cases, query=query,
    )  # fmt: skip


def _now_says(book: Book, query: dict[str, Any]) -> str:
    try:
        return answer(book, query)
    except (LookupError, StopIteration, ValueError):
        return "—"


def _ids(book: Book, query: dict[str, Any]) -> list[int]:
    if query.get("ask") == "list_count":
        on = date.fromisoformat(query["on"])
        return [item.case_id for item in book.items(query["list"], on, query["where"])]
    if query.get("ask") != "value":
        return []
    part = "denominator" if query.get("form") == "denominator" else "numerator"
    try:
        return book.behind(query["code"], query["period"], query["where"], part)  # type: ignore[arg-type]
    except ValueError:
        return []


@require_safe
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was reported, what the same figures are today, and by which cases they differ."""
    found = report_for(request, pk)
    if found.paper is None or found.kind == WEEKLY:
        raise Http404("没有可以比较的数字")
    asker = access(request)
    if not (asker.scope.court_ids or asker.scope.figure_court_ids):
        raise Http404("没有可以比较的数字")
    result = comparing.compare(found, asker.scope, now=clock.now())
    return show(request, "changes", report=found, result=result)


def get_meeting_report(request: HttpRequest) -> Report | None:
    """Return the pack a meeting is registered for, when one was chosen and may be opened."""
    pk = _number(request, "report")
    return get_object_or_404(desk.reports(access(request)), pk=pk) if pk else None
