"""Pages of the warnings centre: the list, and what is done with many at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shenguan.base.accounts.middleware import access
from shenguan.base.inbox import naming
from shenguan.base.inbox.models import Answer, Order, Watch
from shenguan.base.ops import clock
from shenguan.base.papers.serving import xlsx_answer
from shenguan.programs.attention import drawing, papers, selectors, services
from shenguan.programs.attention.asking import ANSWERS, LEVELS, Asked
from shenguan.programs.attention.services import By, Done
from shenguan.spine.cases.asking import whole_numbers
from shenguan.spine.cases.models import Case
from shenguan.spine.cases.selectors import visible_cases

PAGE = 100
MOST = 5000
"""Rows of one xlsx, and of one act."""
URGE, SUPERVISE = "催办", "督办"


def by(request: HttpRequest) -> By:
    """Return who acts, and when."""
    now = clock.now()
    return By(access(request).account.person, now, clock.day_of(now))


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List what stands: the level asked for, else the gravest that has any."""
    scope, today = access(request).scope, clock.day_of(clock.now())
    asked = Asked.read(request.GET.dict())
    counts, options = selectors.overview(scope, asked, today)
    if not asked.level and "level" not in request.GET:
        asked = asked.on(next((name for name, count in counts.items() if count), ""))
    rows = selectors.warnings(scope, asked, today)
    if request.GET.get("format") == "xlsx":
        sheet = papers.warning_sheet(rows[:MOST], naming.names())
        return xlsx_answer([sheet], f"预警{today}", mark=papers.MARK)
    pages = Paginator(rows, PAGE)
    pages.count = counts[asked.level] if asked.level else sum(counts.values())
    page = pages.get_page(request.GET.get("page"))
    listed = drawing.warning_rows(
        page, _orders(page), naming.names(), today, courts=len(options.courts) > 1
    )
    context = {
        "page": "attention", "tab": "index", "rows": page, "listed": listed, "asked": asked,
        "counts": [(level, count, asked.on(level).query) for level, count in counts.items()],
        "total": sum(counts.values()), "all_query": asked.on("").query,
        "options": options, "answers": ANSWERS, "levels": LEVELS,
        "choices": Answer.Choice.values, "acts": access(request).acts, "today": today,
        "fortnight": today + timedelta(days=14),
    }  # fmt: skip
    return render(request, "attention/index.html", context)


def _orders(watches: Iterable[Watch]) -> dict[int, Order]:
    """Return the open order of each warning shown: whoever sees the one sees the other."""
    rows = Order.objects.filter(watch__in=[watch.pk for watch in watches], closed_on=None)
    return {row.watch_id: row for row in rows.select_related("court")}


def _chosen(request: HttpRequest) -> list[Watch]:
    """Return the warnings chosen, of those that the list shows: ticked ones, or all that fit."""
    scope, today = access(request).scope, clock.day_of(clock.now())
    if request.POST.get("which") == "all":
        asked = Asked.read(_query(request.POST.get("asked", "")))
        return list(selectors.warnings(scope, asked, today)[:MOST])
    ids = whole_numbers(request.POST.getlist("watch"))[:MOST]
    return list(selectors.warnings(scope, selectors.EVERYTHING, today).filter(pk__in=ids))


def _query(text: str) -> dict[str, str]:
    return QueryDict(text).dict()


@require_POST
def act(request: HttpRequest) -> HttpResponse:
    """Answer the chosen warnings, put them off, or put them on the lists of those in charge."""
    watches, what = _chosen(request), request.POST.get("what", "answer")
    if not watches:
        messages.warning(request, "没有选中任何预警")
        return _back(request)
    who, text = by(request), request.POST.get("text", "")
    if what == "snooze":
        done = services.snooze_all(
            watches, reason=text, until=_day(request.POST.get("until", ""), who.on), by=who
        )
    elif what in LEVELS:
        _may(request, what)
        done = _directed(request, what, watches, [], who)
    else:
        choice = request.POST.get("choice", "")
        done = services.answer_all(watches, choice=choice, text=text, by=who)
    return outcome(request, done, _address(request))


@require_http_methods(["GET", "HEAD", "POST"])
def direct(request: HttpRequest) -> HttpResponse:
    """Put cases chosen on any list on the lists of those in charge: 提示, 催办 or a 督办单."""
    given = request.POST if request.method == "POST" else request.GET
    ids = whole_numbers(given.getlist("case"))[:MOST]
    shown = visible_cases(access(request).scope).filter(pk__in=ids)
    cases = list(shown.select_related("court", "division").order_by("number_key"))
    allowed = [level for level in LEVELS if _level_allowed(request, level)]
    if not allowed or not cases:
        raise Http404("没有交办的职责，或者没有可以交办的案件")
    who = by(request)
    if request.method == "POST":
        level = request.POST.get("level", "")
        _may(request, level)
        return outcome(
            request, _directed(request, level, [], cases, who), reverse("attention:index")
        )
    context = {
        "page": "attention", "tab": "direct", "cases": cases, "levels": allowed,
        "due": who.on + timedelta(days=14), "why": given.get("why", "")[:120],
    }  # fmt: skip
    return render(request, "attention/direct.html", context)


def _directed(
    request: HttpRequest, level: str, watches: list[Watch], cases: list[Case], who: By
) -> Done:
    return services.direct_all(
        services.targets_of(watches, cases),
        level=level,
        text=request.POST.get("text", ""),
        due=_day(request.POST.get("due", ""), who.on),
        by=who,
    )


def _level_allowed(request: HttpRequest, level: str) -> bool:
    return (SUPERVISE if level == SUPERVISE else URGE) in access(request).acts


def _may(request: HttpRequest, level: str) -> None:
    if level not in LEVELS or not _level_allowed(request, level):
        raise Http404("没有这一级别交办的职责")


def outcome(request: HttpRequest, done: Done, back: str) -> HttpResponse:
    """Go back where all went through; list the exceptions where some did not."""
    if not done.refused:
        messages.success(request, str(done))
        return redirect(back)
    context = {"page": "attention", "tab": "", "done": done, "back": back}
    return render(request, "attention/outcome.html", context)


def _address(request: HttpRequest) -> str:
    asked = Asked.read(_query(request.POST.get("asked", "")))
    return (
        f"{reverse('attention:index')}?{asked.query}" if asked.query else reverse("attention:index")
    )


def _back(request: HttpRequest) -> HttpResponse:
    return redirect(_address(request))


def _day(text: str, fallback: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return fallback
