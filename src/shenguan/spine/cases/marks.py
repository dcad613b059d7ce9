"""Which cases stand marked as one of the 四类案件, by what the log says last."""

from __future__ import annotations

from collections.abc import Iterable

from shenguan.spine.cases.log import LANDED
from shenguan.spine.cases.models import Event

MARKED = "四类标注"
_SAID = (MARKED, "四类撤销标注", "四类不予标注")


def standing_marks(case_ids: Iterable[int]) -> dict[int, Event]:
    """Return the mark in force of each case that has one: a mark taken off is none."""
    told = Event.objects.filter(LANDED, case__in=list(case_ids), kind__in=_SAID, voided_by=None)
    last = {event.case_id: event for event in told.order_by("position")}
    return {pk: event for pk, event in last.items() if pk and event.kind == MARKED}
