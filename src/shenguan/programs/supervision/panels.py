"""What the program shows on the page of a case."""

from __future__ import annotations

from shenguan.base.approvals.models import Request
from shenguan.base.ui.panel import Panel
from shenguan.programs.supervision import marking, selectors
from shenguan.programs.supervision.models import Mark, Review
from shenguan.rulebook import load
from shenguan.spine.cases.casefile import CaseFile


def case_panel(file: CaseFile) -> Panel:
    """Return the panel 阅核与四类案件: marks, measures, readings, and what may be begun."""
    kinds, case, me = load().supervision.kinds, file.case, file.scope.self_id
    marks = list(selectors.mark_of_case(file.scope, case.pk)) if file.may_hold(Mark) else []
    context = {
        "case": case,
        "marks": [
            (mark, [kinds.get(kind, "") for kind in mark.kinds], len(mark.acts.all()))
            for mark in marks
        ],
        "reviews": list(selectors.of_case(file.scope, case.pk)) if file.may_hold(Review) else [],
        "may_submit": case.closed_on is None and me is not None and case.undertaker_id == me,
        "may_mark": _may_mark(file, marks),
        "open": Request.State.OPEN,
    }
    return Panel("阅核与四类案件", "supervision/panel.html", context)


def _may_mark(file: CaseFile, marks: list[Mark]) -> bool:
    """Tell whether the reader's post over the case allows a mark, of which one may stand at a time."""
    posts = load().supervision.may("mark")
    if file.case.closed_on or file.reader is None or set(posts).isdisjoint(file.posts):
        return False
    if any(mark.state in {Mark.State.PROPOSED, Mark.State.CONFIRMED} for mark in marks):
        return False
    return bool(marking.post_in(file.reader, file.case, posts, file.on))
