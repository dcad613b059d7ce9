"""Reports of the demo court: a 文号 rule, a published bulletin with an edited sentence, a meeting, a letter.

The consultation pack is left to the background worker.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from shenguan.base.org.jurisdiction import in_force
from shenguan.base.org.models import Appointment, Court, Person, Unit
from shenguan.core.indicator.period import month_text
from shenguan.programs.reports import editing, making, meetings, numbering, publishing
from shenguan.programs.reports.following import follow
from shenguan.programs.reports.kinds import LETTER, MONTHLY, PACK
from shenguan.programs.reports.making import Wanted
from shenguan.programs.reports.meetings import NewTask
from shenguan.programs.reports.models import Report, Task

_OFFICE = ("审管办主任", "审管办工作人员")
_MATTERS = (
    ("逐案核查超审限未结案件，定出结案时间表", "年底前全部销号"),
    ("公告送达前先行直接送达、邮寄送达和电子送达", "公告送达率回到上年水平"),
    ("鉴定案件每月向鉴定机构催办一次", "超三个月未回的逐案说明"),
)


def fill(*, on: date, now: datetime, seed: int) -> str:
    """Make the records of one office; a court without one gets none."""
    del seed
    office = _holder(_OFFICE, on)
    if office is None or Report.objects.exclude(state=Report.State.FAILED).exists():
        return "报告：没有审管办或者已有报告，未生成"
    court = office.court
    _rule(court, office, now)
    last = on.year * 12 + on.month - 2
    bulletin = _made(Wanted(court, MONTHLY, month_text(last)), office, now)
    if bulletin.is_open:
        _edit(bulletin, office, now)
        publishing.publish(report=bulletin, actor=office, now=now)
    tasks = _meeting(court, bulletin, office, on, now)
    said = _letter(court, month_text(last), office, on, now)
    making.ask_for(Wanted(court, PACK, month_text(last)), actor=office, now=now)
    follow(on, now)
    return f"报告：月通报{bulletin.state}、议定事项{len(tasks)}项{said}，会商材料待后台生成"


def _holder(posts: tuple[str, ...], on: date, court: Court | None = None) -> Person | None:
    held = Appointment.objects.filter(in_force(on), post__in=posts)
    if court is not None:
        held = held.filter(court=court)
    found = (
        held.order_by("court__order", "court__code", "pk").select_related("person__court").first()
    )
    return found.person if found else None


def _rule(court: Court, office: Person, now: datetime) -> None:
    numbering.set_rule(
        court=court, word="示法审管", by_kind={MONTHLY: "示法审管通"}, first=1, basis="示范",
        actor=office, now=now,
    )  # fmt: skip


def _made(wanted: Wanted, office: Person, now: datetime) -> Report:
    """Ask for a report and write it here and now; the worker finds nothing left to do."""
    made = making.ask_for(wanted, actor=office, now=now)
    making.write(made.pk, now)
    made.refresh_from_db()
    return made


def _edit(draft: Report, office: Person, now: datetime) -> None:
    if not draft.is_open:
        return
    paper = editing.edited(draft)
    spans = editing.bound(paper)
    at = next(place for place, block in enumerate(paper.blocks) if editing.is_editable(block))
    text = editing.box_text(paper.blocks[at].line, spans)  # type: ignore[union-attr]
    added = f"{text}收案变化与集中管辖调整有关，请各庭对照附件核对。"
    editing.edit(report=draft, block=at, text=added, actor=office, now=now)


def _meeting(court: Court, pack: Report, office: Person, on: date, now: datetime) -> list[Task]:
    held = meetings.hold(
        court=court, kind="数据会商", held_on=on - timedelta(days=9), actor=office, now=now,
        report=pack, participants="院领导、各庭室负责人",
    )  # fmt: skip
    units = list(Unit.objects.filter(court=court).exclude(kind=Unit.Kind.OFFICE)[:3])
    chief = _holder(("庭长", "副庭长"), on, court) or office
    decided = [
        NewTask(matter, chief, on + timedelta(days=days), unit=unit, target=target)
        for (matter, target), days, unit in zip(
            _MATTERS, (-2, 5, 40), [*units, None, None, None][:3], strict=True
        )
    ]
    tasks = meetings.decide(meeting=held, tasks=decided, actor=office, now=now)
    meetings.report_on(
        task=tasks[1], state="办理中", said="已向各团队下发送达清单", actor=chief, now=now
    )
    return tasks


def _letter(court: Court, period: str, office: Person, on: date, now: datetime) -> str:
    below = Court.objects.filter(parent=court).first()
    if below is None:
        return ""
    reply_by = (on + timedelta(days=15)).isoformat()
    wanted = Wanted(court, LETTER, period, to_court=below, options={"reply_by": reply_by})
    letter = _made(wanted, office, now)
    if letter.is_open:
        publishing.publish(report=letter, actor=office, now=now)
    return f"、反馈函{letter.state}"
