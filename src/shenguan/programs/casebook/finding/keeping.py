"""Keeping the search index up with the log: a reader by cursor, like every other.

Nothing upstream knows of it. It catches up at night, and at a search where little has happened since.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import islice
from pathlib import Path

from django.conf import settings

from shenguan.programs.casebook.finding.index import Entry, SearchIndex
from shenguan.spine.cases import log
from shenguan.spine.cases.models import Case, Party, Seat

CHUNK = 2000
AT_ONCE = 1000
"""Cases that a search itself brings up to date, well under a second; more wait for the night."""

Progress = Callable[[int, int], None]


def folder() -> Path:
    """Return where the index lies: among what is made anew at will, so no backup takes it."""
    return Path(settings.HOME) / "cache" / "search"


@lru_cache(maxsize=4)
def _open(where: Path) -> SearchIndex:
    return SearchIndex(where)


def index() -> SearchIndex:
    """Return the index of this home, opened once a process."""
    where = folder()
    found = _open(where)
    if not where.exists():  # thrown away meanwhile
        _open.cache_clear()
        found = _open(where)
    return found


def catch_up(*, progress: Progress | None = None, at_most: int | None = None) -> int:
    """Index every case that has moved since; returns how many, -1 where there are over `at_most`.

    Safe to stop anywhere and to run twice; while another process is at it, nothing is done.
    """
    kept, head = index(), log.head()
    position = kept.position
    if position == head:
        return 0
    anew = position == 0 or position > head  # another database has taken this one's place
    start = 0 if anew else position
    behind = Case.objects.filter(last_position__gt=start)
    total = behind.count()
    if at_most is not None and total > at_most:
        return -1
    lagging = next(iter(log.behind(start)), None) is not None  # their rows aren't folded yet
    ids = list(behind.order_by("pk").values_list("pk", flat=True))
    gone = list(behind.filter(visible=False).values_list("pk", flat=True))
    try:
        entries = _entries(ids, progress)
        kept.put(entries, gone, position=start if lagging else head, anew=anew)
    except ValueError:  # the writer's lock is held: whoever holds it does the same work
        return 0
    return total


def at_night(_on: date, _now: datetime) -> int:
    """Catch up as part of the nightly run."""
    return catch_up()


def waiting() -> int:
    """Return how many cases the index doesn't know as they are now."""
    return Case.objects.filter(last_position__gt=index().position).count()


def _entries(ids: Sequence[int], progress: Progress | None) -> Iterator[Entry]:
    done = 0
    rest = iter(ids)
    while chunk := list(islice(rest, CHUNK)):
        yield from _chunk(chunk)
        done += len(chunk)
        if progress:
            progress(done, len(ids))


def _chunk(ids: Sequence[int]) -> Iterator[Entry]:
    parties, seats = _parties(ids), _seats(ids)
    rows = Case.objects.filter(pk__in=ids, visible=True, confidentiality__lt=2).order_by("pk")
    for pk, key, cause, judge, court, division, team, person in rows.values_list(
        *("pk", "number_key", "cause", "undertaker_name"),
        *("court_id", "division_id", "team_id", "undertaker_id"),
    ):
        people = dict.fromkeys(p for p in (person, *seats[pk]) if p is not None)
        seen = [f"c{court}", *(f"u{unit}" for unit in (division, team) if unit is not None)]
        yield Entry(pk, key, tuple(parties[pk]), cause, judge, (*seen, *(f"p{p}" for p in people)))


def _parties(ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = Party.objects.filter(case_id__in=ids).order_by("case_id", "seq")
    for case_id, name, agents in rows.values_list("case_id", "name", "agents"):
        found[case_id].append(name)
        found[case_id] += [a["name"] if isinstance(a, dict) else str(a) for a in agents if a]
    return found


def _seats(ids: Sequence[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for case_id, person in Seat.objects.filter(case_id__in=ids).values_list("case_id", "person_id"):
        found[case_id].append(person)
    return found
