"""Where a person sits on a day: their own posts, and the posts lent to them by delegation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from shenguan.base.approvals.models import Addressee, Delegation, Step
from shenguan.base.ops import clock
from shenguan.base.org.jurisdiction import in_force
from shenguan.base.org.models import Appointment, Person


@dataclass(frozen=True, slots=True)
class Seat:
    """A post in a court (and unit); `lent_by` is the person who delegated it, None for one's own."""

    post: str
    court_id: int
    unit_id: int | None
    lent_by: int | None = None

    def reaches(self, addressee: Addressee) -> bool:
        """Tell whether the holder of this seat is meant."""
        return (
            addressee.post == self.post
            and addressee.court_id == self.court_id
            and addressee.unit_id in {None, self.unit_id}
        )

    @property
    def condition(self) -> Q:
        """The same as a condition on addressees."""
        unit = Q(unit=None) | Q(unit=self.unit_id) if self.unit_id else Q(unit=None)
        return Q(post=self.post, court=self.court_id) & unit


@dataclass(frozen=True, slots=True)
class Desk:
    """All seats of a person on a day."""

    person: Person
    seats: tuple[Seat, ...]

    @property
    def own_posts(self) -> frozenset[str]:
        """Posts held in person."""
        return frozenset(seat.post for seat in self.seats if seat.lent_by is None)

    def seat_for(self, step: Step) -> Seat | None:
        """Return the seat from which the person may act on a step, their own before a lent one."""
        addressees = list(step.addressees.all())
        for seat in sorted(self.seats, key=lambda seat: seat.lent_by is not None):
            lent_in_vain = seat.lent_by and not self.own_posts & set(step.delegates)
            if not lent_in_vain and any(seat.reaches(one) for one in addressees):
                return seat
        return None

    def steps(self) -> QuerySet[Step]:
        """Return the steps addressed to one of the seats, whatever their state."""
        wanted = Q(pk__in=())
        for seat in self.seats:
            wanted |= seat.condition
        meant = Addressee.objects.filter(wanted, step=OuterRef("pk"))
        return Step.objects.filter(Exists(meant))


def desk_of(person: Person, on: date) -> Desk:
    """Return where a person sits on a day."""
    own = Appointment.objects.filter(in_force(on), person=person)
    lent = Delegation.objects.filter(
        taker=person, ended_at=None, valid_from__lte=on, valid_to__gt=on
    )
    seats = list(_seats(own, None))
    for giver in lent.values_list("giver", flat=True).distinct():
        seats.extend(_seats(Appointment.objects.filter(in_force(on), person=giver), giver))
    return Desk(person, tuple(seats))


def actors_of(step: Step) -> list[int]:
    """Return who may act on a step since it was reached, stand-ins by delegation too, without the barred."""
    on = clock.day_of(step.opened_at or step.request.applied_at)
    barred = {step.request.applicant_id, *step.request.barred.values_list("person", flat=True)}
    wanted = Q(pk__in=())
    for one in step.addressees.all():
        place = Q(unit=one.unit_id) if one.unit_id else Q()
        wanted |= Q(post=one.post, court=one.court_id) & place
    held = Appointment.objects.filter(in_force(on))
    people = set(held.filter(wanted).values_list("person", flat=True)) - barred
    lent = Delegation.objects.filter(
        giver__in=people, ended_at=None, valid_from__lte=on, valid_to__gt=on
    )
    takers = Person.objects.filter(pk__in=lent.values("taker"))
    stand_ins = {one.pk for one in takers if desk_of(one, on).seat_for(step)} - barred
    return sorted(people | stand_ins)


def _seats(appointments: Iterable[Appointment], lent_by: int | None) -> Iterable[Seat]:
    for one in appointments:
        yield Seat(one.post, one.court_id, one.unit_id, lent_by)
