"""What the program shows on the page of a case."""

from __future__ import annotations

from datetime import date

from shenguan.base.org.scope import Scope
from shenguan.base.ui.panel import Panel
from shenguan.programs.appeals import selectors
from shenguan.spine.cases.bench import bench_ids
from shenguan.spine.cases.models import Case


def case_panel(scope: Scope, case: Case, on: date) -> Panel | None:
    """Return the panel 发改反馈: what the case changed or how it was changed; 判中咨询 for its bench."""
    found = list(selectors.of_case(scope, case.pk))
    asked = list(selectors.consultations(scope).filter(case=case))
    may_consult = (
        case.closed_on is None and scope.self_id is not None and scope.self_id in bench_ids(case)
    )
    if not found and not asked and not may_consult:
        return None
    context = {
        "case": case,
        "found": found,
        "asked": asked,
        "may_consult": may_consult,
        "today": on,
    }
    return Panel("发改反馈与咨询", "appeals/panel.html", context)
