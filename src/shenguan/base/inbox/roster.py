"""Who holds which post on a day: from posts named by a rule to the people to tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from shenguan.base.org.jurisdiction import in_force
from shenguan.base.org.models import Appointment

IN_CHARGE = "承办人"
_ASSISTANTS = frozenset({"法官助理", "书记员"})
_CHIEFS = ("庭长", "人民法庭庭长", "执行局局长", "副庭长")
_INSTEAD = ("庭长", "审管办主任", "审管办工作人员", "院长")
"""Who is told where nobody holds the posts that should be, in this order."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a matter belongs: a court, perhaps a unit of it and a person in charge."""

    court_id: int
    unit_id: int | None = None
    owner_id: int | None = None


class Roster:
    """All posts held on a day, read once; `courts` None: of every court."""

    def __init__(self, on: date, courts: Collection[int] | None = None) -> None:
        self._posts: dict[tuple[int, str], list[tuple[int | None, int]]] = defaultdict(list)
        self._serving: dict[tuple[int, str], list[int]] = defaultdict(list)
        self._courts: set[int] = set()
        self._people: set[int] = set()
        rows = Appointment.objects.filter(in_force(on)).order_by("pk")
        if courts is not None:
            rows = rows.filter(court__in=courts)
        for court, post, unit, person, serves in rows.values_list(
            "court_id", "post", "unit_id", "person_id", "serves_id"
        ):
            self._courts.add(court)
            self._people.add(person)
            self._posts[court, post].append((unit, person))
            if serves:
                self._serving[serves, post].append(person)

    def people(self, posts: Iterable[str], place: Place) -> list[int]:
        """Return the people in these posts for a place, each once, in the order of the posts."""
        found = [person for post in posts for person in self._holders(post, place)]
        return list(dict.fromkeys(found))

    def instead(self, place: Place) -> list[int]:
        """Return whom to tell where the posts named are vacant."""
        return next((found for post in _INSTEAD if (found := self._holders(post, place))), [])

    def is_serving(self, person_id: int, court_id: int) -> bool:
        """Tell whether a person still holds a post; a court without any posts on record is believed."""
        return person_id in self._people or court_id not in self._courts

    def _holders(self, post: str, place: Place) -> list[int]:
        if post == IN_CHARGE:
            owner = place.owner_id
            return [owner] if owner and self.is_serving(owner, place.court_id) else []
        if post in _ASSISTANTS:
            return self._serving.get((place.owner_id or 0, post), [])
        if post == "庭长":
            return self._chief(place)
        return self._in(place.court_id, post, place.unit_id)

    def _chief(self, place: Place) -> list[int]:
        """Return the head of the unit under whatever name; none for a place without a unit."""
        if place.unit_id is None:
            return []
        for post in _CHIEFS:
            held = self._posts.get((place.court_id, post), ())
            found = [person for unit, person in held if unit == place.unit_id]
            if found:
                return found
        return []

    def _in(self, court_id: int, post: str, unit_id: int | None) -> list[int]:
        """Return the holders in the unit, else those of the court that stand over no other unit."""
        held = self._posts.get((court_id, post), [])
        of_unit = [person for unit, person in held if unit_id is not None and unit == unit_id]
        if of_unit or post == "分管副院长":
            return of_unit
        return [person for _unit, person in held]
