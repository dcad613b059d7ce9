"""What is done with an instruction: given, answered for, sent back, accepted. Its ladder runs in the inbox.

An instruction concerns procedure, time and management. It never says how a case is to be decided
(法发〔2021〕30号第9、10条: 不得直接改变合议庭意见).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from shenguan.base.audit import services as audit
from shenguan.base.inbox.posting import Posting, Subject, post
from shenguan.base.org.models import Appointment, Court, Person, Unit
from shenguan.base.org.scope import Scope
from shenguan.core.ladder import NOTICE, SUPERVISE, URGE
from shenguan.programs.desk.models import Instruction
from shenguan.spine.cases.models import Case
from shenguan.spine.cases.selectors import visible_cases
from shenguan.spine.pipeline import NewEvent, record

KIND = "批示交办"
URGE_DAYS = 3
"""So many days before the day it is due, an answer is asked for."""


class InstructionError(ValueError):
    """An instruction that can't be given or moved, with the reason."""


def case_for(scope: Scope, number_key: str) -> Case:
    """Return the one visible case of a normalised number; raises `InstructionError`."""
    found = list(visible_cases(scope).filter(number_key=number_key).select_related("court")[:2])
    if len(found) != 1:
        raise InstructionError(f"案号“{number_key}”：没有可见的案件或者不止一件")
    return found[0]


@transaction.atomic
def give(
    *,
    actor: Person,
    owner: Person,
    text: str,
    due_on: date,
    on: date,
    now: datetime,
    case: Case | None = None,
) -> Instruction:
    """Give an instruction to someone of one's own court; raises `InstructionError`."""
    text = text.strip()
    if not text:
        raise InstructionError("批示内容不能为空")
    if due_on < on:
        raise InstructionError(f"办结期限{due_on}早于今日")
    if owner.court_id != actor.court_id:
        raise InstructionError("只能向本院人员交办")
    if owner.pk == actor.pk:
        raise InstructionError("不能向本人交办")
    court = Court.objects.select_for_update().get(pk=actor.court_id)
    last = Instruction.objects.filter(court=court, year=on.year).aggregate(n=Max("serial"))["n"]
    made = Instruction.objects.create(
        court=court,
        year=on.year,
        serial=(last or 0) + 1,
        giver=actor,
        owner=owner,
        unit=_unit(owner) or (case.division if case else None),
        case=case,
        text=text,
        given_on=on,
        given_at=now,
        due_on=due_on,
    )
    _tell(made, "批示交办", {"owner": owner.name, "due": due_on.isoformat()}, actor, on, now)
    bring_up([made], on=on, now=now)
    return made


def _unit(owner: Person) -> Unit | None:
    held = Appointment.objects.filter(person=owner, unit__isnull=False).select_related("unit")
    found = held.exclude(unit__kind=Unit.Kind.TEAM).order_by("pk").first()
    return found.unit if found else None


@transaction.atomic
def report(
    *, instruction: Instruction, result: str, actor: Person, on: date, now: datetime
) -> Instruction:
    """Answer for an instruction; only its owner does. Raises `InstructionError`."""
    if actor.pk != instruction.owner_id:
        raise InstructionError("落实情况由承办人反馈")
    if not result.strip():
        raise InstructionError("落实情况不能为空")
    _move(instruction, {"result": ""}, result=result.strip(), reported_on=on)
    _trace(instruction, "反馈批示", actor, now)
    bring_up([instruction], on=on, now=now)
    return instruction


@transaction.atomic
def send_back(
    *, instruction: Instruction, reason: str, actor: Person, on: date, now: datetime
) -> Instruction:
    """Send an answer back with a reason; only who gave the instruction does. Raises `InstructionError`."""
    if actor.pk != instruction.giver_id:
        raise InstructionError("只有批示人可以退回")
    if not reason.strip() or not instruction.result:
        raise InstructionError("退回须有反馈在先并写明意见")
    _move(instruction, {"result": instruction.result}, result="", sent_back=reason.strip())
    _trace(instruction, "退回批示", actor, now)
    bring_up([instruction], on=on, now=now)
    return instruction


@transaction.atomic
def accept(*, instruction: Instruction, actor: Person, on: date, now: datetime) -> Instruction:
    """Close an instruction that was answered for; only who gave it does. Raises `InstructionError`."""
    if actor.pk != instruction.giver_id:
        raise InstructionError("由批示人确认办结")
    if not instruction.result:
        raise InstructionError("还没有反馈，不能办结")
    _move(instruction, {"result": instruction.result}, accepted_by=actor, accepted_on=on)
    _tell(instruction, "批示办结", {}, actor, on, now)
    bring_up([instruction], on=on, now=now)
    return instruction


def _move(instruction: Instruction, old: dict[str, object], **new: object) -> None:
    """Change it if nobody has meanwhile; raises `InstructionError`."""
    rows = Instruction.objects.filter(pk=instruction.pk, accepted_on=None, **old)
    if rows.update(**new) != 1:
        raise InstructionError(f"批示{instruction.number}已有变化，请刷新后再办")
    instruction.refresh_from_db()


def _tell(
    made: Instruction, kind: str, payload: dict[str, str], actor: Person, on: date, now: datetime
) -> None:
    """Put it into the log of its case, if it has one, and into the audit."""
    if made.case_id:
        told = NewEvent(made.case_id, kind, on, {"number": made.number, **payload}, source=KIND)
        record([told], actor=str(actor), now=now)
    _trace(made, kind, actor, now)


def _trace(made: Instruction, action: str, actor: Person, now: datetime) -> None:
    audit.append(
        chain=made.court.code, actor=str(actor), action=action, subject=made.number, now=now
    )


def bring_up(instructions: Iterable[Instruction], *, on: date, now: datetime) -> None:
    """Bring the watches of instructions up to a day; safe to run twice."""
    subjects = [Subject(one.subject, _postings(one, on), (KIND,)) for one in instructions]
    if subjects:
        post(subjects, on=on, now=now)


def tick(on: date, now: datetime) -> None:
    """Bring every open instruction up to a day: a source of the nightly run."""
    bring_up(Instruction.objects.filter(accepted_on=None).select_related("court"), on=on, now=now)


def _postings(one: Instruction, on: date) -> tuple[Posting, ...]:
    if one.accepted_on or one.result:
        return ()
    left = (one.due_on - on).days
    level = SUPERVISE if left < 0 else URGE if left <= URGE_DAYS else NOTICE
    copies = (one.giver_id,) if left < 0 else ()
    return (
        Posting(
            kind=KIND,
            key="",
            court_id=one.court_id,
            level=level,
            rung=level,
            since=one.given_on,
            about=one.due_on,
            say=f"{one.number}批示交办事项，办结期限{one.due_on}：{one.text[:60]}",
            unit_id=one.unit_id,
            owner_id=one.owner_id,
            confidentiality=one.case.confidentiality if one.case else 0,
            told=lambda: ((one.owner_id,), copies),
            answer_by=one.due_on,
            order_due=one.due_on,
        ),
    )
