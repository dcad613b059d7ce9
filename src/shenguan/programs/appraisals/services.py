"""The acts on an appraisal: open it, pass it on; commission and report are events that move the time limit."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from shenguan.base.ops.clock import day_of
from shenguan.base.org.models import Person
from shenguan.base.org.scope import Scope
from shenguan.programs.appraisals import clocks
from shenguan.programs.appraisals.models import Appraisal, Step
from shenguan.rulebook import load
from shenguan.rulebook.loaders.coded import Coded
from shenguan.spine.cases.log import LANDED
from shenguan.spine.cases.models import Case, Event
from shenguan.spine.pipeline import NewEvent, record

BEGINS, ENDS, NOTED = "委托鉴定", "鉴定结束", "鉴定经办"
MAY_WRITE = frozenset({"登记事件", "催办"})
FIRST = "承办人"


class Refused(ValueError):  # noqa: N818 - it is told to a person, not a bug
    """What can't be done, in Chinese."""


def may_write(acts: frozenset[str], scope: Scope, case: Case) -> bool:
    """Whether someone who sees the case may note steps: who registers its events, or the office."""
    return not acts.isdisjoint(MAY_WRITE) and case.closed_on is None


@transaction.atomic
def open_one(
    case: Case,
    matter: str,
    request: str,
    *,
    actor: Person,
    on: date,
    now: datetime,
    applicant: str = "",
) -> Appraisal:
    """Note that an appraisal was applied for; it is in the undertaker's hands."""
    if matter not in load().appeals.offered("matters", on):
        raise Refused("请选择委托事项")
    if not request.strip():
        raise Refused("请写明鉴定请求")
    if case.closed_on is not None:
        raise Refused("本案已报结")
    made = Appraisal.objects.create(
        case=case, matter=matter, request=request.strip(), applicant=applicant or "当事人申请",
        holder=FIRST, held_since=on, opened_on=on, opened_by=actor,
    )  # fmt: skip
    _happened(made, "申请", on, actor, now)
    clocks.post(made, now=now)
    return made


def open_steps(one: Appraisal) -> list[Coded]:
    """Return the steps that may follow from where it is."""
    if one.closed_on is not None:
        return []
    return [s for s in load().appeals.lists["steps"].values() if one.holder in s.more["from"]]


@transaction.atomic
def step(
    one: Appraisal, kind: str, *, actor: Person, on: date, now: datetime, text: str = "",
    agency: str = "", fee: int | None = None,
) -> Appraisal:  # fmt: skip
    """Pass an appraisal on; the clock passes with it. The report closes the excluded interval itself.

    Raises `Refused`, and `GateClosed` where the log doesn't allow the event.
    """
    rule = next((s for s in open_steps(one) if s.id == kind), None)
    _check(one, rule, on, now, text, agency)
    assert rule is not None
    values: dict[str, object] = {
        "holder": rule.more["holder"], "held_since": on, "last": kind,
        "agency": agency.strip() or one.agency, "fee": fee if fee is not None else one.fee,
    }  # fmt: skip
    if not rule.more["holder"]:
        values |= {"closed_on": on, "result": text.strip(), "held_since": None}
    same = {"pk": one.pk, "holder": one.holder, "last": one.last, "closed_on": None}
    if Appraisal.objects.filter(**same).update(**values) != 1:
        raise Refused("鉴定已有新的办理情况，请刷新后再办")
    one.refresh_from_db()
    Step.objects.create(
        appraisal=one,
        kind=kind,
        on=on,
        holder=one.holder,
        text=text.strip()[:500],
        person=actor,
        at=now,
    )
    _interval(one, rule.more.get("event", ""), on, actor, now)
    _happened(one, rule.name, on, actor, now)
    clocks.post(one, now=now)
    return one


def _check(
    one: Appraisal, rule: Coded | None, on: date, now: datetime, text: str, agency: str
) -> None:
    if rule is None:
        raise Refused("现在不能办理这一步，请刷新后再办")
    if one.held_since and on < one.held_since:
        raise Refused(f"日期{on}早于上一步的日期{one.held_since}")
    if on > day_of(now):
        raise Refused("日期晚于今天")
    if rule.id == "commissioned" and not agency.strip():
        raise Refused("请填写鉴定机构")
    if rule.id in {"missing", "returned", "reported"} and not text.strip():
        raise Refused("请写明缺少的材料、鉴定意见的结论或者退鉴的原因")


def _interval(one: Appraisal, event: str, on: date, actor: Person, now: datetime) -> None:
    """Open or close the interval of this appraisal, as the time limit may leave it out.

    What the log has open already and no other appraisal has taken, an import for one, is adopted.
    """
    if not event:
        return
    standing = Event.objects.filter(LANDED, case=one.case, voided_by=None)
    others = Appraisal.objects.filter(case=one.case, began__isnull=False, closed_on=None).exclude(
        pk=one.pk
    )
    begun = (
        standing.filter(kind=BEGINS).exclude(pk__in=others.values("began")).order_by("-position")
    )
    free = begun.count() > standing.filter(kind=ENDS).count()
    if event == BEGINS and free:
        one.began = begun.values_list("pk", flat=True)[0]
    elif event == BEGINS or (event == ENDS and free):
        payload = {"kind": load().appeals.name("matters", one.matter)}
        (made,) = record([NewEvent(one.case_id, event, on, payload)], actor=str(actor), now=now)
        setattr(one, "began" if event == BEGINS else "ended", made)
    one.save(update_fields=["began", "ended"])


def _happened(one: Appraisal, name: str, on: date, actor: Person, now: datetime) -> None:
    payload = {"appraisal": one.pk, "step": name, "holder": one.holder}
    record([NewEvent(one.case_id, NOTED, on, payload)], actor=str(actor), now=now)
