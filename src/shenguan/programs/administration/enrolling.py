"""Bringing a roster in: people and units at once, posts as proposals for the security administrator.

Accounts are opened afterwards, some at a time: hashing a password takes long on purpose.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from shenguan.base.accounts.models import Account
from shenguan.base.org.jurisdiction import in_force
from shenguan.base.org.models import Appointment, Court, Person, Unit
from shenguan.base.org.services import unit_kind
from shenguan.programs.administration import granting, staffing
from shenguan.programs.administration.granting import Term, term_of
from shenguan.programs.administration.models import Proposal
from shenguan.programs.administration.roster import Entry, Reject, Roster
from shenguan.programs.administration.staffing import StaffRefused, trace

Key = tuple[int, int, int | None, str, int | None]
"""person, court, unit, post, served judge: what makes an appointment the same."""


@dataclass(frozen=True, slots=True)
class Opening:
    """An account that a line asks for and that isn't there yet."""

    person: Person
    username: str


@dataclass(slots=True)
class Enrolled:
    """What came of a roster, and the accounts still to be opened."""

    file: str
    people: int = 0
    units: int = 0
    proposed: int = 0
    ending: int = 0
    unchanged: int = 0
    opening: list[Opening] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)


def enrol(
    roster: Roster,
    *,
    courts: Sequence[Court],
    whole: bool,
    actor: str,
    on: date,
    now: datetime,
) -> Enrolled:
    """Bring a roster in; its good lines land together.

    Idempotent: the same file changes nothing twice.

    `courts` are those within the administrator's reach; the first serves lines without a court. With
    `whole`, posts in the roster's courts that the roster doesn't name are proposed to end on `on`.
    """
    done = Enrolled(roster.file, rejects=list(roster.rejects))
    bringing = _Bringing(courts, actor, on, now, done)
    with transaction.atomic():
        for entry in roster.entries:
            bringing.take(entry)
        if whole:
            bringing.end_the_others()
        for court in bringing.met.values():
            counts = {"文件": roster.file, "待授权": done.proposed, "拟免": done.ending}
            trace(court, "装入人员名册", roster.file, actor, now, counts)
    done.opening = list(bringing.opening.values())
    return done


class _Bringing:
    """One roster on its way in."""

    def __init__(
        self, courts: Sequence[Court], actor: str, on: date, now: datetime, done: Enrolled
    ) -> None:
        self._courts = {name: court for court in courts for name in (court.name, court.code)}
        self._first = courts[0] if courts else None
        self._actor, self._on, self._now, self._done = actor, on, now, done
        self._named = set[Key]()
        units = Unit.objects.filter(in_force(on), court__in=courts)
        self._units = {(unit.court_id, unit.name): unit for unit in units}
        self._people = defaultdict[tuple[int, str], list[Person]](list)
        for person in Person.objects.filter(court__in=courts).select_related("court"):
            self._people[person.court_id, person.name].append(person)
        self._with_account = set(Account.objects.values_list("person", flat=True))
        self._known = {_key(term_of(one)) for one in _held(courts, on)}
        self._known |= {_key(term_of(one)) for one in _waiting(courts).filter(ends=None)}
        self._fresh: list[Person | Unit] = []
        self.opening: dict[int, Opening] = {}
        self.met: dict[int, Court] = {}

    def take(self, entry: Entry) -> None:
        """Bring one line in, or keep it among the rejects with nothing made for it."""
        self._fresh = []
        try:
            with transaction.atomic():
                self.line(entry)
        except StaffRefused as refused:
            values = "，".join(filter(None, (entry.court, entry.unit, entry.name, entry.post)))
            self._done.rejects.append(Reject(entry.place, str(refused), values))
            return
        for made in self._fresh:
            if isinstance(made, Person):
                self._people[made.court_id, made.name].append(made)
                self._done.people += 1
            else:
                self._units[made.court_id, made.name] = made
                self._done.units += 1

    def line(self, entry: Entry) -> None:
        """Bring one line in; raises `StaffRefused`."""
        court = self._courts.get(entry.court) if entry.court else self._first
        if court is None:
            raise StaffRefused(f"“{entry.court}”不在本人管理的法院之内")
        unit = self._unit(court, entry.unit) if entry.unit else None
        person = self._person(court, entry.name, entry.staff_number)
        serves = self._person(court, entry.serves, "") if entry.serves else None
        self.met[court.pk] = court
        days = entry.valid_from, entry.valid_to
        self._post(Term(person, court, unit, entry.post, serves, *days))
        if entry.username and person.pk not in self._with_account:
            self.opening.setdefault(person.pk, Opening(person, entry.username))

    def end_the_others(self) -> None:
        """Propose to end what the roster's courts hold and the roster doesn't name."""
        waiting = set(_waiting(self.met).exclude(ends=None).values_list("ends", flat=True))
        for one in _held(self.met, self._on):
            term = term_of(one)
            if _key(term) not in self._named and one.pk not in waiting:
                self._propose(replace(term, valid_from=None, valid_to=self._on), ends=one)
                self._done.ending += 1

    def _unit(self, court: Court, name: str) -> Unit:
        found = self._units.get((court.pk, name))
        if found is None:
            kind = unit_kind(name)
            found = staffing.add_unit(
                court=court, name=name, kind=kind, since=None, actor=self._actor, now=self._now
            )
            self._fresh.append(found)
        return found

    def _person(self, court: Court, name: str, number: str) -> Person:
        """Find a person by number and name; one known by name alone (from cases) gets the number."""
        same = self._people[court.pk, name]
        found = next((one for one in same if one.staff_number == number), None)
        if found is None and number:
            found = next((one for one in same if not one.staff_number), None)
            if found:
                found.staff_number = number
                found.save(update_fields=["staff_number"])
        elif found is None and len(same) == 1:
            (found,) = same
        if found is None:
            found = staffing.add_person(
                court=court, name=name, staff_number=number, actor=self._actor, now=self._now
            )
            self._fresh.append(found)
        return found

    def _post(self, term: Term) -> None:
        self._named.add(_key(term))
        if _key(term) in self._known:
            self._done.unchanged += 1
            return
        granting.check(term, by=None)
        self._propose(term)
        self._known.add(_key(term))
        self._done.proposed += 1

    def _propose(self, term: Term, ends: Appointment | None = None) -> None:
        Proposal.objects.create(
            **term.place,
            valid_from=term.valid_from,
            valid_to=term.valid_to,
            ends=ends,
            source=self._done.file,
            proposed_by=self._actor,
            proposed_at=self._now,
        )


def _held(courts: Collection[Court | int], on: date) -> QuerySet[Appointment]:
    held = Appointment.objects.filter(in_force(on), court__in=courts)
    return held.select_related("person", "court", "unit", "serves")


def _waiting(courts: Collection[Court | int]) -> QuerySet[Proposal]:
    waiting = Proposal.objects.filter(state=Proposal.State.WAITING, court__in=courts)
    return waiting.select_related("person", "court", "unit", "serves")


def _key(term: Term) -> Key:
    unit = term.unit.pk if term.unit else None
    serves = term.serves.pk if term.serves else None
    return term.person.pk, term.court.pk, unit, term.post, serves
