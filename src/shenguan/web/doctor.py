"""Integrity: what must hold of the whole installation, each check with what it found and where."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, Q
from django.utils.timezone import localtime
from django_tasks_db.models import DBTaskResult

from shenguan.base.audit import services as audit
from shenguan.base.inbox import heartbeat
from shenguan.base.inbox.models import Notice, Transition
from shenguan.base.inbox.roster import Roster
from shenguan.base.ops import home
from shenguan.base.ops.clock import COURT_ZONE, day_of
from shenguan.rulebook import load
from shenguan.rulebook.loaders import calendar_file
from shenguan.spine.cases import log
from shenguan.spine.cases.models import Batch, Case, Cursor
from shenguan.spine.facts import services as facts
from shenguan.spine.pipeline import FOLD_CURSOR
from shenguan.spine.warnings.models import CaseCheck
from shenguan.spine.warnings.night import JOB

SHOWN = 5
IMPORT = "shenguan rulebook calendar 文件 --year 年度 --source 文号"
WORKER_LATE = timedelta(minutes=10)
"""How long a job may wait for the worker; it looks every second."""
_JOBS = {"write_report": "报告", "import_upload": "导入", "compute_again": "重新计算"}
ASSIGNED_WITHIN = 7
"""Days after filing in which a case may still be without an undertaker."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check; `examples` name the first few places.

    `grave` False: something to see to in time, not a fault of the installation.
    """

    check: str
    name: str
    ok: bool
    say: str
    count: int = 0
    examples: tuple[str, ...] = ()
    grave: bool = True


def examine(now: datetime) -> list[Finding]:
    """Run every check."""
    today = day_of(now)
    return [check(today, now) for check in CHECKS]


def nobodys_cases(today: date, _now: datetime) -> Finding:
    """Pending cases in no one's queue: no undertaker, or one who no longer serves."""
    pending = Case.objects.filter(visible=True, closed_on=None)
    late = pending.filter(filed_on__lt=today - timedelta(days=ASSIGNED_WITHIN))
    found = [f"{number}：无承办人" for number in _numbers(late.filter(undertaker=None))]
    roster = Roster(today)
    held = pending.exclude(undertaker=None).order_by("number")
    found += [
        f"{number}：承办人{name}已不在任"
        for number, name, person, court in held.values_list(
            "number", "undertaker_name", "undertaker_id", "court_id"
        )
        if not roster.is_serving(person, court)
    ]
    return _finding("nobodys_cases", "案件均有人负责", found, "件未结案件无人负责")


def unread_warnings(today: date, _now: datetime) -> Finding:
    """Warnings that stand and have no living recipient."""
    loud = [Transition.State.WAITING, Transition.State.SENT]
    standing = Transition.objects.filter(
        state__in=loud,
        watch__level=F("level"),
        watch__rung=F("rung"),
        watch__silenced=False,
    ).select_related("watch")
    told: dict[int, list[int]] = {}
    rows = Notice.objects.filter(transition__in=standing)
    for transition, person in rows.values_list("transition_id", "person_id"):
        told.setdefault(transition, []).append(person)
    roster = Roster(today)
    found = [
        row.say
        for row in standing
        if not any(roster.is_serving(p, row.watch.court_id) for p in told.get(row.pk, ()))
    ]
    return _finding("unread_warnings", "预警均有人可收", found, "条预警没有在任的接收人")


def broken_chains(_today: date, _now: datetime) -> Finding:
    """Cases whose prior case is in the registry and not linked, or that follow themselves."""
    stated = Case.objects.filter(visible=True, prior=None).exclude(prior_key="")
    present = set(
        Case.objects.filter(
            visible=True, number_key__in=stated.order_by().values("prior_key")
        ).values_list("number_key", flat=True)
    )
    rows = stated.order_by("number").values_list("number", "prior_key", "number_key")
    found = [
        f"{number}：原审{prior}在库而未关联"
        for number, prior, own in rows
        if prior in present and prior != own
    ]
    found += [f"{number}：纠纷链成环" for number in _circular()]
    return _finding("broken_chains", "纠纷链完整", found, "件案件的纠纷链断开或者成环")


def _circular() -> list[str]:
    before = dict(Case.objects.exclude(prior=None).values_list("pk", "prior_id"))
    found, sound = [], set()
    for start in before:
        walked, pk = [], start
        while pk in before and pk not in sound and pk not in walked:
            walked.append(pk)
            pk = before[pk] or 0
        if pk in walked:
            found += walked[walked.index(pk) :]
        sound.update(walked)
    return _numbers(Case.objects.filter(pk__in=found))


def registry_behind(_today: date, _now: datetime) -> Finding:
    """Cases that don't reflect the log."""
    cursor = Cursor.objects.filter(name=FOLD_CURSOR).first()
    behind = list(log.behind(cursor.position if cursor else 0))
    found = _numbers(Case.objects.filter(pk__in=behind[:SHOWN]))
    return _finding("registry_behind", "登记簿与日志一致", found, "件案件落后于日志", len(behind))


def facts_behind(today: date, _now: datetime) -> Finding:
    """Facts that don't reflect the log."""
    status = facts.status(home.current(), on=today)
    if status.position == 0 and status.head:
        return Finding("facts_behind", "事实表与日志一致", False, "事实表尚未建立", 1)
    found = [f"事实表到第{status.position}号事件，日志到第{status.head}号"] if status.behind else []
    return _finding("facts_behind", "事实表与日志一致", found, "件案件未进事实表", status.behind)


def audit_chain(_today: date, _now: datetime) -> Finding:
    """Audit chains that were tampered with."""
    found = [str(fault) for fault in audit.verify_all()]
    return _finding("audit_chain", "审计链完整", found, "处审计链问题")


def open_batches(_today: date, now: datetime) -> Finding:
    """Imports that have stood open for more than an hour."""
    stale = Batch.objects.filter(state=Batch.State.OPEN, started_at__lt=now - timedelta(hours=1))
    found = [f"批次{batch.pk}：{batch.file_name or batch.kind}" for batch in stale]
    return _finding("open_batches", "接入批次均已落库或者放弃", found, "个批次一小时以上未落库")


def silent_nights(today: date, _now: datetime) -> Finding:
    """Nights on which the job didn't run."""
    say = heartbeat.silence(JOB, today)
    return Finding("silent_nights", "夜间任务按时运行", not say, say or "正常", int(bool(say)))


def waiting_jobs(_today: date, now: datetime) -> Finding:
    """Reports, imports and computations that wait although their time has come: no worker runs."""
    stale = DBTaskResult.objects.ready().filter(enqueued_at__lt=now - WORKER_LATE)
    found = [
        f"{_JOBS.get(path.rpartition('.')[2], path)}：{localtime(since, COURT_ZONE):%Y-%m-%d %H:%M}交办"
        for path, since in stale.order_by("enqueued_at").values_list("task_path", "enqueued_at")
    ]
    unit = "项后台任务久未开始，请确认 db_worker 在运行"
    return _finding("waiting_jobs", "后台任务有人办理", found, unit)


def unchecked_cases(today: date, _now: datetime) -> Finding:
    """Pending cases that the warnings don't watch, or should have looked at before today."""
    last = heartbeat.last_run(JOB)
    if last is None:
        return Finding("unchecked_cases", "未结案件均在预警检查之内", True, "夜间任务尚未运行过")
    pending = Case.objects.filter(visible=True, closed_on=None, last_position__lte=last.position)
    missing = _numbers(pending.exclude(pk__in=CaseCheck.objects.values("case_id")))
    overdue = Q(check_entry__next_on__lte=min(today, last.on))
    missing += _numbers(pending.filter(overdue))
    return _finding("unchecked_cases", "未结案件均在预警检查之内", missing, "件未结案件未被检查")


def next_calendar(today: date, _now: datetime) -> Finding:
    """The year's calendar, and from 15 November the next one: without it no due date is computed."""
    years = load().calendar.years
    wanted = [today.year, calendar_file.next_due(today)]
    missing = [year for year in wanted if year is not None and year not in years]
    say = "、".join(f"{year}年" for year in missing)
    if missing:
        say += f"的放假调休安排尚未导入，届时无法计算届满日；通知公布后用 {IMPORT} 导入"
    return Finding(
        "next_calendar", "工作日历已导入", not missing, say or "正常", len(missing),
        grave=today.year in missing,
    )  # fmt: skip


Check = Callable[[date, datetime], Finding]
CHECKS: tuple[Check, ...] = (
    nobodys_cases,
    unread_warnings,
    broken_chains,
    registry_behind,
    facts_behind,
    audit_chain,
    open_batches,
    silent_nights,
    waiting_jobs,
    unchecked_cases,
    next_calendar,
)


def _numbers(cases: Iterable[Case]) -> list[str]:
    return sorted(case.number for case in cases)


def _finding(
    check: str, name: str, found: list[str], unit: str, count: int | None = None
) -> Finding:
    number = len(found) if count is None else count
    say = f"{number}{unit}" if number else "正常"
    return Finding(check, name, not number, say, number, tuple(found[:SHOWN]))
