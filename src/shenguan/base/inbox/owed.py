"""Obligations of the rulebook on the inbox ladder: what is owed since when, by whom, and where it stands.

A program says what each of its matters waits for; everything else (the court's own number of days, the
rung, the sentence, who is told, unanswered 催办) is the same for all and stands here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from shenguan.base.inbox.models import Watch
from shenguan.base.inbox.posting import Posting, Subject, Told, post, watches_of
from shenguan.base.inbox.roster import Place, Roster
from shenguan.base.ops.clock import day_of
from shenguan.base.org.choices import Choices
from shenguan.core.ladder import Asked, Span, answer_by, plus_workdays, reached, schedule
from shenguan.rulebook import load
from shenguan.rulebook.loaders.obligations import Obligation

ORDER_WORKDAYS = 10
_CHUNK = 300

People = Mapping[str, Callable[[], list[int]]]
"""Words of an obligation that stand for people of the matter itself."""


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing owed: its rule, since when, where it belongs, the words of its sentence."""

    kind: str
    since: date
    place: Place
    words: Mapping[str, str]
    key: str = ""
    people: People = field(default_factory=dict)
    confidentiality: int = 0


class Clock:
    """Obligations on one day, with each court's own numbers of days."""

    def __init__(
        self, rules: Mapping[str, Obligation], now: datetime, on: date | None = None
    ) -> None:
        self.now, self.on = now, on or day_of(now)
        self._rules, self._calendar = rules, load().calendar
        self._choices = Choices()
        self._roster: Roster | None = None

    def due(self, kind: str, since: date, court_id: int) -> date:
        """Return the last day of an obligation that began on a day."""
        rule = self._rules[kind]
        days = int(self._choices.value(court_id, rule.setting, since, rule.workdays))
        return plus_workdays(since, days, self._calendar)

    def bring(self, matters: Mapping[str, Sequence[Owed]], covers: Iterable[str]) -> None:
        """Bring each subject's watches of the kinds in `covers` up to the day; what isn't owed ends."""
        subjects, kinds = list(matters), frozenset(covers)
        for start in range(0, len(subjects), _CHUNK):
            part = subjects[start : start + _CHUNK]
            watches = watches_of(part)
            found = [
                Subject(one, self._postings(matters[one], watches.get(one, [])), kinds)
                for one in part
            ]
            post(found, on=self.on, now=self.now, watches=watches)

    def posting(self, owed: Owed, watches: Iterable[Watch]) -> Posting | None:
        """Return where a matter stands, None while its ladder hasn't begun."""
        rule, place = self._rules[owed.kind], owed.place
        due = self.due(owed.kind, owed.since, place.court_id)
        days = schedule(rule.ladder, Span(start=owed.since, due=due), self._calendar)
        now = reached(rule.ladder, days, self.on, _asked(watches, owed))
        if not now.level or now.since is None:
            return None
        return Posting(
            kind=owed.kind, key=owed.key, court_id=place.court_id, level=now.level, rung=now.rung,
            since=now.since, about=due, say=_sentence(rule, owed, due, self.on),
            unit_id=place.unit_id, owner_id=place.owner_id, confidentiality=owed.confidentiality,
            told=lambda: self._told(rule, now.level, owed),
            answer_by=answer_by(rule.ladder, self.on, self._calendar),
            order_due=plus_workdays(self.on, ORDER_WORKDAYS, self._calendar),
        )  # fmt: skip

    def _postings(self, owed: Sequence[Owed], watches: list[Watch]) -> list[Posting]:
        return [found for one in owed if (found := self.posting(one, watches))]

    def _told(self, rule: Obligation, level: str, owed: Owed) -> Told:
        roster = self._roster = self._roster or Roster(self.on)

        def found(words: Iterable[str]) -> list[int]:
            people: dict[int, None] = {}
            for word in words:
                named = owed.people.get(word)
                people |= dict.fromkeys(named() if named else roster.people([word], owed.place))
            return list(people)

        to = found(rule.to.get(level, ()))
        return to or roster.instead(owed.place), found(rule.copy.get(level, ()))


def still_standing(kinds: Iterable[str], prefix: str) -> set[int]:
    """Return ids of subjects `prefix:id` about which a watch of the kinds still stands, so it can end."""
    standing = Watch.objects.filter(kind__in=list(kinds)).exclude(level="")
    found = standing.values_list("subject", flat=True)
    return {int(one.partition(":")[2]) for one in found if one.startswith(f"{prefix}:")}


def _asked(watches: Iterable[Watch], owed: Owed) -> Asked | None:
    for watch in watches:
        same = (watch.kind, watch.key) == (owed.kind, owed.key)
        if same and watch.asked_on and watch.answer_by:
            return Asked(watch.asked_on, watch.answer_by, watch.answered_on is not None)
    return None


def _sentence(rule: Obligation, owed: Owed, due: date, on: date) -> str:
    left = (due - on).days
    which = "due" if left > 0 else "today" if left == 0 else "over"
    return rule.say[which].format(**owed.words, start=owed.since, due=due, left=left, over=-left)
