"""Courts, units and people by the names the log gives, as the integers facts carry."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError

from shenguan.base.org.models import Appointment, Court, Person, Unit
from shenguan.base.org.services import Directory
from shenguan.core.casenumber import Codes


class Registry:
    """The installation's own organisation, read once; who is first met here gets a row of his own."""

    def __init__(self, codes: Codes, leading: frozenset[str]) -> None:
        self._codes = codes
        self._directory = Directory(codes)
        self.courts: dict[int, Court] = Court.objects.in_bulk()
        self._named: dict[str, int] = {}
        self._units = _by_name(Unit.objects.order_by("valid_from", "pk").values_list(*_KEYS))
        people = Person.objects.order_by("-staff_number", "pk")
        self._people = _by_name(people.values_list(*_KEYS))
        self._leaders = _leaders(leading)

    def unit(self, court_id: int, name: str) -> int:
        """Return the unit of that name, 0 for a blank one."""
        if not name:
            return 0
        key = (court_id, name[:80])
        if key not in self._units:
            found = self._directory.unit(self.courts[court_id], name)
            self._units[key] = found.pk if found else 0
        return self._units[key]

    def person(self, court_id: int, name: str) -> int:
        """Return the person of that name, 0 for a blank one."""
        if not name:
            return 0
        key = (court_id, name[:60])
        if key not in self._people:
            self._people[key] = self._first_met(court_id, name)
        return self._people[key]

    def court(self, name: str) -> int:
        """Return the court of a printed name, 0 where the installation doesn't hold it."""
        if name not in self._named:
            self._named[name] = self._look_up(name)
        return self._named[name]

    def leads(self, court_id: int, name: str, on: date) -> bool:
        """Say whether the person of that name held a leading post of the court on a day."""
        return any(
            (since is None or since <= on) and (until is None or on < until)
            for since, until in self._leaders.get((court_id, name), ())
        )

    def _first_met(self, court_id: int, name: str) -> int:
        """Make a person known; another process may just have done so."""
        try:
            found = self._directory.person(self.courts[court_id], name)
        except IntegrityError:
            found = Person.objects.get(court=court_id, name=name[:60], staff_number="")
        return found.pk if found else 0

    def _look_up(self, name: str) -> int:
        exact = [pk for pk, court in self.courts.items() if court.name == name]
        if exact:
            return min(exact)
        codes = {court.code for court in self._codes.courts_named(name) if court.code}
        held = [pk for pk, court in self.courts.items() if court.code in codes]
        return held[0] if len(held) == 1 else 0


_KEYS = ("court_id", "name", "pk")


def _by_name(rows: object) -> dict[tuple[int, str], int]:
    return {(court_id, name): pk for court_id, name, pk in rows}  # type: ignore[attr-defined]


def _leaders(posts: frozenset[str]) -> dict[tuple[int, str], list[tuple[date | None, date | None]]]:
    held: dict[tuple[int, str], list[tuple[date | None, date | None]]] = {}
    rows = Appointment.objects.filter(post__in=posts).order_by("pk")
    for court_id, name, since, until in rows.values_list(
        "court_id", "person__name", "valid_from", "valid_to"
    ):
        held.setdefault((court_id, name), []).append((since, until))
    return held
