"""What the program shows on the page of a case: where the search stands; the rest loads after the page."""

from __future__ import annotations

from datetime import date

from shenguan.base.org.scope import Scope
from shenguan.base.ui.panel import Panel
from shenguan.programs.similar.casefile import standing_of
from shenguan.spine.cases.models import Case


def case_panel(scope: Scope, case: Case, on: date) -> Panel:
    """Return the panel 类案及关联案件 of a case."""
    own = case.undertaker_id in scope.person_ids
    context = {"case": case, "standing": standing_of(case, on), "own": own}
    return Panel("类案及关联案件", "similar/panel.html", context)
