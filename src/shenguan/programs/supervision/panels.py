"""What the program shows on the page of a case."""

from __future__ import annotations

from datetime import date

from shenguan.base.approvals.models import Request
from shenguan.base.org.models import Person
from shenguan.base.org.scope import Scope
from shenguan.base.ui.panel import Panel
from shenguan.programs.supervision import marking, selectors
from shenguan.rulebook import load
from shenguan.spine.cases.models import Case


def case_panel(scope: Scope, case: Case, on: date) -> Panel:
    """Return the panel 阅核与四类案件: marks, measures, readings, and what may be begun."""
    book = load().supervision
    marks = list(selectors.mark_of_case(scope, case.pk))
    person = Person.objects.filter(pk=scope.self_id).first() if scope.self_id else None
    open_case = case.closed_on is None
    standing = any(mark.state in {"待确认", "已标注"} for mark in marks)
    context = {
        "case": case,
        "marks": [
            (mark, [book.kinds.get(kind, "") for kind in mark.kinds], len(mark.acts.all()))
            for mark in marks
        ],
        "reviews": list(selectors.of_case(scope, case.pk)),
        "may_submit": open_case and person is not None and case.undertaker_id == person.pk,
        "may_mark": open_case
        and not standing
        and person is not None
        and bool(marking.post_in(person, case, book.may("mark"), on)),
        "open": Request.State.OPEN,
    }
    return Panel("阅核与四类案件", "supervision/panel.html", context)
