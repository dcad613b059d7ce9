"""Papers of leaders: the one page, the meeting list, the ledger of duties."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shenguan.base.accounts.access import Access
from shenguan.base.accounts.middleware import access
from shenguan.base.ops import clock
from shenguan.base.org.models import Unit
from shenguan.base.papers.look import SHEET
from shenguan.base.papers.serving import paper_answer, xlsx_answer
from shenguan.base.papers.sheets import Cell, Sheet
from shenguan.base.ui.asking import asked_period
from shenguan.programs.desk import duty, onepage, papers
from shenguan.programs.desk import meeting as meetings
from shenguan.programs.desk.figures import year_to
from shenguan.spine.indicators.freshness import as_they_stand

ONE_PAGE = frozenset({"院长"})
MEETING = frozenset({*duty.LEADING, "审管办主任", "审管办工作人员"})
_PAPERS = ("docx", "pdf")


def _enter(request: HttpRequest, posts: frozenset[str]) -> tuple[Access, date, int]:
    """Return who asks, the day, and how many events figures don't hold; raises `Http404` for other posts."""
    who, now = access(request), clock.now()
    if posts.isdisjoint(who.posts):
        raise Http404("本职务没有这一页")
    return who, clock.day_of(now), as_they_stand(settings.HOME, now=now)


@require_safe
def one_page(request: HttpRequest) -> HttpResponse:
    """Show the president's page, or hand it out as docx or PDF."""
    who, on, behind = _enter(request, ONE_PAGE)
    made = onepage.one_page(who, on)
    layout = request.GET.get("format", "")
    if layout in _PAPERS:
        paper = papers.one_page(made, behind=behind)
        return paper_answer(paper, papers.TIGHT, f"院长一页纸{on}", layout)
    context = {"page": "onepage", "made": made, "on": on, "behind": behind}
    return render(request, "desk/onepage.html", context)


def units_of(who: Access) -> list[Unit]:
    """Return the divisions whose list one may see: of the own court, those of one's scope."""
    court = who.account.person.court_id
    rows = Unit.objects.filter(court=court).exclude(kind=Unit.Kind.OFFICE)
    scope = who.scope
    if scope.court_ids is not None and court not in scope.court_ids:
        rows = rows.filter(Q(pk__in=scope.unit_ids))
    return list(rows.select_related("court").order_by("order", "pk"))


@require_safe
def meeting(request: HttpRequest) -> HttpResponse:
    """Show a division's list for its meeting, or hand it out as docx, PDF or xlsx."""
    who, on, behind = _enter(request, MEETING)
    units = units_of(who)
    wanted = request.GET.get("unit", "")
    unit = next((u for u in units if str(u.pk) == wanted), None)
    if wanted and unit is None:
        raise Http404("没有这一庭室")
    unit = unit or next(iter(units), None)
    if unit is None:
        raise Http404("没有可见的庭室")
    made = meetings.meeting(who.scope, unit, on)
    layout, name = request.GET.get("format", ""), f"{unit.name}庭务会清单{on}"
    if layout in _PAPERS:
        return paper_answer(papers.meeting(made, behind=behind), SHEET, name, layout)
    if layout == "xlsx":
        return xlsx_answer(_meeting_sheets(made), name, mark=papers.MARK)
    context = {"page": "meeting", "made": made, "units": units, "unit": unit}
    context |= {"on": on, "behind": behind}
    return render(request, "desk/meeting.html", context)


def _meeting_sheets(made: meetings.Meeting) -> list[Sheet]:
    return [
        Sheet(
            section.title,
            (
                ("案号、编号", 28),
                ("承办人", 12),
                (section.day_name, 12),
                ("情况", 60),
                ("会上意见", 30),
            ),
            [[row.what, row.who, row.day, row.says, ""] for row in section.rows],
        )
        for section in made.sections
    ]


@require_safe
def duties(request: HttpRequest) -> HttpResponse:
    """Show what each leader has done as a leader in a period."""
    who, on, _behind = _enter(request, MEETING)
    period = asked_period(request, year_to(on))
    people = duty.ledger(who.scope, who.account.person.court, period, on)
    if request.GET.get("format") == "xlsx":
        return xlsx_answer(
            _duty_sheets(people), f"院庭长监管履职台账{period.text}", mark=papers.MARK
        )
    chosen = next((p for p in people if str(p.person_id) == request.GET.get("leader", "")), None)
    context = {
        "page": "duty",
        "people": people,
        "categories": duty.CATEGORIES,
        "total": duty.summed(people),
        "period": period,
        "chosen": chosen,
    }
    return render(request, "desk/duty.html", context)


def _duty_sheets(people: list[duty.Leader]) -> list[Sheet]:
    head = (("职务", 14), ("姓名", 12), ("庭室", 20))
    counts: list[list[Cell]] = [[p.post, p.name, p.unit, *(n for _, n in p.counts)] for p in people]
    entries: list[list[Cell]] = [
        [p.post, p.name, e.at.strftime("%Y-%m-%d %H:%M"), e.category, e.what, e.subject]
        for p in people
        for e in p.entries
    ]
    columns = (("职务", 14), ("姓名", 12), ("时间", 18), ("类别", 14), ("事项", 30), ("对象", 50))
    return [
        Sheet(
            "汇总",
            (*head, *((name, 12) for name in duty.CATEGORIES)),
            counts,
            note="由系统留痕生成，按职务和机构序，不排名",
        ),
        Sheet("明细", columns, entries),
    ]
