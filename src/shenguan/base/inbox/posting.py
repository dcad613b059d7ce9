"""From what stands on a day to transitions: the one place where a level changes.

A change is claimed by its old state, `UPDATE … WHERE level = old …`, and a matter that didn't stand by
`INSERT … ON CONFLICT … WHERE level = ''`: of two workers with the same news one wins, and only the winner
writes the transition, its notices and its 督办单.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from shenguan.base.inbox.models import Notice, Order, Transition, Watch
from shenguan.base.inbox.orders import raise_orders, release_orders
from shenguan.base.ops.bulk import insert, insert_keyed, inserting, updating
from shenguan.core.ladder import NONE, SUPERVISE, URGE, rank

State = Transition.State
Told = tuple[Sequence[int], Sequence[int]]
"""People a warning goes to, and people who get a copy, by id."""


def nobody() -> Told:
    """Return no one to tell."""
    return (), ()


@dataclass(frozen=True, slots=True)
class Posting:
    """One matter as it stands: what the ladder says, where it belongs, whom it goes to.

    `told` is only asked when the level has changed; most nights nothing has.
    """

    kind: str
    key: str
    court_id: int
    level: str
    rung: str
    since: date
    about: date | None
    say: str
    unit_id: int | None = None
    owner_id: int | None = None
    confidentiality: int = 0
    told: Callable[[], Told] = nobody
    answer_by: date | None = None
    order_due: date | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """Everything of the kinds in `covers` that stands for one subject; what isn't there has ended.

    Matters of `quiet` kinds end without a transition: the thing they watched is over.
    """

    subject: str
    postings: Sequence[Posting]
    covers: Collection[str]
    quiet: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class _Change:
    watch: Watch
    posting: Posting | None
    level: str
    rung: str
    silenced: bool
    is_quiet: bool = False
    was: str = NONE


@dataclass(slots=True)
class Posted:
    """What a call changed, and by subject the next day on which an answer will be overdue."""

    transitions: list[Transition] = field(default_factory=list)
    answers_due: dict[str, date] = field(default_factory=dict)


Watches = dict[str, list[Watch]]


_ASKED_AGAIN = Q(recheck_on__isnull=False)


def watches_of(subjects: Iterable[str]) -> Watches:
    """Return the watches of subjects that stand or that someone wants looked at again."""
    found: Watches = defaultdict(list)
    rows = Watch.objects.filter(~Q(level="") | _ASKED_AGAIN, subject__in=list(subjects)).order_by()
    for watch in rows:
        found[watch.subject].append(watch)
    return found


def post(
    subjects: Sequence[Subject], *, on: date, now: datetime, watches: Watches | None = None
) -> Posted:
    """Bring the watches of these subjects to where they stand on a day, all or nothing.

    `watches`: those of the subjects, where the caller has read them already.
    """
    if watches is None:
        watches = watches_of(subject.subject for subject in subjects)
    with transaction.atomic(savepoint=False):
        changes = [c for s in subjects for c in _changes(s, watches.get(s.subject, ()))]
        won = _claimed(changes, on)
        posted = Posted(_write(won, on, now) if won else [])
    held = {w.pk: w for known in watches.values() for w in known} | {
        change.watch.pk: change.watch for change in won
    }
    for watch in held.values():
        if _owes_answer(watch) and watch.answer_by and watch.answer_by >= on:
            due = watch.answer_by + timedelta(days=1)
            posted.answers_due[watch.subject] = min(due, posted.answers_due.get(watch.subject, due))
    return posted


def _owes_answer(watch: Watch) -> bool:
    return watch.level == URGE and watch.answered_on is None and watch.held_since is None


def _with_missing(subject: Subject, watches: Sequence[Watch]) -> list[Watch]:
    """Return the subject's watches, those not yet written among them, in order of kinds and matters."""
    held = {(watch.kind, watch.key): watch for watch in watches}
    for posting in subject.postings:
        if (posting.kind, posting.key) not in held:
            held[posting.kind, posting.key] = Watch(
                kind=posting.kind,
                subject=subject.subject,
                key=posting.key,
                court_id=posting.court_id,
            )
    return [held[matter] for matter in sorted(held)]


def _changes(subject: Subject, watches: Sequence[Watch]) -> Iterator[_Change]:
    """Yield what is different from what stands; disputed matters wait."""
    wanted = {(posting.kind, posting.key): posting for posting in subject.postings}
    loudest = _loudest(subject, watches)
    for watch in _with_missing(subject, watches):
        if watch.kind not in subject.covers:
            continue
        posting = wanted.get((watch.kind, watch.key))
        if posting is None:
            if watch.level:
                is_quiet = watch.kind in subject.quiet
                yield _Change(watch, None, NONE, "", False, is_quiet, watch.level)
            continue
        if watch.held_since is not None:
            continue
        silenced = loudest == SUPERVISE and rank(posting.level) < rank(SUPERVISE)
        change = _Change(watch, posting, posting.level, posting.rung, silenced, was=watch.level)
        if (watch.level, watch.rung, watch.silenced) != (posting.level, posting.rung, silenced):
            yield change


def _loudest(subject: Subject, watches: Sequence[Watch]) -> str:
    others = [w.level for w in watches if w.kind not in subject.covers]
    return max([NONE, *others, *(p.level for p in subject.postings)], key=rank)


def _claimed(changes: Sequence[_Change], on: date) -> list[_Change]:
    """Write the changes and return those that no other worker has made already, in their order."""
    moving: dict[tuple[str, ...], list[_Change]] = defaultdict(list)
    beginning, moves = [], {}
    for change in changes:
        values = _values(change, on)
        if change.watch.level:
            moves[id(change)] = values
            moving[tuple(values)].append(change)
        else:
            _set(change.watch, values)
            beginning.append(change)
    won = _begun(beginning)
    for alike in moving.values():
        won |= _moved(alike, moves)
    return [change for change in changes if id(change) in won]


def _values(change: _Change, on: date) -> dict[str, Any]:
    """Return what a watch says after a change."""
    posting = change.posting
    state = {"level": change.level, "rung": change.rung, "silenced": change.silenced}
    if posting is None:
        return {**state, **_asking(change, on), "held_since": None}
    return {
        **state,
        **_asking(change, on),
        "since": posting.since,
        "about": posting.about,
        "say": posting.say,
        "unit_id": posting.unit_id,
        "owner_id": posting.owner_id,
        "confidentiality": posting.confidentiality,
    }


def _set(watch: Watch, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(watch, name, value)


_MATTER = ("kind", "subject", "key")
_FEW = 4
"""Up to so many changes a savepoint costs more than it spares."""


def _begun(changes: Sequence[_Change]) -> set[int]:
    """Write watches that didn't stand; one that another worker has raised meanwhile stays his."""
    rows = {(c.watch.kind, c.watch.subject, c.watch.key): c for c in changes}
    written = insert(
        [c.watch for c in rows.values()], ending=_unless_it_stands(), returning=("pk", *_MATTER)
    )
    won = set()
    for pk, *matter in written:
        change = rows[tuple(matter)]
        change.watch.pk = pk
        change.watch._state.adding = False
        won.add(id(change))
    return won


@cache
def _unless_it_stands() -> str:
    quote, meta = connection.ops.quote_name, Watch._meta
    fields = [f for f in meta.concrete_fields if not f.primary_key and f.name not in _MATTER]
    columns = [quote(str(field.column)) for field in fields]
    sets = ", ".join(f"{name} = excluded.{name}" for name in columns)
    matter = ", ".join(quote(part) for part in _MATTER)
    # names of our own columns, quoted; no value of anybody's stands in it
    return (
        f"ON CONFLICT ({matter}) DO UPDATE SET {sets} "  # nosec B608
        f"WHERE {quote(meta.db_table)}.level = ''"
    )


def _moved(changes: Sequence[_Change], values: Mapping[int, dict[str, Any]]) -> set[int]:
    """Move watches on from their old states; returns the changes that did.

    Many go at once; only where another worker came first is it found out one by one which.
    """
    try:
        won = changes if len(changes) > _FEW and _all_moved(changes, values) else None
    except _CameFirst:
        won = None
    if won is None:
        won = [change for change in changes if _move([change], values)]
    for change in won:
        _set(change.watch, values[id(change)])
    return {id(change) for change in won}


def _all_moved(changes: Sequence[_Change], values: Mapping[int, dict[str, Any]]) -> bool:
    with transaction.atomic():
        if _move(changes, values) < len(changes):
            raise _CameFirst
    return True


class _CameFirst(Exception):  # noqa: N818 - no error: someone else has done the work
    """Another worker has made one of the changes."""


def _move(changes: Sequence[_Change], values: Mapping[int, dict[str, Any]]) -> int:
    watches = [change.watch for change in changes]
    old = [{"level": w.level, "rung": w.rung, "silenced": w.silenced} for w in watches]
    rows = [(change.watch.pk, values[id(change)]) for change in changes]
    return updating(Watch, rows, old).run()


def _asking(change: _Change, on: date) -> dict[str, object]:
    """Ask for an answer when 催办 begins; forget what was asked when it has ended."""
    posting, watch = change.posting, change.watch
    if rank(change.level) < rank(URGE):
        return {"asked_on": None, "answer_by": None, "answered_on": None}
    if change.level == URGE and posting and not change.silenced and watch.asked_on is None:
        return {"asked_on": on, "answer_by": posting.answer_by, "answered_on": None}
    return {}


def _write(won: Sequence[_Change], on: date, now: datetime) -> list[Transition]:
    loud = [change for change in won if not change.is_quiet]
    made = [_transition(change, on, now) for change in loud]
    insert_keyed(made)
    notices = [
        notice
        for change, row in zip(loud, made, strict=True)
        if change.posting is not None and row.state == State.WAITING
        for notice in _notices(change.posting, row)
    ]
    inserting(notices).run()
    release_orders([c.watch for c in won if not c.level and c.was == SUPERVISE], on=on)
    raise_orders(
        [
            Order(watch=c.watch, court_id=c.watch.court_id, say=c.posting.say, raised_on=on,
                  owner_id=c.posting.owner_id, due_on=c.posting.order_due or on)
            for c in won
            if c.posting is not None and c.level == SUPERVISE
        ]
    )  # fmt: skip
    return made


def _transition(change: _Change, on: date, now: datetime) -> Transition:
    state = State.WAITING
    if not change.level:
        state = State.NOT_SENT
    elif change.silenced:
        state = State.SILENCED
    say = change.posting.say if change.posting else f"已解除：{change.watch.say}"
    return Transition(
        watch=change.watch,
        on=on,
        old_level=change.was,
        level=change.level,
        rung=change.rung,
        say=say,
        state=state,
        made_at=now,
    )


def _notices(posting: Posting, row: Transition) -> Iterator[Notice]:
    done: set[int] = set()
    to, copies = posting.told()
    for people, copy in ((to, False), (copies, True)):
        for person in people:
            if person not in done:
                done.add(person)
                yield Notice(transition=row, person_id=person, copy=copy)
