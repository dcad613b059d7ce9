"""What the page of one reading shows: steps to all who see the case, the rest to the inner circle."""

from __future__ import annotations

from typing import Any

from shenguan.base.approvals.desk import Desk
from shenguan.base.approvals.models import Request, Step
from shenguan.base.ops import clock
from shenguan.base.org.scope import Scope
from shenguan.programs.supervision import clocks, texts
from shenguan.programs.supervision.bench import bench_of
from shenguan.programs.supervision.forms import MOST_REMARKS
from shenguan.programs.supervision.models import Draft, Opinion, Review
from shenguan.programs.supervision.services_reading import PROCEDURE
from shenguan.rulebook import load
from shenguan.spine.cases.asking import whole_number
from shenguan.spine.cases.selectors import visible_cases

_OPEN, _RETURNED = Request.State.OPEN, Request.State.RETURNED


def outline_of(scope: Scope, review: Review) -> dict[str, Any]:
    """Return what shows that and how far a document was read, nothing of what was said."""
    request = review.request
    steps = list(request.steps.all())
    current = next((s for s in steps if s.number == request.at_step), None)
    waits = current is not None and request.state == _OPEN
    since = current.opened_at if current else None
    due = None
    if waits and since is not None:
        clock_ = clocks.clock_of(clock.now())
        due = clock_.due(clocks.READING, clock.day_of(since), review.case.court_id)
    return {
        "asked": request,
        "steps": steps,
        "current": current if waits else None,
        "due": due,
        "versions": review.drafts.count(),
        "signatures": review.signatures.select_related("person"),
        "case_open": visible_cases(scope).filter(pk=review.case_id).exists(),
        "law": load().approvals[PROCEDURE],
    }


def content_of(review: Review, desk: Desk, first: str | None, second: str | None) -> dict[str, Any]:
    """Return the versions compared, the opinions with their remarks, and what the person may do."""
    request, book = review.request, load().supervision
    drafts = list(
        review.drafts.select_related("paper__content", "paper__added_by").defer(
            "paper__content__data"
        )
    )
    opinions = list(
        review.opinions.select_related(
            "decision__person", "decision__on_behalf_of", "decision__step", "draft"
        )
        .prefetch_related("remarks__answered_by")
        .order_by("-pk")
    )
    bench = bench_of(review.case)
    signed = {one.person_id for one in review.signatures.all()}
    last = opinions[0] if opinions else None
    own = request.applicant_id == desk.person.pk
    unanswered = [r for r in last.remarks.all() if not r.answer] if last else []
    return {
        "drafts": drafts,
        "papers": request.documents.exclude(kind="拟签署文书").select_related("added_by"),
        **_comparison(drafts, first, second),
        "opinions": [_opinion(one) for one in opinions],
        "viewings": review.viewings.select_related("person"),
        "bench": [(one, role, one.pk in signed) for one, role in bench],
        "seat": _seat(review, desk),
        "kinds": book.opinions.values(),
        "remark_kinds": book.lists["remark_kinds"],
        "lines": range(1, MOST_REMARKS + 1),
        "answer_due": own and (request.state == _RETURNED or bool(unanswered)),
        "unanswered": unanswered,
        "referral": book.opinions[last.kind].referral
        if last and own and request.state == _RETURNED
        else "",
        "results": book.lists["referral_results"],
        "may_sign": request.state == Request.State.APPROVED
        and not unanswered
        and desk.person.pk in {one.pk for one, _role in bench} - signed,
        "may_withdraw": own and request.state == _OPEN and not opinions,
    }


def _seat(review: Review, desk: Desk) -> Any:
    """Return the seat from which it is this person's turn to read, None where it isn't."""
    request = review.request
    if request.state != _OPEN or request.applicant_id == desk.person.pk:
        return None
    if request.barred.filter(person=desk.person).exists():
        return None
    step: Step = request.steps.prefetch_related("addressees").get(number=request.at_step)
    return desk.seat_for(step)


def _opinion(opinion: Opinion) -> dict[str, Any]:
    return {
        "it": opinion,
        "name": load().supervision.opinions[opinion.kind].name,
        "remarks": list(opinion.remarks.all()),
        "referral": getattr(opinion, "referral", None),
    }


def _comparison(drafts: list[Draft], first: str | None, second: str | None) -> dict[str, Any]:
    """Return two versions side by side, the last two unless others were asked for."""
    by_number = {draft.number: draft for draft in drafts}
    new = by_number.get(_number(second), drafts[-1])
    old = by_number.get(_number(first)) or by_number.get(new.number - 1)
    if old is None or old.number == new.number:
        return {"new": new, "old": None, "body": texts.paragraphs(new.text), "rows": ()}
    rows = texts.compare(old.text, new.text)
    return {"new": new, "old": old, "rows": rows, "changes": texts.counts(rows), "body": ()}


def _number(text: str | None) -> int:
    return whole_number(text or "") or 0
