"""Pages of meetings: register one, record what it decided, report on a task, close it; replies to letters."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from shenguan.base.accounts.middleware import access
from shenguan.base.ops import clock
from shenguan.base.org.jurisdiction import in_force
from shenguan.base.org.models import Appointment, Person, Unit
from shenguan.programs.reports import desk, meetings, replying
from shenguan.programs.reports.following import follow
from shenguan.programs.reports.kinds import PACK
from shenguan.programs.reports.meetings import NewTask, TaskError
from shenguan.programs.reports.models import Meeting, Report, Task
from shenguan.programs.reports.pages import attempt, must, report_for, show
from shenguan.programs.reports.views_desk import get_meeting_report
from shenguan.rulebook import load
from shenguan.spine.cases.asking import person_of, whole_number

ROWS = 5
"""Decisions that can be recorded at once."""


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List meetings and open tasks, with how late they are."""
    must(desk.reads, request)
    found, today = access(request), clock.day_of(clock.now())
    rows = [
        (task, meetings.standing_words(task, today), meetings.last_step(task, today))
        for task in meetings.tasks(found.scope).order_by("due_on", "pk")
        if meetings.state_on(task, today) != meetings.State.CLOSED
    ]
    packs = desk.reports(found).filter(kind=PACK, state=Report.State.PUBLISHED)
    return show(
        request, "meetings", page="meetings", rows=rows, kinds=Meeting.Kind.values, today=today,
        meetings=meetings.meetings(found.scope)[:50], packs=packs,
    )  # fmt: skip


@require_POST
def hold(request: HttpRequest) -> HttpResponse:
    """Register a meeting that was held."""
    must(desk.makes, request)
    pack, made = get_meeting_report(request), []

    def act() -> str:
        made.append(
            meetings.hold(
                court=desk.own_court(access(request)),
                kind=request.POST.get("kind", ""),
                held_on=_day(request.POST.get("held_on", ""), "会议日期"),
                actor=person_of(request),
                now=clock.now(),
                report=pack,
                participants=request.POST.get("participants", "")[:500],
            )
        )
        return "已登记会议，请登记议定事项"

    if attempt(request, act):
        return redirect("reports:meeting", made[0].pk)
    return redirect("reports:meetings")


def _day(text: str, what: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise TaskError(f"请填写{what}，如 2026-12-15") from None


@require_safe
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a meeting, its decisions and, for the office, the form to record more."""
    found, today = access(request), clock.day_of(clock.now())
    shown = get_object_or_404(meetings.meetings(found.scope), pk=pk)
    tasks = meetings.tasks(found.scope).filter(meeting=shown).order_by("serial")
    rows = [(task, meetings.standing_words(task, today)) for task in tasks]
    context: dict[str, Any] = {}
    if desk.makes(found) and shown.court == desk.own_court(found):
        serving = Appointment.objects.filter(in_force(today), court=shown.court)
        context = {
            "places": range(1, ROWS + 1),
            "units": Unit.objects.filter(court=shown.court),
            "people": Person.objects.filter(pk__in=serving.values("person")),
            "indicators": sorted(
                (one.code, one.name)
                for one in load().library.indicators.values()
                if not one.statistic
            ),
        }
    return show(request, "meeting", page="meetings", meeting=shown, rows=rows, **context)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what a meeting decided."""
    must(desk.makes, request)
    found = access(request)
    held = get_object_or_404(
        meetings.meetings(found.scope).filter(court=desk.own_court(found)), pk=pk
    )

    def act() -> str:
        tasks = [task for at in range(1, ROWS + 1) if (task := _task(request, held, at))]
        if not tasks:
            raise TaskError("没有填写议定事项")
        now = clock.now()
        made = meetings.decide(meeting=held, tasks=tasks, actor=person_of(request), now=now)
        follow(clock.day_of(now), now)
        return f"已登记{len(made)}项，到期前自动提示责任人，并列入下次会商材料"

    attempt(request, act)
    return redirect("reports:meeting", pk)


def _task(request: HttpRequest, held: Meeting, at: int) -> NewTask | None:
    def said(name: str) -> str:
        return request.POST.get(f"{name}{at}", "").strip()

    if not said("matter"):
        return None
    owner = Person.objects.filter(court=held.court, pk=_pk(said("owner"))).first()
    if owner is None:
        raise TaskError(f"第{at}项请选择责任人")
    code = said("code") if said("code") in load().library.indicators else ""
    return NewTask(
        said("matter")[:500],
        owner,
        _day(said("due"), f"第{at}项的完成时限"),
        unit=Unit.objects.filter(court=held.court, pk=_pk(said("unit"))).first(),
        code=code,
        target=said("target")[:200],
    )


def _pk(text: str) -> int:
    return whole_number(text) or 0


@require_safe
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a task with everything said about it."""
    found, today = access(request), clock.day_of(clock.now())
    shown = get_object_or_404(meetings.tasks(found.scope), pk=pk)
    indicator = load().library.indicators.get(shown.code)
    return show(
        request, "task", page="meetings", task=shown, indicator=indicator,
        state=meetings.standing_words(shown, today), choices=_choices(request, shown),
    )  # fmt: skip


def _choices(request: HttpRequest, shown: Task) -> list[str]:
    """Return what the person may say of a task: owner reports, the office or the signer closes."""
    found, state = access(request), meetings.state_on(shown, date.max)
    own = shown.owner_id == person_of(request).pk
    office = desk.makes(found) and shown.meeting.court_id == desk.own_court(found).pk
    if state == meetings.State.CLOSED:
        return []
    if state == meetings.State.DONE:
        waits = office and not own
        return [meetings.State.CLOSED.value, meetings.State.RETURNED.value] if waits else []
    return [meetings.State.UNDER_WAY.value, meetings.State.DONE.value] if own or office else []


@require_POST
def report_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how a task stands."""
    shown = get_object_or_404(meetings.tasks(access(request).scope), pk=pk)
    state = request.POST.get("state", "")
    if state not in _choices(request, shown):
        raise Http404("不能登记这一状态")
    now = clock.now()

    def act() -> str:
        meetings.report_on(
            task=shown, state=state, said=request.POST.get("said", "")[:500],
            actor=person_of(request), now=now,
        )  # fmt: skip
        follow(clock.day_of(now), now)
        return "已登记"

    attempt(request, act)
    return redirect("reports:task", pk)


@require_POST
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Reply to a letter that was sent to the own court."""
    found, letter = access(request), report_for(request, pk)
    mine = letter.to_court_id == desk.own_court(found).pk
    if not mine or not (desk.makes(found) or desk.signs(found)):
        raise Http404("不能反馈")
    now = clock.now()

    def act() -> str:
        replying.reply(
            report=letter, said=request.POST.get("said", ""), actor=person_of(request), now=now
        )
        follow(clock.day_of(now), now)
        return "已反馈，等待发函法院处理"

    attempt(request, act)
    return redirect("reports:report", pk)


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a reply or send it back."""
    must(desk.makes, request)
    letter = report_for(request, pk)
    last = letter.replies.last()
    if last is None or letter.court_id != desk.own_court(access(request)).pk:
        raise Http404("没有待处理的反馈")
    accepted, now = request.POST.get("accepted") == "1", clock.now()

    def act() -> str:
        replying.settle(
            reply=last, accepted=accepted, remark=request.POST.get("remark", "")[:500],
            actor=person_of(request), now=now,
        )  # fmt: skip
        follow(clock.day_of(now), now)
        return "已办结" if accepted else "已退回补充"

    attempt(request, act)
    return redirect("reports:report", pk)
