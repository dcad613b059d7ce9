"""What waits: the form, its answer, the finding on an objection, the filing of a case sent back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.db.models import QuerySet

from shenguan.base.inbox.owed import Clock, Owed, still_standing
from shenguan.base.inbox.roster import Place, Roster
from shenguan.programs.appeals.models import Feedback
from shenguan.rulebook import load
from shenguan.spine.cases.log import LANDED
from shenguan.spine.cases.models import Case, Event

FILLING, ANSWERING, FINDING, FILING = "发改待填写", "发改待答复", "发改待认定", "发回待立案"
KINDS = (FILLING, ANSWERING, FINDING, FILING)
_UPPER_OFFICE = "上级审管办"
_OFFICE = ("审管办主任", "审管办工作人员")
State = Feedback.State


def run(on: date, now: datetime) -> None:
    """Bring everything that waits up to the day."""
    waiting = Feedback.objects.exclude(state__in=(State.FOUND, State.DROPPED))
    rows = (waiting | Feedback.objects.filter(pk__in=still_standing(KINDS, "feedback"))).distinct()
    _bring(list(_full(rows).order_by("pk")), Clock(load().appeals.obligations, now, on))


def post(feedback: Feedback, *, now: datetime) -> None:
    """Bring what waits in one feedback up to this moment."""
    _bring(
        list(_full(Feedback.objects.filter(pk=feedback.pk))), Clock(load().appeals.obligations, now)
    )


def _full(rows: QuerySet[Feedback]) -> QuerySet[Feedback]:
    return rows.select_related(
        "upper__court", "upper__undertaker", "lower__court", "lower__undertaker"
    )


def _bring(rows: list[Feedback], clock: Clock) -> None:
    clock.bring({f"feedback:{one.pk}": list(_owed(one, clock.on)) for one in rows}, KINDS)


def _owed(one: Feedback, on: date) -> Iterator[Owed]:
    upper, lower = one.upper, one.lower
    secrecy = max(upper.confidentiality, lower.confidentiality)

    def offices() -> list[int]:
        return Roster(on).people(_OFFICE, Place(upper.court_id))

    def owed(kind: str, since: date, case: Case) -> Owed:
        place = Place(case.court_id, case.division_id, case.undertaker_id)
        words = {"number": case.number, "result": one.result}
        return Owed(
            kind, since, place, words, people={_UPPER_OFFICE: offices}, confidentiality=secrecy
        )

    if one.state == State.OPEN:
        yield owed(FILLING, one.opened_on, upper)
    elif one.state == State.SENT and one.sent_on:
        yield owed(ANSWERING, one.sent_on, lower)
    elif one.state == State.DISPUTED and one.answered_on:
        yield owed(FINDING, one.answered_on, lower)
    received = sent_back_unfiled(one)
    if received is not None:
        yield owed(FILING, received, lower)


def waits_for(feedback: Feedback, clock: Clock) -> tuple[str, date] | None:
    """Return what a feedback waits for and by which day; None when nobody owes anything."""
    owed = next(_owed(feedback, clock.on), None)
    if owed is None:
        return None
    due = clock.due(owed.kind, owed.since, owed.place.court_id)
    return load().appeals.obligations[owed.kind].name, due


def is_remand(feedback: Feedback) -> bool:
    """Tell whether the court below has to try the case again."""
    results = load().appeals.lists["results"].values()
    return any(entry.name == feedback.result and entry.more.get("remand") for entry in results)


def sent_back_unfiled(feedback: Feedback) -> date | None:
    """Return the day on which the file of a remanded case came back, while it isn't filed again."""
    if not is_remand(feedback) or new_trials([feedback]):
        return None
    return received([feedback]).get(feedback.pk)


def received(rows: Sequence[Feedback]) -> dict[int, date]:
    """Return the day on which the court below got ruling and file, by feedback."""
    back = Event.objects.filter(
        LANDED, case__in=[one.lower_id for one in rows], kind="卷宗退回", voided_by=None,
    )  # fmt: skip
    days: dict[int, list[date]] = defaultdict(list)
    for case_id, on in back.order_by("occurred_on").values_list("case", "occurred_on"):
        if case_id is not None and on is not None:
            days[case_id].append(on)
    first = {one.pk: [d for d in days[one.lower_id] if d >= one.changed_on] for one in rows}
    return {pk: found[0] for pk, found in first.items() if found}


def new_trials(rows: Sequence[Feedback]) -> dict[int, Case]:
    """Return the case under which a remanded dispute is tried again, by feedback."""
    again = Case.objects.filter(prior__in=[one.upper_id for one in rows], visible=True)
    found: dict[tuple[int | None, int], Case] = {}
    for case in again.select_related("court", "undertaker", "division").order_by("filed_on", "pk"):
        found.setdefault((case.prior_id, case.court_id), case)
    keyed = {one.pk: found.get((one.upper_id, one.lower.court_id)) for one in rows}
    return {pk: case for pk, case in keyed.items() if case is not None}
