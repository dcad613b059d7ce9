"""Pages of the load: in hand and evenness, the coming eight weeks, ready and not closed, the lists behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shenguan.base.accounts.middleware import access
from shenguan.base.ops import clock
from shenguan.base.org.models import Court
from shenguan.base.org.selectors import courts
from shenguan.base.papers.serving import xlsx_answer
from shenguan.core.calendar import CalendarNotPublished
from shenguan.programs.load import ready as readiness
from shenguan.programs.load import sheets, tables
from shenguan.programs.load.pending import KINDS, InHand, in_hand, kinds_of, weeks_from
from shenguan.programs.load.sight import Sight, roster, sight_of
from shenguan.rulebook import load
from shenguan.spine.cases.asking import whole_number
from shenguan.spine.indicators.freshness import as_they_stand

PAGE = 100


@dataclass(frozen=True)
class Asked:
    """What the address asks for: a court (the own one by default), perhaps one unit or one judge."""

    request: HttpRequest
    sight: Sight
    on: date
    behind: int
    """How many events the figures of closings don't hold yet."""

    @cached_property
    def courts(self) -> list[Court]:
        """The courts one may choose from."""
        scope = self.sight.scope
        if not self.sight.wide or not scope.court_ids:
            return []
        return list(courts(scope).filter(pk__in=scope.court_ids))

    @cached_property
    def court_id(self) -> int | None:
        """The court chosen, the person's own where it is among them; None: whatever one sees."""
        wanted = whole_number(self.request.GET.get("court", ""))
        known = [court.pk for court in self.courts]
        if wanted in known:
            return wanted
        own = access(self.request).account.person.court_id
        return own if own in known else next(iter(known), None)

    @cached_property
    def groups(self) -> list[tables.Group]:
        """The units with their judges."""
        judges = [j for j in roster(self.sight, self.on) if self.court_id in {None, j.court_id}]
        past = tables.past_of(self.sight, self.on)
        return tables.table(judges, self.cases, past, self.on)

    @cached_property
    def cases(self) -> list[InHand]:
        """Every case in hand that counts."""
        return in_hand(self.sight, self.court_id)

    @property
    def query(self) -> str:
        """The part of an address that keeps the court."""
        return urlencode({"court": self.court_id or ""})

    @property
    def mark(self) -> str:
        """Who may have the file, and since when it speaks."""
        who = access(self.request).account.person
        return f"仅供{who}履职查阅，{self.on}，不得用于排名"


def ask(request: HttpRequest) -> Asked:
    """Return what is asked; raises `Http404` for posts that see nobody's load."""
    sight = sight_of(access(request))
    if sight is None:
        raise Http404("本职务不查看逐人在手案件")
    now = clock.now()
    behind = as_they_stand(settings.HOME, now=now)
    return Asked(request, sight, clock.day_of(now), behind)


def _show(request: HttpRequest, tab: str, asked: Asked, **context: object) -> HttpResponse:
    context |= {"asked": asked, "on": asked.on, "page": "load", "tab": tab}
    return render(request, f"load/{tab}.html", context)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show what each judge has in hand and how evenly cases are closed."""
    asked = ask(request)
    if request.GET.get("format") == "xlsx":
        return xlsx_answer(
            [sheets.load(asked.groups)], f"在手案件与均衡{asked.on}", mark=asked.mark
        )
    return _show(
        request,
        "index",
        asked,
        table=asked.groups,
        total=tables.total(asked.groups),
        year=tables.last_year(asked.on),
    )


@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """Show what falls due in each of the coming eight weeks, so that hearings are set earlier."""
    asked = ask(request)
    weeks = weeks_from(asked.on)
    if request.GET.get("format") == "xlsx":
        made = sheets.plan(asked.groups, weeks)
        return xlsx_answer([made], f"未来八周届满案件量{asked.on}", mark=asked.mark)
    within = (weeks[-1].end - asked.on).days
    unset = readiness.not_scheduled(asked.cases, asked.on, within=within)
    judge_of = {case.pk: case.judge_id or 0 for case in asked.cases}
    by_judge: dict[int, int] = {}
    for pk in unset:
        by_judge[judge_of[pk]] = by_judge.get(judge_of[pk], 0) + 1
    rows = [
        (group, [(row, by_judge.get(row.judge.person_id, 0)) for row in group.rows])
        for group in asked.groups
    ]
    return _show(
        request,
        "plan",
        asked,
        rows=rows,
        weeks=[(week, _workdays(week.start, week.end)) for week in weeks],
        total=tables.total(asked.groups),
        unset=len(unset),
    )


def _workdays(start: date, end: date) -> int | None:
    """Return the working days of a week, None where the year's calendar isn't published yet."""
    calendar = load().calendar
    days = (start + timedelta(days=n) for n in range((end - start).days + 1))
    try:
        return sum(calendar.is_workday(day) for day in days)
    except CalendarNotPublished:
        return None


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """List what is ready for closing and isn't closed; no closing day is ever proposed."""
    asked = ask(request)
    found = readiness.ready(_of_judge(request, asked), asked.on)
    if request.GET.get("format") == "xlsx":
        return xlsx_answer([sheets.ready(found)], f"已具备结案条件未结{asked.on}", mark=asked.mark)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return _show(request, "ready", asked, rows=page, days=readiness.DEFAULT_DAYS)


def _of_judge(request: HttpRequest, asked: Asked) -> Sequence[InHand]:
    wanted = whole_number(request.GET.get("judge", ""))
    if wanted is None:
        return asked.cases
    return [case for case in asked.cases if (case.judge_id or 0) == wanted]


@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """List the cases behind one number; the list is as long as the number."""
    asked = ask(request)
    kind = request.GET.get("kind", "pending")
    if kind not in KINDS:
        raise Http404(f"没有名为“{kind}”的清单")
    found = [case for case in _of_judge(request, asked) if kind in kinds_of(case, asked.on)]
    unit = whole_number(request.GET.get("unit", ""))
    if unit is not None:
        people = {
            row.judge.person_id
            for group in asked.groups
            if (group.unit_id or 0) == unit
            for row in group.rows
        }
        found = [case for case in found if (case.judge_id or 0) in people]
    if request.GET.get("unset") == "1":
        end = weeks_from(asked.on)[-1].end
        unset = readiness.not_scheduled(found, asked.on, within=(end - asked.on).days)
        found = [case for case in found if case.pk in unset]
    found.sort(key=lambda case: (case.due or date.max, case.number))
    if request.GET.get("format") == "xlsx":
        return xlsx_answer(
            [sheets.cases(found, KINDS[kind], asked.on)],
            f"{KINDS[kind]}{asked.on}",
            mark=asked.mark,
        )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    wanted = urlencode({key: request.GET[key] for key in _KEPT if key in request.GET})
    listed = [(case, (case.due - asked.on).days if case.due else None) for case in page]
    name = KINDS[kind] + ("，未开庭未排期" if request.GET.get("unset") == "1" else "")
    return _show(request, "cases", asked, rows=page, listed=listed, name=name, extra=wanted)


_KEPT = ("kind", "judge", "unit", "unset")
