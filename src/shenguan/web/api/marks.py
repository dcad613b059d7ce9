"""四类案件: marks, confirming and removing them, the ten measures with reply and effect."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.db.models import Count
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Status
from ninja.errors import HttpError

from shenguan.programs.supervision import marking, selectors
from shenguan.programs.supervision.marklist import rows_of
from shenguan.programs.supervision.models import Act, Mark
from shenguan.programs.supervision.pages import note_reading
from shenguan.rulebook import load
from shenguan.web.api.cases import case_of
from shenguan.web.api.shared import Page, Part, Who, Words

router = Router(by_alias=True)
case_router = Router(by_alias=True)
LISTS = {
    "应标未标": selectors.unconfirmed,
    "应管未管": selectors.unsupervised,
    "在管": selectors.supervised_now,
    "全部": selectors.marks,
}
TEXT = 2000
LEADS = ("审批", "一级审批", "阅核", "包案", "督办", "催办")


class MarkOut(Words):
    """One mark; grounds that belong to the inner record are told to its circle alone."""

    id: int = Field(alias="编号")
    case: int = Field(alias="案件编号")
    number: str = Field(alias="案号")
    kinds: list[str] = Field(alias="类别")
    source: str = Field(alias="来源")
    state: str = Field(alias="状态")
    made_on: date = Field(alias="标注日期")
    decided_on: date | None = Field(alias="确认日期")
    due: date | None = Field(alias="期限")
    taken: int = Field(alias="监管措施数")
    why: str = Field(alias="识别依据")


class WholeMark(MarkOut):
    """A mark with the measures taken."""

    acts: list[dict[str, Any]] = Field(alias="监管措施")


class Asked(Part):
    """Which marks."""

    which: Literal["应标未标", "应管未管", "在管", "全部"] = Field("全部", alias="清单")


class MarkIn(Words):
    """Marking a case by hand, or confirming with other kinds."""

    kinds: list[int] = Field(default_factory=list, alias="类别", max_length=4, examples=[[1]])
    text: str = Field("", alias="意见", max_length=TEXT)


class ReasonIn(Words):
    """A coded reason and words."""

    code: str = Field(alias="理由代码", max_length=4)
    text: str = Field("", alias="说明", max_length=TEXT)


class MeasureIn(Words):
    """One of the ten measures."""

    measure: str = Field(alias="措施", max_length=4)
    text: str = Field(alias="内容", max_length=TEXT)


class TextIn(Words):
    """Words."""

    text: str = Field(alias="内容", min_length=1, max_length=TEXT)


def _told(row: dict[str, Any]) -> dict[str, Any]:
    mark = row["mark"]
    return {
        "编号": mark.pk,
        "案件编号": mark.case_id,
        "案号": mark.case.number,
        "类别": row["kinds"],
        "来源": mark.source,
        "状态": mark.state,
        "标注日期": mark.made_on,
        "确认日期": mark.decided_on,
        "期限": row["due"],
        "监管措施数": mark.taken,
        "识别依据": row["why"],
    }


def _found(who: Who, mark_id: int) -> Mark:
    rows = selectors.marks(who.scope).annotate(taken=Count("acts"))
    found: Mark = get_object_or_404(rows, pk=mark_id)
    return found


def _now(request: HttpRequest, mark_id: int) -> dict[str, Any]:
    (row,) = rows_of(request, [_found(Who(request), mark_id)])
    return _told(row)


@router.get("", response=Page[MarkOut], summary="四类案件")
def marks(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """List the marks of visible cases."""
    rows = LISTS[asked.which](Who(request).scope).annotate(taken=Count("acts"))
    shown = rows[asked.start : asked.start + asked.size]
    return {
        "总数": rows.count(),
        "起": asked.start,
        "条目": [_told(row) for row in rows_of(request, shown)],
    }


@router.get("/{int:mark_id}", response=WholeMark, summary="四类案件标注")
def mark(request: HttpRequest, mark_id: int) -> dict[str, Any]:
    """Return one mark with the measures taken."""
    found = _found(Who(request), mark_id)
    note_reading(request, found.case, "四类案件")
    measures = load().supervision.measures
    acts = found.acts.select_related("person").order_by("pk")
    told = [
        {
            "编号": act.pk,
            "措施": measures[act.measure].name,
            "内容": act.text,
            "采取人": act.person.name,
            "职务": act.post,
            "日期": act.on,
            "回复期限": act.due_on,
            "回复": act.reply,
            "监管结果": act.effect,
        }
        for act in acts
    ]
    return _now(request, mark_id) | {"监管措施": told}


@case_router.post("/{int:case_id}/marks", response={201: MarkOut}, summary="人工标注四类案件")
def by_hand(request: HttpRequest, case_id: int, given: MarkIn) -> Status[dict[str, Any]]:
    """Mark a case by hand, with a reason."""
    who = Who(request)
    case = case_of(who, case_id)
    who.token_for(*LEADS, "登记", "登记事件")
    if not marking.post_in(who.person, case, load().supervision.may("mark"), who.today):
        raise HttpError(403, "您的职务不能对本案作标注")
    made = marking.mark_by_hand(case, given.kinds, given.text, person=who.person, now=who.now)
    return Status(201, _now(request, made.pk))


@router.post("/{int:mark_id}/confirm", response=MarkOut, summary="确认标注")
def confirm(request: HttpRequest, mark_id: int, given: MarkIn) -> dict[str, Any]:
    """Confirm a proposed mark, perhaps with other kinds."""
    who = Who(request)
    who.token_for(*LEADS)
    found = _found(who, mark_id)
    marking.confirm(found, given.kinds or found.kinds, given.text, person=who.person, now=who.now)
    return _now(request, mark_id)


@router.post("/{int:mark_id}/reject", response=MarkOut, summary="不予标注")
def reject(request: HttpRequest, mark_id: int, given: ReasonIn) -> dict[str, Any]:
    """Reject a proposed mark with a reason."""
    who = Who(request)
    who.token_for(*LEADS)
    found = _found(who, mark_id)
    marking.reject(found, given.code, given.text, person=who.person, now=who.now)
    return _now(request, mark_id)


@router.post("/{int:mark_id}/remove", response=MarkOut, summary="撤销标注")
def remove(request: HttpRequest, mark_id: int, given: ReasonIn) -> dict[str, Any]:
    """Take a mark off with a reason."""
    who = Who(request)
    who.token_for(*LEADS)
    found = _found(who, mark_id)
    marking.remove(found, given.code, given.text, person=who.person, now=who.now)
    return _now(request, mark_id)


@router.post("/{int:mark_id}/measures", response={201: MarkOut}, summary="采取监管措施")
def take(request: HttpRequest, mark_id: int, given: MeasureIn) -> Status[dict[str, Any]]:
    """Take one of the ten measures."""
    who = Who(request)
    who.token_for(*LEADS)
    found = _found(who, mark_id)
    marking.take_measure(found, given.measure, given.text, person=who.person, now=who.now)
    return Status(201, _now(request, mark_id))


def _act(who: Who, act_id: int) -> Act:
    shown = selectors.marks(who.scope).values("pk")
    related = Act.objects.select_related("mark__case__court", "mark__case__undertaker")
    found: Act = get_object_or_404(related.filter(mark__in=shown), pk=act_id)
    return found


@router.post("/measures/{int:act_id}/reply", response=MarkOut, summary="回复监管措施")
def reply(request: HttpRequest, act_id: int, given: TextIn) -> dict[str, Any]:
    """Reply to a measure for the bench."""
    who = Who(request)
    who.token_for("登记事件", "申请审批")
    act = _act(who, act_id)
    marking.reply(act, given.text, person=who.person, now=who.now)
    return _now(request, act.mark_id)


@router.post("/measures/{int:act_id}/effect", response=MarkOut, summary="记录监管结果")
def effect(request: HttpRequest, act_id: int, given: TextIn) -> dict[str, Any]:
    """Note what came of a measure."""
    who = Who(request)
    who.token_for(*LEADS)
    act = _act(who, act_id)
    marking.note_effect(act, given.text, person=who.person, now=who.now)
    return _now(request, act.mark_id)
