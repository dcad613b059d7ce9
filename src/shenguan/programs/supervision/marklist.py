"""Marks as listed and shown: kinds, what was found, by when someone must act."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest

from shenguan.base.inbox.owed import Clock
from shenguan.base.ops import clock
from shenguan.programs.supervision import clocks, selectors
from shenguan.programs.supervision.models import Mark
from shenguan.rulebook import load
from shenguan.spine.cases.asking import scope_of

_STATUS = {"official": "有明文", "local": "地方做法", "unverified": "待核"}


def rows_of(request: HttpRequest, marks: Iterable[Mark]) -> list[dict[str, Any]]:
    """Return marks as listed; what rests on the bench's intentions only to those who may read it."""
    listed = list(marks)
    inner = selectors.shown_inner(scope_of(request), (mark.case_id for mark in listed))
    clock_ = clocks.clock_of(clock.now())
    return [_row(mark, clock_, inner=mark.case_id in inner) for mark in listed]


def _row(mark: Mark, clock_: Clock, *, inner: bool) -> dict[str, Any]:
    due = _due(mark, clock_)
    hits = [hit_of(hit, inner=inner) for hit in mark.hits]
    return {
        "mark": mark,
        "kinds": [load().supervision.kinds.get(kind, "") for kind in mark.kinds],
        "due": due,
        "over": (clock_.on - due).days if due and due < clock_.on else 0,
        "hits": hits,
        "why": "；".join(dict.fromkeys(str(hit["found"]) for hit in hits)) or mark.why,
    }


def _due(mark: Mark, clock_: Clock) -> Any:
    """Return by when a mark is to be confirmed or followed by a measure, None where neither waits."""
    if mark.state == Mark.State.PROPOSED:
        return clock_.due(clocks.CONFIRMING, mark.made_on, mark.case.court_id)
    waits = mark.state == Mark.State.CONFIRMED and not getattr(mark, "taken", 1)
    if waits and mark.decided_on:
        return clock_.due(clocks.SUPERVISING, mark.decided_on, mark.case.court_id)
    return None


def hit_of(hit: list[Any], *, inner: bool) -> dict[str, Any]:
    """Return a hit as shown; one that rests on the bench's intentions is told to the inner circle alone."""
    if not inner and len(hit) > 4 and hit[4]:
        words = "审判组织报请阅核时说明的情形"
        return {"name": words, "kind": "", "found": f"{words}（内容属副卷）", "law": ""}
    rule = load().supervision.criteria.get(hit[0])
    kind = load().supervision.kinds.get(hit[2], "")
    law = f"{rule.law}（{_STATUS[rule.status]}）" if rule else ""
    return {"name": hit[1], "kind": kind, "found": hit[3], "law": law}
