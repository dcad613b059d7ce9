"""What waits and for how long: readings, answers, signatures, marks, measures, on the inbox's ladder.

Silence never counts as agreement: a clock that runs out only tells more people.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.db.models import Q

from shenguan.base.approvals.desk import actors_of
from shenguan.base.approvals.models import Request
from shenguan.base.inbox.owed import Clock, Owed, People, still_standing
from shenguan.base.inbox.roster import Place
from shenguan.base.ops.clock import day_of
from shenguan.core.calendar import CalendarNotPublished
from shenguan.programs.supervision.bench import bench_of
from shenguan.programs.supervision.models import Act, Mark, Review
from shenguan.rulebook import load
from shenguan.spine.cases.models import Case

READING, ANSWERING, SIGNING = "阅核待办", "阅核待回应", "阅核待签署"
CONFIRMING, SUPERVISING, REPLYING = "四类待确认", "四类待监管", "四类待回复"
_OF_REVIEW, _OF_MARK = (READING, ANSWERING, SIGNING), (CONFIRMING, SUPERVISING, REPLYING)
_READER, _BENCH = "阅核人", "审判组织"


def clock_of(now: datetime, on: date | None = None) -> Clock:
    """Return the obligations of supervision on a day."""
    return Clock(load().supervision.obligations, now, on)


def workdays(a: date, b: date) -> int:
    """Return working days after `a` up to and with `b`; calendar days where none are published."""
    try:
        return load().calendar.workdays_between(a, b)
    except CalendarNotPublished:
        return (b - a).days


def post_review(review: Review, *, now: datetime) -> None:
    """Bring what waits in one reading up to this moment."""
    _bring_reviews([review], clock_of(now))


def post_mark(mark: Mark, *, now: datetime) -> None:
    """Bring what waits about one marked case up to this moment."""
    _bring_marks([mark], clock_of(now))


def run(on: date, now: datetime) -> int:
    """Bring everything that waits up to the day: the nightly source. Returns how many were looked at."""
    open_states = (Request.State.OPEN, Request.State.RETURNED)
    unsigned = Q(request__state=Request.State.APPROVED, signed_at=None, case__closed_on=None)
    wanted = Q(request__state__in=open_states) | unsigned
    reviews = Review.objects.filter(wanted | Q(pk__in=still_standing(_OF_REVIEW, "review")))
    waiting = Q(state__in=(Mark.State.PROPOSED, Mark.State.CONFIRMED))
    marks = Mark.objects.filter(waiting | Q(pk__in=still_standing(_OF_MARK, "mark")))
    found = list(reviews.select_related("request", "case").order_by("pk"))
    marked = list(marks.select_related("case").prefetch_related("acts").order_by("pk"))
    clock = clock_of(now, on)
    _bring_reviews(found, clock)
    _bring_marks(marked, clock)
    return len(found) + len(marked)


def _bring_reviews(rows: Iterable[Review], clock: Clock) -> None:
    clock.bring({f"review:{one.pk}": list(_waiting_in(one)) for one in rows}, _OF_REVIEW)


def _bring_marks(rows: Iterable[Mark], clock: Clock) -> None:
    clock.bring({f"mark:{one.pk}": list(_waiting_about(one)) for one in rows}, _OF_MARK)


def _owed(
    kind: str,
    since: date,
    case: Case,
    words: dict[str, str],
    key: str = "",
    people: People | None = None,
) -> Owed:
    place = Place(case.court_id, case.division_id, case.undertaker_id)
    said = {"number": case.number, **words}
    return Owed(kind, since, place, said, key, people or {}, case.confidentiality)


def _waiting_in(review: Review) -> Iterator[Owed]:
    """Yield what a reading waits for: its reader, the judge, or the signatures."""
    request, case = review.request, review.case
    words = {"document": review.document}
    key = f"{request.round}.{request.at_step}"
    if case.closed_on is not None:
        return
    if request.state == Request.State.OPEN:
        step = request.steps.get(number=request.at_step)
        since = day_of(step.opened_at or request.applied_at)
        words["step"] = step.name
        yield _owed(READING, since, case, words, key, {_READER: lambda: actors_of(step)})
    elif request.state == Request.State.RETURNED:
        last = review.opinions.select_related("decision").order_by("-id").first()
        since = day_of(last.decision.at if last else request.applied_at)
        yield _owed(ANSWERING, since, case, words, key)
    elif request.state == Request.State.APPROVED and review.signed_at is None:
        signed = review.signatures.values_list("person", flat=True)

        def unsigned() -> list[int]:
            return [one.pk for one, _role in bench_of(case) if one.pk not in set(signed)]

        ended = day_of(request.ended_at or request.applied_at)
        yield _owed(SIGNING, ended, case, words, key, {_BENCH: unsigned})


def _waiting_about(mark: Mark) -> Iterator[Owed]:
    """Yield what a mark waits for: to be confirmed, to be followed by a measure, a reply."""
    kinds = load().supervision.kinds
    names = "、".join(kinds[kind].split("，")[0] for kind in mark.kinds if kind in kinds)
    words = {"kinds": names}
    if mark.case.closed_on is not None:
        return
    if mark.state == Mark.State.PROPOSED:
        yield _owed(CONFIRMING, mark.made_on, mark.case, words)
    elif mark.state == Mark.State.CONFIRMED:
        acts: list[Act] = list(mark.acts.all())
        if not acts and mark.decided_on:
            yield _owed(SUPERVISING, mark.decided_on, mark.case, words)
        for act in acts:
            if act.due_on is not None and act.replied_on is None:
                name = load().supervision.measures[act.measure].name
                yield _owed(REPLYING, act.on, mark.case, words | {"measure": name}, str(act.pk))
