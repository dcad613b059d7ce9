"""Whoever holds an appraisal has the clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Q

from shenguan.base.inbox.owed import Clock, Owed, still_standing
from shenguan.base.inbox.roster import Place
from shenguan.core.timelimit import Due
from shenguan.core.timelimit.model import Interval
from shenguan.programs.appraisals.models import Appraisal
from shenguan.rulebook import load
from shenguan.spine.cases.models import Event

WAITS = {
    "承办人": "鉴定待办", "承办人（补材）": "鉴定待办", "司法技术部门": "鉴定待委托",
    "鉴定机构": "鉴定待报告", "当事人（缴费）": "鉴定待缴费",
}  # fmt: skip
KINDS = frozenset(WAITS.values())


def run(on: date, now: datetime) -> None:
    """Bring every open appraisal up to the day: the nightly source."""
    wanted = Q(closed_on=None) | Q(pk__in=still_standing(KINDS, "appraisal"))
    _bring(list(Appraisal.objects.filter(wanted).select_related("case").order_by("pk")), now, on)


def post(one: Appraisal, *, now: datetime) -> None:
    """Bring one appraisal up to this moment."""
    _bring([one], now, None)


def due(one: Appraisal, clock: Clock) -> date | None:
    """Return the day by which whoever holds it has to act."""
    kind = WAITS.get(one.holder)
    if kind is None or one.held_since is None or one.closed_on is not None:
        return None
    return clock.due(kind, one.held_since, one.case.court_id)


def excluded(one: Appraisal, due: Due | None) -> Interval | None:
    """Return the stretch of the case's time limit that this appraisal opened, None where it opened none."""
    began = Event.objects.filter(pk=one.began or 0).values_list("occurred_on", flat=True).first()
    found = (i for i in due.intervals if i.start == began) if due else iter(())
    return next(found, None)


def _bring(rows: list[Appraisal], now: datetime, on: date | None) -> None:
    clock = Clock(load().appeals.obligations, now, on)
    clock.bring({f"appraisal:{one.pk}": list(_owed(one)) for one in rows}, KINDS)


def _owed(one: Appraisal) -> Iterator[Owed]:
    kind, book = WAITS.get(one.holder), load().appeals
    if kind is None or one.held_since is None or one.closed_on or one.case.closed_on:
        return
    case = one.case
    words = {
        "number": case.number, "matter": book.name("matters", one.matter),
        "step": "材料待补充" if "补材" in one.holder else "材料待移送", "agency": one.agency or "未登记",
    }  # fmt: skip
    place = Place(case.court_id, case.division_id, case.undertaker_id)
    yield Owed(kind, one.held_since, place, words, confidentiality=case.confidentiality)
