"""Events of a case: what happened, recording it, taking it back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Status
from ninja.errors import HttpError

from shenguan.base.org.models import Court
from shenguan.programs.registering import services
from shenguan.programs.registering.forms import EventForm
from shenguan.rulebook import load
from shenguan.rulebook.loaders.fields import Form
from shenguan.spine.cases import selectors
from shenguan.spine.cases.models import Event
from shenguan.web.api.cases import case_of, read_case
from shenguan.web.api.shared import Who, Words, checked

router = Router(by_alias=True)


class EventOut(Words):
    """One event that counts."""

    position: int = Field(alias="序号")
    kind: str = Field(alias="事件")
    occurred_on: date | None = Field(alias="日期")
    payload: dict[str, Any] = Field(alias="内容")
    source: str = Field(alias="来源")
    recorded_at: datetime = Field(alias="记录时间")


class EventIn(Words):
    """An event to record: its kind in the words of events.yaml, the day, its fields by Chinese label."""

    kind: str = Field(alias="事件", max_length=40)
    on: date = Field(alias="日期")
    payload: dict[str, Any] = Field(default_factory=dict, alias="内容")


class VoidIn(Words):
    """Why an event is taken back."""

    reason: str = Field(alias="理由", min_length=1, max_length=500)


class Recorded(Words):
    """Where an event stands in the log."""

    position: int = Field(alias="序号")


def _told(event: Event) -> dict[str, Any]:
    return {
        "序号": event.position,
        "事件": event.kind,
        "日期": event.occurred_on,
        "内容": event.payload,
        "来源": event.source,
        "记录时间": event.recorded_at,
    }


@router.get("/{int:case_id}/events", response=list[EventOut], summary="案件时间轴")
def history(request: HttpRequest, case_id: int) -> list[dict[str, Any]]:
    """Return the events of a case that count, by day."""
    who = Who(request)
    read_case(who, case_id, "案件时间轴")
    return [_told(event) for event in selectors.history(who.scope, case_id)]


@router.post("/{int:case_id}/events", response={201: Recorded}, summary="登记事件")
def record(request: HttpRequest, case_id: int, given: EventIn) -> Status[dict[str, int]]:
    """Record one event; gates, 只读接入模式 and the form's acts are those of the page."""
    who = Who(request)
    case = case_of(who, case_id)
    form = load().forms.get(given.kind)
    if form is None:
        raise HttpError(422, f"没有“{given.kind}”这种可登记的事件")
    who.must(*form.acts)
    made = filled(form, given.on, given.payload, case.court, who)
    entry = services.Entry(form, made.cleaned_data["day"], made.payload())
    return Status(
        201, {"序号": services.record_entry(case, entry, actor=str(who.person), now=who.now)}
    )


def filled(form: Form, on: date, payload: Mapping[str, Any], court: Court, who: Who) -> EventForm:
    """Return the page's own form, filled in by Chinese labels and found valid; answers 422 else."""
    keys = {field.label: field.key for field in form.fields}
    if unknown := sorted(set(payload) - set(keys)):
        raise HttpError(
            422, f"“{form.event}”没有栏目：{'、'.join(unknown)}；可用：{'、'.join(keys)}"
        )
    data = {"day": str(on)}
    data |= {keys[label]: text_of(value) for label, value in payload.items()}
    made = EventForm(data, form=form, court=court, today=who.today)
    checked(made)
    return made


def text_of(value: Any) -> str:
    """Return a value of a request as a form takes it."""
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value)


@router.post("/{int:case_id}/events/{int:position}/void", response=Recorded, summary="作废事件")
def void(request: HttpRequest, case_id: int, position: int, given: VoidIn) -> dict[str, int]:
    """Take an event back with a reason; nothing is edited, nothing is lost."""
    who = Who(request)
    who.must("登记", "登记事件")
    case = case_of(who, case_id)
    actor = str(who.person)
    voided = services.void_event(case, position, given.reason, actor=actor, now=who.now)
    return {"序号": voided}
