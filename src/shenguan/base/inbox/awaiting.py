"""What waits for people and for how long: obligations (rulebook) → matters on the inbox's ladder.

Any program says what is owed since when and by whom; due days, the court's own numbers of days, levels,
recipients and sentences come from here. Silence never counts as agreement: a clock only tells more people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from shenguan.base.inbox.models import Watch
from shenguan.base.inbox.posting import Posting, Subject, Told, Watches, post, watches_of
from shenguan.base.inbox.roster import Place, Roster
from shenguan.base.ops.clock import day_of
from shenguan.base.org.choices import Choices
from shenguan.core.ladder import Asked, Span, answer_by, plus_workdays, reached, schedule
from shenguan.rulebook import load
from shenguan.rulebook.loaders.obligations import Obligation

_ORDER_WORKDAYS = 10
_CHUNK = 300


@dataclass(frozen=True, slots=True)
class Waited:
    """One matter: what is owed since when, and the words of its sentence.

    `people`: words of the obligation that stand for people of the matter itself. `due`: a day fixed by
    someone, instead of the obligation's number of workdays.
    """

    kind: str
    key: str
    since: date
    words: Mapping[str, str]
    people: Mapping[str, Callable[[], Sequence[int]]] = field(default_factory=dict)
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Matter:
    """Everything that waits about one subject, and where it belongs."""

    subject: str
    place: Place
    waiting: Sequence[Waited]
    confidentiality: int = 0


class Awaiting:
    """Obligations on one day: `due` tells a due day, `bring` puts matters where they stand."""

    def __init__(
        self, obligations: Mapping[str, Obligation], *, now: datetime, on: date | None = None
    ) -> None:
        self.now, self.on = now, on or day_of(now)
        self._rules = obligations
        self._calendar = load().calendar
        self._choices = Choices()
        self._roster: Roster | None = None

    def due(self, kind: str, since: date, court_id: int) -> date:
        """Return the last day of an obligation that began on a day."""
        rule = self._rules[kind]
        days = int(self._choices.value(court_id, rule.setting, since, rule.workdays))
        return plus_workdays(since, days, self._calendar)

    def bring(self, matters: Iterable[Matter]) -> int:
        """Bring these subjects to where they stand; what isn't waited for any more ends. Returns how many."""
        found = list(matters)
        for start in range(0, len(found), _CHUNK):
            chunk = found[start : start + _CHUNK]
            watches = watches_of(one.subject for one in chunk)
            subjects = [self._subject(one, watches) for one in chunk]
            post(subjects, on=self.on, now=self.now, watches=watches)
        return len(found)

    def standing(self, prefix: str) -> list[int]:
        """Return the ids of subjects called `prefix:id` about which something still stands."""
        subjects = Watch.objects.filter(kind__in=list(self._rules), subject__startswith=f"{prefix}:")
        found = subjects.exclude(level="").values_list("subject", flat=True).distinct()
        return [int(subject.partition(":")[2]) for subject in found]

    def _subject(self, matter: Matter, watches: Watches) -> Subject:
        known = watches.get(matter.subject, [])
        found = [self._posting(one, matter, known) for one in matter.waiting]
        return Subject(matter.subject, [p for p in found if p], tuple(self._rules))

    def _posting(self, waited: Waited, matter: Matter, watches: Iterable[Watch]) -> Posting | None:
        rule, place = self._rules[waited.kind], matter.place
        due = waited.due or self.due(waited.kind, waited.since, place.court_id)
        days = schedule(rule.ladder, Span(start=waited.since, due=due), self._calendar)
        now = reached(rule.ladder, days, self.on, _asked(watches, waited))
        if not now.level or now.since is None:
            return None
        return Posting(
            kind=waited.kind,
            key=waited.key,
            court_id=place.court_id,
            level=now.level,
            rung=now.rung,
            since=now.since,
            about=due,
            say=_sentence(rule, waited, due, self.on),
            unit_id=place.unit_id,
            owner_id=place.owner_id,
            confidentiality=matter.confidentiality,
            told=lambda: self._told(rule, now.level, waited, place),
            answer_by=answer_by(rule.ladder, self.on, self._calendar),
            order_due=plus_workdays(self.on, _ORDER_WORKDAYS, self._calendar),
        )

    def _told(self, rule: Obligation, level: str, waited: Waited, place: Place) -> Told:
        if self._roster is None:
            self._roster = Roster(self.on)
        roster = self._roster

        def found(words: Iterable[str]) -> list[int]:
            people: dict[int, None] = {}
            for word in words:
                named = waited.people.get(word)
                people |= dict.fromkeys(named() if named else roster.people([word], place))
            return list(people)

        to = found(rule.to.get(level, ()))
        return to or roster.instead(place), found(rule.copy.get(level, ()))


def _asked(watches: Iterable[Watch], waited: Waited) -> Asked | None:
    for watch in watches:
        same = (watch.kind, watch.key) == (waited.kind, waited.key)
        if same and watch.asked_on and watch.answer_by:
            return Asked(watch.asked_on, watch.answer_by, watch.answered_on is not None)
    return None


def _sentence(rule: Obligation, waited: Waited, due: date, on: date) -> str:
    left = (due - on).days
    which = "due" if left > 0 else "today" if left == 0 else "over"
    return rule.say[which].format(**waited.words, start=waited.since, due=due, left=left, over=-left)
