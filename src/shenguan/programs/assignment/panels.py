"""What the program shows on the page of a case."""

from __future__ import annotations

from datetime import date

from shenguan.base.org.models import Person
from shenguan.base.org.scope import Scope
from shenguan.base.ui.panel import Panel
from shenguan.programs.assignment.reach import reach_of
from shenguan.programs.assignment.services import why_off
from shenguan.spine.cases.models import Case


def case_panel(scope: Scope, case: Case, on: date) -> Panel | None:
    """Return the panel 分案 for whoever may assign the case; None for others."""
    if case.closed_on or why_off(case.court_id, on):
        return None
    who = Person.objects.filter(pk__in=scope.person_ids, name=scope.actor, court=case.court_id)
    person = who.select_related("court").first()
    if person is None or reach_of(person, scope, on) is None:
        return None
    return Panel("分案", "assignment/panel.html", {"case": case})
