"""The acts of a meeting: call, put a case on, hold with a quorum, note opinions, conclude; the bench answers.

审委会 binds the bench, 专业法官会议 advises it; neither writes a judgment.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from shenguan.base.audit import services as audit
from shenguan.base.org.choices import setting
from shenguan.base.org.models import Person
from shenguan.base.org.scope import Scope
from shenguan.programs.meetings import clocks
from shenguan.programs.meetings.models import Attendance, Matter, Meeting, Voice
from shenguan.rulebook import load
from shenguan.rulebook.loaders.coded import Coded
from shenguan.spine.cases.bench import bench_ids
from shenguan.spine.cases.log import LANDED
from shenguan.spine.cases.marks import standing_marks
from shenguan.spine.cases.models import Case, Event
from shenguan.spine.cases.selectors import inner_cases
from shenguan.spine.pipeline import NewEvent, record

MAY_CALL = frozenset({"审批", "阅核"})
OBEYED, FOLLOWED, PARTLY, NOT_FOLLOWED = "执行", "采纳", "部分采纳", "不采纳"
MAJORITY = "majority"
_SENT_ON = {"专业法官会议": "提请专业法官会议", "审委会决定": "报请审委会"}


class Refused(ValueError):  # noqa: N818 - it is told to a person, not a bug
    """What can't be done, in Chinese."""


@dataclass(frozen=True, slots=True)
class By:
    """Who acts, with which acts of their posts, within which scope, when."""

    person: Person
    acts: frozenset[str]
    scope: Scope
    now: datetime
    on: date


@dataclass(frozen=True, slots=True)
class Call:
    """Who is called to what."""

    body: str
    number: str
    held_on: date
    size: int
    chair: Person
    recorder: Person
    members: Sequence[Person]


def body_of(meeting: Meeting) -> Coded:
    """Return the body that meets."""
    return load().appeals.lists["bodies_of_meeting"][meeting.body]


def may_call(by: By) -> bool:
    """Whether someone may call a meeting: court and division leaders."""
    return not by.acts.isdisjoint(MAY_CALL) and bool(
        by.scope.inner_court_ids or by.scope.inner_unit_ids
    )


def may_keep(meeting: Meeting, by: By) -> bool:
    """Whether someone keeps a meeting's record: recorder, chair, whoever called it."""
    return by.person.pk in {meeting.recorder_id, meeting.chair_id, meeting.called_by_id}


@transaction.atomic
def call(given: Call, *, by: By) -> Meeting:
    """Call a meeting of one's own court."""
    if not may_call(by):
        raise Refused("会议由院庭长召集")
    body = load().appeals.offered("bodies_of_meeting", by.on).get(given.body)
    if body is None:
        raise Refused("请选择会议种类")
    if not given.number.strip():
        raise Refused("请填写会议编号")
    people = {one.pk: one for one in (*given.members, given.chair)}
    if any(one.court_id != by.person.court_id for one in (*people.values(), given.recorder)):
        raise Refused("参会人员须为本院人员")
    if body.more.get("odd") and given.size % 2 == 0:
        raise Refused(f"{body.name}的组成人数应当是单数（{body.law}）")
    if given.size < len(people):
        raise Refused(f"组成人数{given.size}少于通知参会的{len(people)}人")
    same = Meeting.objects.filter(
        court=by.person.court, body=given.body, number=given.number.strip()
    )
    if same.exists():
        raise Refused(f"会议编号{given.number}已有")
    made = Meeting.objects.create(
        court=by.person.court, body=given.body, number=given.number.strip(), held_on=given.held_on,
        size=given.size, chair=given.chair, recorder=given.recorder, called_by=by.person,
    )  # fmt: skip
    Attendance.objects.bulk_create([Attendance(meeting=made, person=p) for p in people.values()])
    _audit(made, "召集会议", by)
    return made


@transaction.atomic
def put_on(
    meeting: Meeting, case: Case, ground: str, question: str, bench_opinion: str, *, by: By
) -> Matter:
    """Put a pending case on the agenda; its 阅核 and mark are read off the log."""
    _keeper(meeting, by)
    body = body_of(meeting)
    if meeting.state != Meeting.State.CALLED:
        raise Refused("会议已召开，不能再加议题")
    if not inner_cases(by.scope).filter(pk=case.pk).exists() or case.court_id != meeting.court_id:
        raise Refused("只能提交本院、且可以看副卷的案件")
    if case.closed_on is not None:
        raise Refused("本案已报结")
    if ground not in load().appeals.offered("grounds_of_meeting", by.on):
        raise Refused("请选择提交事由")
    if not question.strip():
        raise Refused("请写明提请讨论的问题")
    if meeting.matters.filter(case=case).exists():
        raise Refused("本案已在议程上")
    log = Event.objects.filter(LANDED, case=case, voided_by=None)
    asked = log.filter(kind=_SENT_ON[body.more["event"]]).order_by("-position").first()
    made = Matter.objects.create(
        meeting=meeting, case=case, ground=ground, question=question.strip(),
        bench_opinion=bench_opinion.strip(), review=asked.payload.get("review") if asked else None,
        four_kinds=case.pk in standing_marks([case.pk]),
    )  # fmt: skip
    _happened(made, body.more["asked"], by)
    return made


def least_present(meeting: Meeting, on: date) -> int:
    """Return how many must be present: more than half, or the court's own number."""
    body = body_of(meeting)
    if body.more["quorum"] == "half":
        return meeting.size // 2 + 1
    return int(setting(meeting.court, body.more["setting"], on, body.more["least"]))


@transaction.atomic
def hold(meeting: Meeting, present: Collection[int], *, by: By) -> Meeting:
    """Note who came; without a quorum there is no meeting."""
    _keeper(meeting, by)
    called = set(meeting.attendances.values_list("person", flat=True))
    came = called & set(present)
    least = least_present(meeting, by.on)
    if meeting.held_on > by.on:
        raise Refused(f"会议日期为{meeting.held_on}，尚未到")
    if not meeting.matters.exists():
        raise Refused("会议没有议题")
    if len(came) < least:
        raise Refused(
            f"出席{len(came)}人，不足法定或者本院所定的{least}人（{body_of(meeting).law}）"
        )
    if meeting.chair_id not in came:
        raise Refused("主持人没有出席")
    if Meeting.objects.filter(pk=meeting.pk, state=Meeting.State.CALLED).update(
        state=Meeting.State.HELD
    ) != 1:  # fmt: skip
        raise Refused("会议已登记召开")
    meeting.attendances.filter(person__in=came).update(present=True)
    meeting.refresh_from_db()
    _audit(meeting, "会议召开", by)
    return meeting


@transaction.atomic
def speak(matter: Matter, person: Person, side: str, text: str, *, by: By) -> Voice:
    """Note what one who was present said; every opinion is kept, the minority's too."""
    _keeper(matter.meeting, by)
    _open(matter)
    if not matter.meeting.attendances.filter(person=person, present=True).exists():
        raise Refused(f"{person}没有出席会议")
    if side not in load().appeals.offered("sides", by.on) or not text.strip():
        raise Refused("请选择意见并写明发言内容")
    made, _new = Voice.objects.update_or_create(
        matter=matter, person=person, defaults={"side": side, "text": text.strip()}
    )
    return made


@transaction.atomic
def conclude(matter: Matter, text: str, *, by: By) -> Matter:
    """Conclude a matter when everyone present has spoken; a committee needs half of all its members."""
    meeting, body = matter.meeting, body_of(matter.meeting)
    majority, needed = _counted(matter, text, by)
    if majority < needed:
        raise Refused(
            f"多数意见{majority}人，不足{needed}人，不能形成会议意见；请记为未形成多数意见"
        )
    _end(matter, conclusion=text.strip(), concluded_on=by.on)
    _happened(matter, body.more["event"], by, {"review": matter.review, "meeting": meeting.number})
    clocks.post(matter, now=by.now)
    return matter


@transaction.atomic
def carry_over(matter: Matter, text: str, *, by: By) -> Matter:
    """Note that no majority was found; nothing is decided, and another meeting may take the case up."""
    majority, needed = _counted(matter, text, by)
    if majority >= needed:
        raise Refused(f"多数意见{majority}人，已足{needed}人，请形成会议意见")
    _end(matter, conclusion=text.strip(), carried_on=by.on)
    _audit(matter.meeting, "未形成多数意见", by)
    return matter


def _counted(matter: Matter, text: str, by: By) -> tuple[int, int]:
    """Return how many stand with the majority, and how many a conclusion takes, once all have spoken."""
    meeting = matter.meeting
    _keeper(meeting, by)
    if meeting.state != Meeting.State.HELD:
        raise Refused("会议尚未登记召开")
    _open(matter)
    if not text.strip():
        raise Refused("请写明会议意见")
    voices = dict(matter.voices.values_list("person", "side"))
    silent = meeting.attendances.filter(present=True).exclude(person__in=voices).count()
    if silent:
        raise Refused(f"还有{silent}名出席人员的意见没有记录")
    whole = meeting.size if body_of(meeting).more["binding"] else len(voices)
    return list(voices.values()).count(MAJORITY), whole // 2 + 1


def _open(matter: Matter) -> None:
    if matter.concluded_on is not None or matter.carried_on is not None:
        raise Refused("本议题已有结论")


def _end(matter: Matter, **values: object) -> None:
    open_one = Matter.objects.filter(pk=matter.pk, concluded_on=None, carried_on=None)
    if open_one.update(**values) != 1:
        raise Refused("本议题已有结论")
    matter.refresh_from_db()


def responses(matter: Matter) -> tuple[str, ...]:
    """Return the answers open to the bench: to a decision that binds, only that it is carried out."""
    binding = body_of(matter.meeting).more["binding"]
    return (OBEYED,) if binding else (FOLLOWED, PARTLY, NOT_FOLLOWED)


def may_respond(matter: Matter, by: By) -> bool:
    """Whether someone may answer for the bench."""
    waits = matter.concluded_on is not None and matter.responded_on is None
    return waits and by.person.pk in bench_ids(matter.case)


@transaction.atomic
def respond(matter: Matter, response: str, text: str, *, by: By) -> Matter:
    """Say what the bench does with it."""
    if not may_respond(matter, by):
        raise Refused("会议意见由本案审判组织回复")
    if response not in responses(matter):
        raise Refused(f"请选择：{'、'.join(responses(matter))}")
    if response in {PARTLY, NOT_FOLLOWED} and not text.strip():
        raise Refused(
            "与会议多数意见不一致的，写明理由并报请院庭长按程序处理（法发〔2021〕2号，条号待核）"
        )
    waiting = Matter.objects.filter(pk=matter.pk, responded_on=None)
    if waiting.update(
        response=response, response_text=text.strip(), responded_by=by.person, responded_on=by.on
    ) != 1:  # fmt: skip
        raise Refused("审判组织已经回复")
    matter.refresh_from_db()
    said = {"meeting": matter.meeting.number, "body": body_of(matter.meeting).more["event"]}
    _happened(matter, "会议回复", by, {**said, "response": response})
    _audit(matter.meeting, "回复会议意见", by)
    clocks.post(matter, now=by.now)
    return matter


def _keeper(meeting: Meeting, by: By) -> None:
    if not may_keep(meeting, by):
        raise Refused("会议由召集人、主持人、记录人登记")


def _happened(matter: Matter, kind: str, by: By, payload: dict[str, object] | None = None) -> None:
    event = NewEvent(matter.case_id, kind, by.on, payload or {})
    record([event], actor=str(by.person), now=by.now)


def _audit(meeting: Meeting, action: str, by: By) -> None:
    audit.append(
        chain=meeting.court.code, actor=str(by.person), action=action,
        subject=f"{body_of(meeting).name}{meeting.number}", detail={"meeting": meeting.pk}, now=by.now,
    )  # fmt: skip
