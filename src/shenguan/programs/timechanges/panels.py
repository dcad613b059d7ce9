"""What the program shows on the page of a case."""

from __future__ import annotations

from datetime import date

from shenguan.base.approvals.models import Request
from shenguan.base.ui.panel import Panel
from shenguan.programs.timechanges.dryrun import GROUP
from shenguan.programs.timechanges.selectors import of_case
from shenguan.programs.timechanges.services import no_elevation
from shenguan.rulebook import load
from shenguan.spine.cases.casefile import CaseFile


def case_panel(file: CaseFile) -> Panel:
    """Return the panel 审限变更 of a case: its requests, and what may be asked for."""
    case, own = file.case, file.own
    open_case = case.closed_on is None
    held = of_case(file.scope, case.pk).defer("facts", "detail") if file.may_hold(Request) else ()
    requests = list(held)
    asked = {r.group for r in requests if r.state in {Request.State.OPEN, Request.State.RETURNED}}
    context = {
        "case": case,
        "requests": requests,
        "may_extend": own and open_case and GROUP not in asked,
        "may_elevate": own and not no_elevation(case) and "提级管辖" not in asked,
        "may_register": own and open_case and not file.read_only,
        "open": _open(file) if own else (),
    }
    return Panel("审限变更", "timechanges/panel.html", context)


def _open(file: CaseFile) -> list[tuple[str, str, date | None]]:
    """Return the suspensions begun and not ended: beginning, its end's name, since when."""
    kinds, waiting = load().events, {}
    for event in file.history:
        kind = kinds[event.kind] if kinds.known(event.kind) else None
        if kind and kind.clock == "pause" and kind.pair:
            waiting[event.kind] = (event.kind, kind.pair, event.occurred_on)
        elif kind and kind.clock == "resume":
            waiting.pop(kind.pair, None)
    return list(waiting.values())
