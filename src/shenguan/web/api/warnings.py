"""Warnings: what stands, answering it, putting it off, deciding on 数据有误."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router
from ninja.errors import HttpError

from shenguan.base.inbox.models import Answer, Correction, Watch
from shenguan.base.inbox.naming import names
from shenguan.programs.attention import selectors, services
from shenguan.programs.attention.asking import Asked
from shenguan.programs.attention.views import URGE
from shenguan.web.api.shared import Made, Page, Part, Who, Words, page_of, refusing

router = Router(by_alias=True)


class WarningOut(Words):
    """One warning as it stands."""

    id: int = Field(alias="编号")
    kind: str = Field(alias="种类")
    level: str = Field(alias="级别")
    say: str = Field(alias="内容")
    court: str = Field(alias="法院")
    owner: str | None = Field(alias="承办人")
    case: int | None = Field(alias="案件编号")
    since: date | None = Field(alias="起")
    answer_by: date | None = Field(alias="答复期限")
    answered_on: date | None = Field(alias="答复日")


class Conditions(Part):
    """Conditions of the list; each is optional."""

    level: str = Field("", alias="级别", max_length=4)
    kind: str = Field("", alias="种类", max_length=40)
    mine: bool = Field(False, alias="只看本人")


class AnswerIn(Words):
    """An answer to a warning: 已办, 办理中 or 数据有误, with words."""

    choice: str = Field(alias="答复", max_length=4)
    text: str = Field("", alias="说明", max_length=500)


class SnoozeIn(Words):
    """Putting a warning off for oneself."""

    until: date = Field(alias="暂缓至")
    reason: str = Field(alias="理由", min_length=1, max_length=200)


class DisputeOut(Words):
    """An answer 数据有误 that waits for a decision."""

    id: int = Field(alias="编号")
    warning: int = Field(alias="预警编号")
    case: int | None = Field(alias="案件编号")
    text: str = Field(alias="说明")
    person: str = Field(alias="答复人")
    on: date = Field(alias="答复日")


class DecisionOnDataIn(Words):
    """Whether the data were wrong."""

    upheld: bool = Field(alias="属实")


class CorrectionOut(Words):
    """A correction found necessary and not made yet."""

    id: int = Field(alias="编号")
    case: int | None = Field(alias="案件编号")
    text: str = Field(alias="说明")
    owner: str = Field(alias="更正人")
    due_on: date = Field(alias="更正期限")


class CorrectedIn(Words):
    """What was corrected."""

    note: str = Field(alias="更正情况", min_length=1, max_length=500)


class Acted(Words):
    """How many were acted on."""

    count: int = Field(alias="已处理")


def _told(watch: Watch) -> dict[str, Any]:
    return {
        "编号": watch.pk,
        "种类": names().get(watch.kind, watch.kind),
        "级别": watch.level,
        "内容": watch.say,
        "法院": watch.court.name,
        "承办人": watch.owner.name if watch.owner else None,
        "案件编号": watch.case_id,
        "起": watch.since,
        "答复期限": watch.answer_by,
        "答复日": watch.answered_on,
    }


@router.get("", response=Page[WarningOut], summary="预警")
def warnings(request: HttpRequest, asked: Query[Conditions]) -> dict[str, Any]:
    """List the warnings that stand within one's scope, the oldest first."""
    who = Who(request)
    wanted = Asked(level=asked.level, kind=asked.kind, mine=asked.mine)
    rows = selectors.warnings(who.scope, wanted, who.today).select_related("court", "owner")
    return page_of(rows, asked.start, asked.size, _told)


def _one(who: Who, watch_id: int) -> list[Watch]:
    found = list(selectors.warnings(who.scope, Asked(), who.today).filter(pk=watch_id))
    if not found:
        raise HttpError(404, "没有，或不在可见范围之内")
    return found


def _by(who: Who) -> services.By:
    return services.By(who.person, who.now, who.today)


def _done(done: services.Done) -> dict[str, int]:
    if done.refused:
        raise HttpError(409, str(done))
    return {"已处理": done.count}


@router.post("/{int:watch_id}/answer", response=Acted, summary="答复预警")
def answer(request: HttpRequest, watch_id: int, given: AnswerIn) -> dict[str, int]:
    """Answer one warning."""
    who = Who(request)
    watches = _one(who, watch_id)
    if given.choice not in Answer.Choice.values:
        raise HttpError(422, f"答复应为：{'、'.join(Answer.Choice.values)}")
    return _done(services.answer_all(watches, choice=given.choice, text=given.text, by=_by(who)))


@router.post("/{int:watch_id}/snooze", response=Acted, summary="暂缓提醒")
def snooze(request: HttpRequest, watch_id: int, given: SnoozeIn) -> dict[str, int]:
    """Put one warning off for oneself until a day."""
    who = Who(request)
    watches = _one(who, watch_id)
    return _done(services.snooze_all(watches, reason=given.reason, until=given.until, by=_by(who)))


def _dispute(one: Answer) -> dict[str, Any]:
    return {
        "编号": one.pk,
        "预警编号": one.watch_id,
        "案件编号": one.watch.case_id,
        "说明": one.text,
        "答复人": one.person.name,
        "答复日": one.on,
    }


@router.get("/disputed", response=Page[DisputeOut], summary="数据有误待认定")
def disputed(request: HttpRequest, part: Query[Part]) -> dict[str, Any]:
    """List the answers 数据有误 that wait for a decision."""
    return page_of(selectors.disputed(Who(request).scope), part.start, part.size, _dispute)


@router.post("/disputed/{int:answer_id}/decide", response=Made, summary="认定数据是否有误")
def decide(request: HttpRequest, answer_id: int, given: DecisionOnDataIn) -> dict[str, int]:
    """Decide whether the data were wrong; the ladder goes on."""
    who = Who(request)
    who.must(URGE)
    found = get_object_or_404(selectors.disputed(who.scope), pk=answer_id)
    with refusing(ValueError):
        services.decide(found, upheld=given.upheld, by=_by(who))
    return {"编号": answer_id}


def _correction(one: Correction) -> dict[str, Any]:
    return {
        "编号": one.pk,
        "案件编号": one.answer.watch.case_id,
        "说明": one.answer.text,
        "更正人": one.owner.name,
        "更正期限": one.due_on,
    }


@router.get("/corrections", response=Page[CorrectionOut], summary="更正任务")
def corrections(request: HttpRequest, part: Query[Part]) -> dict[str, Any]:
    """List the corrections that wait to be made."""
    rows = selectors.corrections(Who(request).scope)
    return page_of(rows, part.start, part.size, _correction)


@router.post("/corrections/{int:correction_id}/finish", response=Made, summary="报告已更正")
def finish(request: HttpRequest, correction_id: int, given: CorrectedIn) -> dict[str, int]:
    """Say what was corrected."""
    who = Who(request)
    found = get_object_or_404(selectors.corrections(who.scope), pk=correction_id)
    with refusing(ValueError):
        services.finish_correction(found, note=given.note, by=_by(who))
    return {"编号": correction_id}
