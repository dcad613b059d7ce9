"""Comparing what a judgment says with what the register says of the same case."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from shenguan.base.org.scope import Scope
from shenguan.spine.cases.models import Case, Event
from shenguan.spine.cases.selectors import visible_cases

PAPER_EVENT = "文书登记"
NEEDS_PAPER = (
    Q(disposition__contains="判决")
    | Q(disposition__contains="裁定")
    | Q(disposition__contains="调解")
    | Q(disposition__contains="撤诉")
)


def any_paper(scope: Scope) -> bool:
    """Tell whether any judgment has come in, so that its absence means something."""
    return Event.objects.filter(kind=PAPER_EVENT, case__in=visible_cases(scope)).exists()


def differences(scope: Scope) -> Iterator[tuple[Case, list[str]]]:
    """Yield each case whose latest paper differs from the register, with what differs."""
    events = (
        Event.objects.filter(kind=PAPER_EVENT, voided_by=None, case__in=visible_cases(scope))
        .select_related("case__court")
        .order_by("case_id", "position")
    )
    latest = {event.case_id: event for event in events}
    for event in latest.values():
        case = event.case
        if case is not None and (found := list(_differences(case, event.payload))):
            yield case, found


def _differences(case: Case, paper: dict[str, Any]) -> Iterator[str]:
    pairs = (
        ("案由", case.cause, paper.get("cause"), _same_cause),
        ("立案日期", _iso(case.filed_on), paper.get("filed_on"), _same),
        (
            "裁判日期",
            _iso(case.legal_end_on or case.closed_on),
            paper.get("judged_on"),
            _not_before,
        ),
        ("承办人", case.undertaker_name, paper.get("undertaker"), _named_in),
        ("结案方式", case.disposition, paper.get("disposition"), _same_outcome),
    )
    for name, registered, read, agrees in pairs:
        if registered and read and not agrees(str(registered), read):
            yield f"{name}:登记“{registered}”，文书“{_text(read)}”"


def _iso(day: Any) -> str:
    return day.isoformat() if day else ""


def _text(value: Any) -> str:
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)


def _same(registered: str, read: Any) -> bool:
    return registered == str(read)


def _not_before(registered: str, read: Any) -> bool:
    """A case can't end before its judgment is dated."""
    return registered >= str(read)


def _named_in(registered: str, read: Any) -> bool:
    names = read if isinstance(read, list) else [read]
    return registered in names


def _same_cause(registered: str, read: Any) -> bool:
    causes = read if isinstance(read, list) else [read]
    plain = registered.removesuffix("纠纷").removesuffix("罪")
    return any(
        plain in str(cause) or str(cause).removesuffix("罪") in registered for cause in causes
    )


# word in a way of closing → kind of outcome, first match; 裁定 alone says nothing of the outcome
_OUTCOMES = (
    ("调解", "调解"),
    ("撤", "撤诉"),
    ("驳回起诉", "驳回起诉"),
    ("发回", "发回"),
    ("改判", "改判"),
    ("维持", "维持"),
    ("判决", "判决"),
    ("支持", "判决"),
    ("驳回诉讼请求", "判决"),
    ("无罪", "判决"),
)
_ALL_JUDGMENTS = {"判决", "改判", "维持"}


def _outcome(text: str) -> str:
    return next((kind for word, kind in _OUTCOMES if word in text), "")


def _same_outcome(registered: str, read: Any) -> bool:
    """Compare by kind of outcome: registers and papers word it differently."""
    ours, paper = _outcome(registered), _outcome(_text(read))
    if not ours or not paper or ours == paper:
        return True
    return "判决" in {ours, paper} and {ours, paper} <= _ALL_JUDGMENTS
