"""Meetings that looked at figures, what they decided, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from shenguan.base.audit import services as audit
from shenguan.base.org.models import Court, Person, Unit
from shenguan.base.org.scope import Scope
from shenguan.programs.reports.models import Meeting, Report, Task, TaskStep

State = TaskStep.State
WAITING = "待办理"
FINISHED = (State.DONE, State.CLOSED)


class TaskError(ValueError):
    """An act on a task that can't be done; the message says why (Chinese)."""


@dataclass(frozen=True, slots=True)
class NewTask:
    """What is decided: the matter, who answers for it, by when; `code` an indicator, `target` its aim."""

    matter: str
    owner: Person
    due_on: date
    unit: Unit | None = None
    code: str = ""
    target: str = ""


def hold(
    *,
    court: Court,
    kind: str,
    held_on: date,
    actor: Person,
    now: datetime,
    report: Report | None = None,
    participants: str = "",
) -> Meeting:
    """Register a meeting that was held; raises `TaskError` for a day still to come."""
    if held_on > now.date():
        raise TaskError("会议召开日期不能晚于今日")
    if kind not in Meeting.Kind.values:
        raise TaskError(f"会议种类只有 {'、'.join(Meeting.Kind.values)}")
    with transaction.atomic():
        made = Meeting.objects.create(
            court=court,
            kind=kind,
            held_on=held_on,
            report=report,
            participants=participants.strip(),
            made_by=actor,
            made_at=now,
        )
        detail = {"meeting": made.pk, "kind": kind, "on": held_on.isoformat()}
        audit.append(chain=court.code, actor=str(actor), action="登记会议", detail=detail, now=now)
    return made


def decide(
    *, meeting: Meeting, tasks: Sequence[NewTask], actor: Person, now: datetime
) -> list[Task]:
    """Record what a meeting decided; raises `TaskError` naming the faulty one."""
    serial = meeting.tasks.count()
    made = []
    with transaction.atomic():
        for at, new in enumerate(tasks, serial + 1):
            _check(new, meeting, at)
            made.append(
                Task.objects.create(
                    meeting=meeting, serial=at, matter=new.matter.strip(), code=new.code,
                    target=new.target.strip(), unit=new.unit, owner=new.owner, due_on=new.due_on,
                )
            )  # fmt: skip
        detail = {"meeting": meeting.pk, "tasks": [task.matter for task in made]}
        audit.append(
            chain=meeting.court.code,
            actor=str(actor),
            action="登记议定事项",
            detail=detail,
            now=now,
        )
    return made


def _check(new: NewTask, meeting: Meeting, at: int) -> None:
    if not new.matter.strip():
        raise TaskError(f"第{at}项没有写议定事项")
    if new.due_on < meeting.held_on:
        raise TaskError(f"第{at}项的完成时限早于会议日期")
    if new.owner.court_id != meeting.court_id:
        raise TaskError(f"第{at}项的责任人不是本院人员")


def report_on(*, task: Task, state: str, said: str, actor: Person, now: datetime) -> TaskStep:
    """Say how a task stands. 销号 and 退回 are for someone other than the owner; raises `TaskError`."""
    if not said.strip():
        raise TaskError("请写明办理情况")
    last = state_on(task, now.date())
    if last == State.CLOSED:
        raise TaskError("该事项已经销号")
    if state in {State.CLOSED, State.RETURNED}:
        if actor.pk == task.owner_id:
            raise TaskError("销号或者退回须由责任人以外的人作出")
        if last != State.DONE:
            raise TaskError("责任人报办结后才能销号或者退回")
    elif state not in State.values:
        raise TaskError(f"没有“{state}”这一状态")
    return TaskStep.objects.create(
        task=task, state=state, said=said.strip(), on=now.date(), person=actor, made_at=now
    )


def last_step(task: Task, on: date) -> TaskStep | None:
    """Return the latest step of a task up to a day."""
    steps = [step for step in task.steps.all() if step.on <= on]
    return steps[-1] if steps else None


def state_on(task: Task, on: date) -> str:
    """Return how a task stood on a day."""
    step = last_step(task, on)
    return step.state if step else WAITING


def standing_words(task: Task, on: date) -> str:
    """Return the state with what time has made of it: 办理中（逾期3日）."""
    state = state_on(task, on)
    late = (on - task.due_on).days
    return f"{state}（逾期{late}日）" if late > 0 and state not in FINISHED else state


def tasks_of(court_ids: Sequence[int], since: date, on: date) -> list[Task]:
    """Return what meetings up to a day had decided and was not closed before `since`, oldest first."""
    closed = TaskStep.objects.filter(state=State.CLOSED, on__lt=since).values("task")
    found = Task.objects.filter(meeting__court__in=court_ids, meeting__held_on__lte=on)
    found = found.exclude(pk__in=closed).select_related("meeting__court", "unit", "owner")
    order = (
        "meeting__court__order",
        "meeting__court__code",
        "meeting__held_on",
        "meeting_id",
        "serial",
    )
    return list(found.prefetch_related("steps").order_by(*order))


def meetings(scope: Scope) -> QuerySet[Meeting]:
    """Return the meetings of courts whose figures the scope sees, and those it has a task of."""
    rows = Meeting.objects.select_related("court", "report")
    if scope.court_ids is None:
        return rows
    courts = scope.court_ids | scope.figure_court_ids
    mine = Task.objects.filter(Q(owner__in=scope.person_ids) | Q(unit__in=scope.unit_ids))
    return rows.filter(Q(court__in=courts) | Q(pk__in=mine.values("meeting")))


def tasks(scope: Scope) -> QuerySet[Task]:
    """Return the tasks of the meetings the scope sees whole, and the actor's own."""
    rows = Task.objects.select_related("meeting__court", "unit", "owner").prefetch_related(
        "steps__person"
    )
    if scope.court_ids is None:
        return rows
    courts = scope.court_ids | scope.figure_court_ids
    mine = Q(owner__in=scope.person_ids) | Q(unit__in=scope.unit_ids)
    return rows.filter(Q(meeting__court__in=courts) | mine)
