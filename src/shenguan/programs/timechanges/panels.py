"""What the program shows on the page of a case."""

from __future__ import annotations

from datetime import date

from shenguan.base.approvals.models import Request
from shenguan.base.org.choices import setting
from shenguan.base.org.scope import Scope
from shenguan.base.ui.panel import Panel
from shenguan.programs.timechanges.dryrun import GROUP
from shenguan.programs.timechanges.selectors import of_case
from shenguan.programs.timechanges.services import READ_ONLY, no_elevation
from shenguan.rulebook import load
from shenguan.spine.cases.models import Case
from shenguan.spine.cases.selectors import history


def case_panel(scope: Scope, case: Case, on: date) -> Panel:
    """Return the panel 审限变更 of a case: its requests, and what may be asked for."""
    own = case.undertaker_id in scope.person_ids
    open_case = case.closed_on is None
    requests = list(of_case(scope, case.pk).defer("facts", "detail"))
    asked = {r.group for r in requests if r.state in {Request.State.OPEN, Request.State.RETURNED}}
    context = {
        "case": case,
        "requests": requests,
        "may_extend": own and open_case and GROUP not in asked,
        "may_elevate": own and not no_elevation(case) and "提级管辖" not in asked,
        "may_register": own and open_case and not setting(case.court, READ_ONLY, on, default=True),
        "open": _open(scope, case) if own else (),
    }
    return Panel("审限变更", "timechanges/panel.html", context)


def _open(scope: Scope, case: Case) -> list[tuple[str, str, date | None]]:
    """Return the suspensions begun and not ended: beginning, its end's name, since when."""
    kinds, waiting = load().events, {}
    for event in history(scope, case.pk):
        kind = kinds[event.kind] if kinds.known(event.kind) else None
        if kind and kind.clock == "pause" and kind.pair:
            waiting[event.kind] = (event.kind, kind.pair, event.occurred_on)
        elif kind and kind.clock == "resume":
            waiting.pop(kind.pair, None)
    return list(waiting.values())
