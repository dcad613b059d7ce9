"""What a meeting said waits for the bench's answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Q

from shenguan.base.inbox.owed import Clock, Owed, still_standing
from shenguan.base.inbox.roster import Place
from shenguan.programs.meetings.models import Matter
from shenguan.rulebook import load

WAITING = "会议待落实"


def run(on: date, now: datetime) -> None:
    """Bring every concluded matter up to the day: the nightly source."""
    wanted = Q(concluded_on__isnull=False, responded_on=None)
    wanted |= Q(pk__in=still_standing({WAITING}, "matter"))
    _bring(list(Matter.objects.filter(wanted).select_related("case").order_by("pk")), now, on)


def post(one: Matter, *, now: datetime) -> None:
    """Bring one matter up to this moment."""
    _bring([one], now, None)


def _bring(rows: list[Matter], now: datetime, on: date | None) -> None:
    clock = Clock(load().appeals.obligations, now, on)
    clock.bring({f"matter:{one.pk}": list(_owed(one)) for one in rows}, {WAITING})


def _owed(one: Matter) -> Iterator[Owed]:
    case = one.case
    if one.concluded_on and one.responded_on is None and case.closed_on is None:
        place = Place(case.court_id, None, case.undertaker_id)
        words = {"number": case.number}
        # the inner record: told to whoever must answer, listed to no one by unit
        yield Owed(WAITING, one.concluded_on, place, words, confidentiality=case.confidentiality)
