"""Pages of 阅核: lists, one reading with its versions and remarks, and its papers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shenguan.base.approvals.models import Document
from shenguan.base.ops import clock
from shenguan.programs.supervision import answering, selectors, services_reading
from shenguan.programs.supervision.forms import read_answering, read_saying, read_submission
from shenguan.programs.supervision.models import Review, Viewing
from shenguan.programs.supervision.pages import PROBLEMS, note_reading, show
from shenguan.programs.supervision.readingpage import content_of, outline_of
from shenguan.rulebook import load
from shenguan.spine.cases.asking import (
    Asking,
    case_for,
    desk,
    person_of,
    scope_of,
    today,
    whole_number,
)

TABS = {
    "waiting": "待我阅核",
    "done": "我已阅核",
    "own": "我报请与待签署",
    "all": "全部阅核",
}
_COLUMNS = {
    "案号": 30,
    "文书": 10,
    "阅核层级": 10,
    "部门": 18,
    "报请人": 12,
    "报请日期": 12,
    "状态": 12,
    "版本数": 8,
    "签署": 10,
}


def _listed(request: HttpRequest, tab: str) -> QuerySet[Review]:
    which: dict[str, Callable[..., QuerySet[Review]]] = {
        "waiting": selectors.waiting,
        "done": selectors.read_by,
        "own": selectors.own,
        "all": selectors.reviews,
    }
    return which[tab](scope_of(request), desk(request)).annotate(
        versions=Count("drafts", distinct=True)
    )


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the readings that wait for one, or of which one knows."""
    tab = request.GET.get("tab", "")
    if tab not in TABS:
        tab = next((key for key in TABS if _listed(request, key).exists()), "waiting")
    rows = _listed(request, tab)
    if request.GET.get("format") == "xlsx":
        return Asking(request).handed_out(
            f"阅核-{TABS[tab]}", _COLUMNS, [_cells(row) for row in rows]
        )
    page = Asking(request).page(rows)
    shown = selectors.inner_reviews(scope_of(request), desk(request))
    inner = set(shown.filter(pk__in=[row.pk for row in page]).values_list("pk", flat=True))
    context: dict[str, Any] = {
        "page": "reviews",
        "inner": inner,
        "tab": tab,
        "tabs": TABS.items(),
        "rows": page,
        "asked": {"query": f"tab={tab}"},
        "rules": load().supervision.reading.values(),
    }
    return show(request, "reviews", **context)


def _cells(row: Any) -> list[Any]:
    request = row.request
    return [
        request.subject_name,
        row.document,
        row.reader,
        request.unit.name if request.unit else "",
        str(request.applicant),
        request.applied_on,
        request.state_word,
        row.versions,
        "已签署" if row.signed_at else "",
    ]


def review_for(request: HttpRequest, pk: int, *, inner: bool = True) -> Review:
    """Return a reading whose content (`inner`) or happening may be seen; 404 otherwise."""
    which = selectors.inner_reviews if inner else selectors.reviews
    return get_object_or_404(which(scope_of(request), desk(request)), pk=pk)


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one reading: its content to those who may read the inner record, else its steps alone."""
    return _page(request, review_for(request, pk, inner=False))


def _page(request: HttpRequest, review: Review, problem: str = "") -> HttpResponse:
    sitting = desk(request)
    inner = selectors.inner_reviews(scope_of(request), sitting).filter(pk=review.pk).exists()
    context: dict[str, Any] = {
        "page": "reviews",
        "review": review,
        "problem": problem,
        "inner": inner,
    }
    context |= outline_of(scope_of(request), review)
    if inner:
        _viewed(request, review, f"{review.document}第{review.drafts.count()}版")
        note_reading(request, review.case, "阅核")
        context |= content_of(review, sitting, request.GET.get("from"), request.GET.get("to"))
    return show(request, "review", status=409 if problem else 200, **context)


def _viewed(request: HttpRequest, review: Review, what: str) -> None:
    Viewing.objects.get_or_create(
        review=review, person=person_of(request), what=what[:120], defaults={"at": clock.now()}
    )


def _act(request: HttpRequest, pk: int, act: Callable[[Review], object]) -> HttpResponse:
    """Do one act on a reading; a refusal is told on its page."""
    review = review_for(request, pk)
    try:
        act(review)
    except PROBLEMS as problem:
        return _page(request, review_for(request, pk), problem=str(problem))
    return redirect("supervision:review", pk)


@require_POST
def say(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an opinion."""
    person, now = person_of(request), clock.now()
    return _act(
        request,
        pk,
        lambda found: services_reading.say(found.pk, read_saying(request), person=person, now=now),
    )


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer the remarks."""
    person, now = person_of(request), clock.now()
    return _act(
        request,
        pk,
        lambda found: answering.answer(found.pk, read_answering(request), person=person, now=now),
    )


@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign as one of the bench."""
    person, now = person_of(request), clock.now()
    version = request.POST.get("draft", "")
    number = whole_number(version) or 0
    return _act(
        request, pk, lambda found: services_reading.sign(found.pk, number, person=person, now=now)
    )


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own submission back."""
    person, now = person_of(request), clock.now()
    return _act(
        request, pk, lambda found: services_reading.withdraw(found.pk, person=person, now=now)
    )


@require_safe
def document(request: HttpRequest, pk: int, document: int) -> HttpResponse:
    """Hand out one version of one paper, as a download and nothing else."""
    review = review_for(request, pk)
    papers = Document.objects.select_related("content").filter(request=review.request_id)
    paper = get_object_or_404(papers, pk=document)
    _viewed(request, review, f"{paper.name} 第{paper.version}版（下载）")
    note_reading(request, review.case, "阅核材料")
    answer = HttpResponse(bytes(paper.content.data), content_type="application/octet-stream")
    header = content_disposition_header(as_attachment=True, filename=paper.name)
    answer.headers["Content-Disposition"] = header or "attachment"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, case_id: int) -> HttpResponse:
    """Put a document of one's own case to the reading."""
    case = case_for(request, case_id)
    problem, status = "", 200
    if case.undertaker_id != person_of(request).pk:
        return show(
            request, "problem", page="reviews", problem="只有本案承办人可以报请阅核", status=403
        )
    if request.method == "POST":
        try:
            made = services_reading.submit(
                case, read_submission(request), person=person_of(request), now=clock.now()
            )
        except PROBLEMS as refused:
            problem, status = str(refused), 409
        else:
            return redirect("supervision:review", made.pk)
    book = load().supervision
    context: dict[str, Any] = {
        "page": "reviews",
        "case": case,
        "problem": problem,
        "documents": book.lists["documents"],
        "proposed": book.lists["proposed"],
        "chosen": request.POST.getlist("proposed"),
        "document": request.POST.get("document", ""),
        "note": request.POST.get("note", ""),
        "entries": services_reading.levels(case, "", (), today()),
        "rules": book.reading.values(),
        "law": load().approvals[services_reading.PROCEDURE],
    }
    return show(request, "submit", status=status, **context)
