"""What the program shows on the page of a case: its warnings, its measures."""

from __future__ import annotations

from datetime import date

from shenguan.base.inbox import selectors as inbox
from shenguan.base.org.scope import Scope
from shenguan.base.ui.panel import Panel
from shenguan.programs.attention import selectors
from shenguan.spine.cases.models import Case
from shenguan.spine.warnings.checking import subject_of
from shenguan.spine.warnings.measuring import measures_of


def case_panel(scope: Scope, case: Case, on: date) -> Panel | None:
    """Return the panel 预警与措施 of a case; none where neither stands."""
    standing = inbox.standing(scope).filter(subject=subject_of(case.pk)).order_by("since", "pk")
    watches = list(standing)
    measures = measures_of(scope, case, on)
    if not watches and not measures:
        return None
    names, orders = selectors.names(), selectors.order_of(scope, watches)
    context = {
        "listed": [(w, names.get(w.kind, w.kind), orders.get(w.pk)) for w in watches],
        "measures": measures,
    }
    return Panel("预警与措施", "attention/panel.html", context)
