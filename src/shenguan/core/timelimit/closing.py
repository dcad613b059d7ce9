"""When a case ended in law, which isn't the day the system was told (报结).

民诉解释第243条、法释〔2000〕29号第10条: pronouncement closes a judgment; a ruling or mediation closes on
service upon the last party; service by notice counts from the day of publication.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import NamedTuple

from shenguan.core.timelimit.model import TimelineEvent

_PRONOUNCED, _SERVED, _ENFORCED, _REPORTED, _REOPENED, _HEARD = range(6)
_ROLES = {
    "宣判": _PRONOUNCED,
    "送达": _SERVED,
    "电子送达": _SERVED,
    "公告送达": _SERVED,
    "执行完毕": _ENFORCED,
    "终结本次执行": _ENFORCED,
    "结案": _REPORTED,
    "报结": _REPORTED,
    "撤销报结": _REOPENED,
    "开庭": _HEARD,
    "延期开庭": _HEARD,
    "合议": _HEARD,
    "签发": _HEARD,
}
# Papers served in the course of a case; serving them ends nothing.
_COURSE_PAPERS = (
    *("起诉状", "起诉书", "上诉状", "应诉", "举证", "传票", "答辩", "通知", "申请书", "追加"),
)


class Closing(NamedTuple):
    """The legal end of a case; `reported_only` where nothing but 报结/结案 is on record."""

    on: date
    at: time | None
    event: str
    reported_only: bool


def legal_closing(events: Sequence[TimelineEvent]) -> Closing | None:
    """Return the legal end among `events` (in date order), None while the case is open.

    A 撤销报结 undoes every closing before it. A service followed by a hearing or deliberation was
    of papers in the course of the case.
    """
    ends: list[TimelineEvent | None] = [None, None, None, None]
    seen = False
    for event in events:
        role = _ROLES.get(event.event)
        if role is not None:
            seen = True
            _note(ends, role, event)
    return _choose(ends) if seen else None


def _note(ends: list[TimelineEvent | None], role: int, event: TimelineEvent) -> None:
    if role == _REOPENED:
        ends[:] = [None, None, None, None]
    elif role == _HEARD:
        served = ends[_SERVED]
        if served is not None and served.on < event.on:  # of one day, which came first isn't known
            ends[_SERVED] = None
    elif role == _SERVED:
        if _ends_the_case(event):
            ends[_SERVED] = event
    elif ends[role] is None or (event.event == "结案" and ends[role].event == "报结"):  # type: ignore[union-attr]
        ends[role] = event


def _ends_the_case(event: TimelineEvent) -> bool:
    if event.kind is None:
        return event.event != "电子送达"
    return not any(paper in event.kind for paper in _COURSE_PAPERS)


def _choose(ends: list[TimelineEvent | None]) -> Closing | None:
    for role in (_PRONOUNCED, _ENFORCED, _SERVED, _REPORTED):
        event = ends[role]
        if event is not None:
            return Closing(event.on, event.at, event.event, role == _REPORTED)
    return None
