"""What the program shows on the page of a case."""

from __future__ import annotations

from datetime import date

from shenguan.base.org.jurisdiction import in_force
from shenguan.base.org.models import Appointment
from shenguan.base.org.scope import Scope
from shenguan.base.ui.panel import Panel
from shenguan.programs.appraisals import selectors, services
from shenguan.rulebook import load
from shenguan.spine.cases.models import Case


def case_panel(scope: Scope, case: Case, on: date) -> Panel | None:
    """Return the panel 司法技术: the case's appraisals, and opening one."""
    book = load()
    found = [
        (one, book.appeals.name("matters", one.matter))
        for one in selectors.appraisals(scope).filter(case=case)
    ]
    held = Appointment.objects.filter(in_force(on), person=scope.self_id).values_list(
        "post", flat=True
    )
    acts = frozenset(act for post in held for act in book.posts[post].does)
    may_open = services.may_write(acts, scope, case)
    if not found and not may_open:
        return None
    context = {
        "case": case, "found": found, "may_open": may_open,
        "matters": book.appeals.offered("matters", on).values(),
    }  # fmt: skip
    return Panel("司法技术", "appraisals/panel.html", context)
