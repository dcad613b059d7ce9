"""Registering cases and events, one at a time, and taking an event back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from shenguan.base.ops.clock import day_of
from shenguan.base.org.choices import is_read_only
from shenguan.base.org.models import Court
from shenguan.core.casefold import live
from shenguan.core.casenumber import CaseNumberError, parse
from shenguan.programs.registering.modes import why_off
from shenguan.rulebook import load
from shenguan.rulebook.loaders.fields import Form
from shenguan.spine.cases import log
from shenguan.spine.cases.models import Case, Event
from shenguan.spine.cases.services import Identity, identify
from shenguan.spine.pipeline import NewEvent, record

SOURCE = "登记"
FILING_OFFICE = "立案庭"


class Refused(ValueError):  # noqa: N818 - it names the state of the case, not a bug
    """Something can't be registered; the message says why in Chinese, `field` where."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Entry:
    """One event as entered: the rulebook's form, the day, what it carries."""

    form: Form
    on: date
    payload: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NewCase:
    """A case as entered: number, filing day, attributes by English field name, the division it goes to."""

    number: str
    filed_on: date
    attributes: Mapping[str, Any]
    division: str = ""
    online: bool = False


def record_entry(case: Case, entry: Entry, *, actor: str, now: datetime) -> int:
    """Record one event; returns its position. Raises `Refused` and `GateClosed`."""
    if why := why_off(entry.form, is_read_only(case.court_id, day_of(now))):
        raise Refused(why)
    with transaction.atomic():
        if (again := standing_twin(case.pk, entry)) is not None:
            raise Refused(
                f"同一日期已有内容相同的“{entry.form.event}”（第{again}号事件），未重复登记"
            )
        new = NewEvent(case.pk, entry.form.event, entry.on, entry.payload, source=SOURCE)
        (position,) = record([new], actor=actor, now=now)
    return position


def standing_twin(case_id: int, entry: Entry) -> int | None:
    """Return the position of an event that stands with the same kind, day and contents."""
    (history,) = log.read([case_id])
    for event in live(history.events):
        same = event.kind == entry.form.event and event.occurred_on == entry.on
        if same and dict(event.payload) == dict(entry.payload):
            return event.position
    return None


def void_event(case: Case, position: int, reason: str, *, actor: str, now: datetime) -> int:
    """Take an event back with a reason; returns the position of the 作废. Raises `Refused`."""
    if len(reason.strip()) < 4:
        raise Refused("请写明作废理由（不少于四个字）", "reason")
    with transaction.atomic():
        event = voidable(case, position, day_of(now))
        payload = {"reason": reason.strip()[:200]}
        new = NewEvent(case.pk, "作废", day_of(now), payload, source=SOURCE, voids=event.pk)
        (made,) = record([new], actor=actor, now=now)
    return made


def voidable(case: Case, position: int, today: date) -> Event:
    """Return an event that may be taken back here. Raises `Refused` with the reason why not."""
    event = Event.objects.filter(case=case, pk=position).first()
    (history,) = log.read([case.pk])
    if event is None or position not in {one.position for one in live(history.events)}:
        raise Refused("这一事件不在本案日志中，或者已经作废")
    form = load().forms.get(event.kind)
    if form is None or event.source.startswith("审批"):
        raise Refused(f"“{event.kind}”由其他办理流程产生，请在原流程中撤回")
    if why := why_off(form, is_read_only(case.court_id, today)):
        raise Refused(why)
    return event


def register_case(new: NewCase, *, court: Court, actor: str, now: datetime) -> Case:
    """Register and file a case; it stands with the filing office or the named division.

    Raises `Refused` (with the field) for a number that can't be, or is registered already.
    """
    today = day_of(now)
    if is_read_only(court.pk, today):
        raise Refused(f"{court.name}为只读接入模式：案件由本院办案系统立案后接入，不在此登记")
    if new.filed_on > today:
        raise Refused("立案日期晚于今天，请核对", "filed_on")
    attributes = {**_from_number(new.number, court), **new.attributes}
    identity = Identity.of(court, new.number)
    with transaction.atomic():
        case = identify([identity])[identity.key]
        if case.visible:
            raise Refused("该案号在本院已有登记", "number")
        assigned = {"undertaker": "", "division": new.division or FILING_OFFICE, "way": "分至庭室"}
        events = [
            NewEvent(case.pk, "登记", new.filed_on, attributes, source=SOURCE),
            NewEvent(case.pk, "立案", new.filed_on, _flagged(new.online), source=SOURCE),
            NewEvent(case.pk, "分案", new.filed_on, assigned, source=SOURCE),
        ]
        record(events, actor=actor, now=now)
    case.refresh_from_db()
    return case


def _flagged(online: bool) -> dict[str, Any]:
    return {"online": True} if online else {}


def _from_number(text: str, court: Court) -> dict[str, Any]:
    """Read type and instance from a number; it must be one of this court's."""
    try:
        number = parse(text)
    except CaseNumberError as error:
        raise Refused(str(error), "number") from None
    if number.style != "modern" or number.court_code != court.code:
        raise Refused(f"案号的法院代字应为“{court.code}”，不是本院案号", "number")
    kind = load().codes.case_type(number.type_code)
    if kind is None:
        raise Refused(f"类型代字“{number.type_code}”不在案件类型表中", "number")
    return {"case_type": kind.code, "instance": kind.instance}
