"""Changed cases found in the register, whatever brought them there: events, imports, judgments read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from shenguan.programs.appeals import clocks
from shenguan.programs.appeals.models import Feedback
from shenguan.rulebook import load
from shenguan.spine.cases.log import LANDED
from shenguan.spine.cases.marks import standing_marks
from shenguan.spine.cases.models import Case, Event

LOOKS_BACK = 92
"""Days: a case closed longer ago opens no form of its own accord, an import of old years opens none."""
_REVIEWS = frozenset({"再审审查"})
_DISCUSSED = {"提交专业法官会议": "专业法官会议", "提交审委会": "审判委员会"}


def run(on: date, now: datetime) -> int:
    """Open the forms of cases changed since, end those taken back, post what waits: the nightly source."""
    found = find(on, since=on - timedelta(days=LOOKS_BACK))
    clocks.run(on, now)
    return found


def find(on: date, *, since: date) -> int:
    """Open a form for every case closed since a day by which a case below was changed; idempotent."""
    _drop_reopened()
    words = {
        word: code
        for code, e in load().appeals.lists["results"].items()
        for word in e.more["words"]
    }
    rows = Case.objects.filter(
        visible=True, disposition__in=words, closed_on__gte=since, closed_on__lte=on,
        prior__isnull=False, feedback_given=None,
    ).select_related("prior__prior__prior")  # fmt: skip
    made = [
        _form(upper, lower, words[upper.disposition], on)
        for upper in rows.order_by("pk")
        if (lower := judged_below(upper)) is not None
    ]
    Feedback.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def judged_below(upper: Case) -> Case | None:
    """Return the case whose judgment was changed: past the review that led to a retrial."""
    lower = upper.prior
    while lower is not None and lower.instance in _REVIEWS:
        lower = lower.prior
    return lower if lower is not None and lower.visible else None


def remanded_before(case: Case) -> Case | None:
    """Return the case that already sent the dispute back once, below this one; None for none."""
    remands = {
        word
        for code, entry in load().appeals.lists["results"].items()
        if code == "发回"
        for word in entry.more["words"]
    }
    return next((one for one in _below(case) if one.disposition in remands), None)


def _below(case: Case) -> Iterator[Case]:
    seen, lower = {case.pk}, case.prior
    while lower is not None and lower.pk not in seen:
        seen.add(lower.pk)
        yield lower
        lower = lower.prior


def _form(upper: Case, lower: Case, result: str, on: date) -> Feedback:
    assert upper.closed_on is not None
    kinds = set(
        Event.objects.filter(LANDED, case=lower, voided_by=None).values_list("kind", flat=True)
    )
    return Feedback(
        upper=upper, lower=lower, result=load().appeals.name("results", result),
        changed_on=upper.closed_on, state=Feedback.State.OPEN, opened_on=on,
        four_kinds=lower.pk in standing_marks([lower.pk]),
        discussed="、".join(name for kind, name in _DISCUSSED.items() if kind in kinds),
    )  # fmt: skip


def _drop_reopened() -> None:
    """A closing taken back before the form was sent leaves nothing to tell."""
    Feedback.objects.filter(state=Feedback.State.OPEN, upper__closed_on=None).delete()
