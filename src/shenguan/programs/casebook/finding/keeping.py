"""Keeping the search index up with the log and with new texts: a reader by cursor, like every other.

Nothing upstream knows of it. It catches up at night, at a search where little has happened since, and
beside the searches where much has: after a large import the first search sets it going.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from itertools import islice
from pathlib import Path
from threading import Lock, Thread

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet

from shenguan.programs.casebook.finding import texts
from shenguan.programs.casebook.finding.index import Entry, Reached, SearchIndex
from shenguan.spine.cases import log
from shenguan.spine.cases.models import Case, Party, Seat

CHUNK = 2000
STEP = 20_000
"""Cases after which the index is kept and found in."""
AT_ONCE, TEXTS_AT_ONCE = 1000, 100
"""What a search itself brings up to date, well under a second; more is done beside it."""
_LAST = 1 << 62

Progress = Callable[[int, int], None]
_logger = logging.getLogger(__name__)
_aside = Lock()


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


def catch_up(*, progress: Progress | None = None) -> int:
    """Index every case that has moved or has a new text since; returns how many.

    Every step is kept: safe to stop anywhere and to run twice. While another process is at it, nothing is done.
    """
    kept, all_of_it = index(), _everything()
    start, head = kept.reached, all_of_it.position
    if start == all_of_it:
        return 0
    if anew := _is_anew(start, head):
        start = Reached(texts=all_of_it.texts)
    lagging = (
        next(iter(log.behind(start.position)), None) is not None
    )  # their rows aren't folded yet
    total, done, at = _moved(start).count(), 0, start
    try:
        while ids := _next(at, head):
            at = _behind(ids[-1], at)
            entries, gone = _entries([pk for pk, _ in ids], progress, done, total), _gone(ids)
            kept.put(entries, gone, reached=start if lagging else at, anew=anew)
            done, anew = done + len(ids), False
        with_texts = sorted(texts.cases_since(start.texts))
        if with_texts or anew:
            kept.put(_entries(with_texts), (), reached=at, anew=anew)
        kept.reach(start if lagging else all_of_it)
    except ValueError:  # the writer's lock is held: whoever holds it does the same work
        return done
    return done + len(with_texts)


def _everything() -> Reached:
    """Return how far an index comes that knows all there is."""
    return Reached(log.head(), _LAST, texts.newest())


def _is_anew(reached: Reached, head: int) -> bool:
    """Tell whether nothing is known, or another database has taken this one's place."""
    return not reached.position or reached.position > head


def _moved(reached: Reached) -> QuerySet[Case]:
    later = Q(last_position__gt=reached.position)
    return Case.objects.filter(later | Q(last_position=reached.position, pk__gt=reached.case))


def _next(at: Reached, head: int) -> list[tuple[int, int]]:
    """Return the next step: ids with their places in the log, in log order up to its head."""
    moved = _moved(at).filter(last_position__lte=head).order_by("last_position", "pk")
    return list(moved.values_list("pk", "last_position")[:STEP])


def _behind(last: tuple[int, int], at: Reached) -> Reached:
    return replace(at, position=last[1], case=last[0])


def _gone(ids: Sequence[tuple[int, int]]) -> list[int]:
    """Return those the index must forget: no longer shown, or a state secret by now."""
    out = Case.objects.filter(Q(visible=False) | Q(confidentiality__gte=2))
    return list(out.filter(pk__in=[pk for pk, _ in ids]).values_list("pk", flat=True))


def at_night(_on: date, _now: datetime) -> int:
    """Catch up as part of the nightly run."""
    return catch_up()


def waiting() -> int:
    """Return how many cases and texts the index doesn't know as they are now."""
    reached = index().reached
    if _is_anew(reached, log.head()):
        return Case.objects.count()
    return _moved(reached).count() + texts.rows_since(reached.texts)


def for_a_search() -> int:
    """Catch up where little has happened, else set it going beside; returns how much still waits."""
    reached = index().reached
    if reached == _everything():
        return 0
    late = waiting()
    if late <= AT_ONCE and texts.rows_since(reached.texts) <= TEXTS_AT_ONCE:
        catch_up()
        return 0
    beside()
    return late


def beside() -> None:
    """Catch up in a thread of its own, unless one is at it."""
    if _aside.acquire(blocking=False):
        Thread(target=_run_beside, name="search-index", daemon=True).start()


def _run_beside() -> None:
    try:
        catch_up()
    except Exception:
        _logger.exception("检索索引未能补齐")
    finally:
        connection.close()
        _aside.release()


def _entries(
    ids: Sequence[int], progress: Progress | None = None, done: int = 0, total: int = 0
) -> Iterator[Entry]:
    rest = iter(ids)
    while chunk := list(islice(rest, CHUNK)):
        yield from _chunk(chunk)
        done += len(chunk)
        if progress:
            progress(done, total)


def _chunk(ids: Sequence[int]) -> Iterator[Entry]:
    parties, seats, held = _parties(ids), _seats(ids), texts.of_cases(ids)
    rows = Case.objects.filter(pk__in=ids, visible=True, confidentiality__lt=2).order_by("pk")
    for pk, key, cause, judge, court, division, team, person in rows.values_list(
        *("pk", "number_key", "cause", "undertaker_name"),
        *("court_id", "division_id", "team_id", "undertaker_id"),
    ):
        people = dict.fromkeys(p for p in (person, *seats[pk]) if p is not None)
        seen = [f"c{court}", *(f"u{unit}" for unit in (division, team) if unit is not None)]
        seen += (f"p{person}" for person in people)
        named = tuple(parties[pk])
        yield Entry(pk, key, named, cause, judge, tuple(seen), tuple(t for _, t in held[pk]))


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
