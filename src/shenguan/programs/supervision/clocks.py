"""What waits and for how long: readings, answers, signatures, marks, measures, on the inbox's ladder.

Silence never counts as agreement: a clock that runs out only tells more people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Q

from shenguan.base.approvals.desk import desk_of
from shenguan.base.approvals.models import Delegation, Request, Step
from shenguan.base.inbox.models import Watch
from shenguan.base.inbox.posting import Posting, Subject, Told, post, watches_of
from shenguan.base.inbox.roster import Place, Roster
from shenguan.base.ops.clock import day_of
from shenguan.base.org.choices import Choices
from shenguan.base.org.jurisdiction import in_force
from shenguan.base.org.models import Appointment, Person
from shenguan.core.calendar import CalendarNotPublished
from shenguan.core.ladder import Asked, Span, answer_by, plus_workdays, reached, schedule
from shenguan.programs.supervision.bench import bench_of
from shenguan.programs.supervision.models import Act, Mark, Review
from shenguan.rulebook import Rulebook, load
from shenguan.rulebook.loaders.obligations import Obligation
from shenguan.spine.cases.models import Case

READING, ANSWERING, SIGNING = "阅核待办", "阅核待回应", "阅核待签署"
CONFIRMING, SUPERVISING, REPLYING = "四类待确认", "四类待监管", "四类待回复"
_OF_REVIEW, _OF_MARK = (READING, ANSWERING, SIGNING), (CONFIRMING, SUPERVISING, REPLYING)
_READER, _BENCH = "阅核人", "审判组织"
_ORDER_WORKDAYS = 10
_CHUNK = 300

Row = TypeVar("Row", Review, Mark)
People = Mapping[str, Callable[[], list[int]]]
"""Words of the obligations that stand for people of the matter itself."""


@dataclass(frozen=True, slots=True)
class Waited:
    """One matter: what is owed since when, and the words of its sentence."""

    kind: str
    key: str
    since: date
    words: Mapping[str, str]
    people: People = field(default_factory=dict)


class Clock:
    """The obligations on one day, with each court's own numbers of days."""

    def __init__(self, now: datetime) -> None:
        self.now, self.on = now, day_of(now)
        self._book: Rulebook = load()
        self._choices = Choices()
        self._roster: Roster | None = None

    def due(self, kind: str, since: date, court_id: int) -> date:
        """Return the last day of an obligation that began on a day."""
        rule = self._book.supervision.obligations[kind]
        days = int(self._choices.value(court_id, rule.setting, since, rule.workdays))
        return plus_workdays(since, days, self._book.calendar)

    def posting(self, waited: Waited, case: Case, watches: Iterable[Watch]) -> Posting | None:
        """Return where a matter stands, None while its ladder hasn't begun."""
        rule = self._book.supervision.obligations[waited.kind]
        due = self.due(waited.kind, waited.since, case.court_id)
        days = schedule(rule.ladder, Span(start=waited.since, due=due), self._book.calendar)
        now = reached(rule.ladder, days, self.on, _asked(watches, waited))
        if not now.level or now.since is None:
            return None
        return Posting(
            kind=waited.kind,
            key=waited.key,
            court_id=case.court_id,
            level=now.level,
            rung=now.rung,
            since=now.since,
            about=due,
            say=_sentence(rule, waited, due, self.on),
            unit_id=case.division_id,
            owner_id=case.undertaker_id,
            confidentiality=case.confidentiality,
            told=lambda: self._told(rule, now.level, waited, case),
            answer_by=answer_by(rule.ladder, self.on, self._book.calendar),
            order_due=plus_workdays(self.on, _ORDER_WORKDAYS, self._book.calendar),
        )

    def _told(self, rule: Obligation, level: str, waited: Waited, case: Case) -> Told:
        if self._roster is None:
            self._roster = Roster(self.on)
        place = Place(case.court_id, case.division_id, case.undertaker_id)
        roster = self._roster

        def found(words: Iterable[str]) -> list[int]:
            people: dict[int, None] = {}
            for word in words:
                named = waited.people.get(word)
                people |= dict.fromkeys(named() if named else roster.people([word], place))
            return list(people)

        to = found(rule.to.get(level, ()))
        return to or roster.instead(place), found(rule.copy.get(level, ()))


def workdays(a: date, b: date) -> int:
    """Return working days after `a` up to and with `b`; calendar days where none are published."""
    try:
        return load().calendar.workdays_between(a, b)
    except CalendarNotPublished:
        return (b - a).days


def post_review(review: Review, *, now: datetime) -> None:
    """Bring what waits in one reading up to this moment."""
    _post(Clock(now), [review], _review_subject)


def post_mark(mark: Mark, *, now: datetime) -> None:
    """Bring what waits about one marked case up to this moment."""
    _post(Clock(now), [mark], _mark_subject)


def run(on: date, now: datetime) -> int:
    """Bring everything that waits up to the day: the nightly source. Returns how many matters stand."""
    clock = Clock(now)
    clock.on = on
    open_states = (Request.State.OPEN, Request.State.RETURNED)
    unsigned = Q(request__state=Request.State.APPROVED, signed_at=None, case__closed_on=None)
    reviews = Review.objects.filter(Q(request__state__in=open_states) | unsigned | _still("review"))
    marks = Mark.objects.filter(
        Q(state__in=(Mark.State.PROPOSED, Mark.State.CONFIRMED)) | _still("mark")
    )
    related = ("case__court", "case__undertaker", "case__division")
    found = list(reviews.select_related("request", *related).order_by("pk"))
    for start in range(0, len(found), _CHUNK):
        _post(clock, found[start : start + _CHUNK], _review_subject)
    marked = list(marks.select_related(*related).prefetch_related("acts").order_by("pk"))
    for start in range(0, len(marked), _CHUNK):
        _post(clock, marked[start : start + _CHUNK], _mark_subject)
    return len(found) + len(marked)


def _still(prefix: str) -> Q:
    """Return the condition of rows about which a watch still stands, so that it can end."""
    kinds = _OF_REVIEW if prefix == "review" else _OF_MARK
    subjects = (
        Watch.objects.filter(kind__in=kinds).exclude(level="").values_list("subject", flat=True)
    )
    return Q(pk__in=[int(s.partition(":")[2]) for s in subjects if s.startswith(f"{prefix}:")])


def _post(
    clock: Clock, rows: Sequence[Row], subject_of: Callable[[Clock, Row, list[Watch]], Subject]
) -> None:
    watches = watches_of(_key(row) for row in rows)
    subjects = [subject_of(clock, row, watches.get(_key(row), [])) for row in rows]
    post(subjects, on=clock.on, now=clock.now, watches=watches)


def _key(row: Review | Mark) -> str:
    return f"{'review' if isinstance(row, Review) else 'mark'}:{row.pk}"


def _review_subject(clock: Clock, review: Review, watches: list[Watch]) -> Subject:
    found = [clock.posting(one, review.case, watches) for one in _waiting_in(review)]
    return Subject(_key(review), [p for p in found if p], _OF_REVIEW)


def _waiting_in(review: Review) -> Iterator[Waited]:
    """Yield what a reading waits for: its reader, the judge, or the signatures."""
    request, case = review.request, review.case
    words = {"number": case.number, "document": review.document}
    key = f"{request.round}.{request.at_step}"
    if case.closed_on is not None:
        return
    if request.state == Request.State.OPEN:
        step = request.steps.get(number=request.at_step)
        since = day_of(step.opened_at or request.applied_at)
        yield Waited(
            READING, key, since, words | {"step": step.name}, {_READER: lambda: readers(step)}
        )
    elif request.state == Request.State.RETURNED:
        last = review.opinions.order_by("-id").first()
        since = day_of(last.decision.at if last else request.applied_at)
        yield Waited(ANSWERING, key, since, words)
    elif request.state == Request.State.APPROVED and review.signed_at is None:
        signed = review.signatures.values_list("person", flat=True)

        def unsigned() -> list[int]:
            return [one.pk for one, _role in bench_of(case) if one.pk not in set(signed)]

        ended = day_of(request.ended_at or request.applied_at)
        yield Waited(SIGNING, key, ended, words, {_BENCH: unsigned})


def readers(step: Step) -> list[int]:
    """Return who may act on a step today, stand-ins by delegation with them, without the barred."""
    on = day_of(step.opened_at or step.request.applied_at)
    barred = set(step.request.barred.values_list("person", flat=True))
    held = Appointment.objects.filter(in_force(on))
    wanted = Q(pk__in=())
    for one in step.addressees.all():
        wanted |= Q(post=one.post, court=one.court_id) & (
            Q(unit=one.unit_id) if one.unit_id else Q()
        )
    people = set(held.filter(wanted).values_list("person", flat=True)) - barred
    lent = Delegation.objects.filter(
        giver__in=people, ended_at=None, valid_from__lte=on, valid_to__gt=on
    )
    takers = Person.objects.filter(pk__in=lent.values("taker"))
    stand_ins = {one.pk for one in takers if desk_of(one, on).seat_for(step)} - barred
    return sorted(people | stand_ins)


def _mark_subject(clock: Clock, mark: Mark, watches: list[Watch]) -> Subject:
    found = [clock.posting(one, mark.case, watches) for one in _waiting_about(mark)]
    return Subject(_key(mark), [p for p in found if p], _OF_MARK)


def _waiting_about(mark: Mark) -> Iterator[Waited]:
    """Yield what a mark waits for: to be confirmed, to be followed by a measure, a reply."""
    kinds = load().supervision.kinds
    names = "、".join(kinds[kind].split("，")[0] for kind in mark.kinds if kind in kinds)
    words = {"number": mark.case.number, "kinds": names}
    if mark.case.closed_on is not None:
        return
    if mark.state == Mark.State.PROPOSED:
        yield Waited(CONFIRMING, "", mark.made_on, words)
    elif mark.state == Mark.State.CONFIRMED:
        acts: list[Act] = list(mark.acts.all())
        if not acts and mark.decided_on:
            yield Waited(SUPERVISING, "", mark.decided_on, words)
        for act in acts:
            if act.due_on is not None and act.replied_on is None:
                name = load().supervision.measures[act.measure].name
                yield Waited(REPLYING, str(act.pk), act.on, words | {"measure": name})


def _asked(watches: Iterable[Watch], waited: Waited) -> Asked | None:
    for watch in watches:
        same = (watch.kind, watch.key) == (waited.kind, waited.key)
        if same and watch.asked_on and watch.answer_by:
            return Asked(watch.asked_on, watch.answer_by, watch.answered_on is not None)
    return None


def _sentence(rule: Obligation, waited: Waited, due: date, on: date) -> str:
    left = (due - on).days
    which = "due" if left > 0 else "today" if left == 0 else "over"
    return rule.say[which].format(
        **waited.words, start=waited.since, due=due, left=left, over=-left
    )
