"""From what stands on a day to transitions: the one place where a level changes.

A change is claimed by its old state, `filter(level=old …).update(…) == 1`: of two workers with the same
news one wins, and only the winner writes the transition, its notices and its 督办单.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from shenguan.base.inbox.models import Notice, Order, Transition, Watch
from shenguan.base.inbox.orders import raise_orders, release_orders
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


def watches_of(subjects: Iterable[str]) -> Watches:
    """Return the watches of subjects, also those that stand no longer."""
    found: Watches = defaultdict(list)
    for watch in Watch.objects.filter(subject__in=list(subjects)):
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
    with transaction.atomic():
        watches |= _made_missing(subjects, watches)
        changes = [c for s in subjects for c in _changes(s, watches.get(s.subject, []))]
        won = [change for change in changes if _claim(change, on)]
        posted = Posted(_write(won, on, now) if won else [])
    for subject, held in watches.items():
        due = [w.answer_by for w in held if _owes_answer(w) and w.answer_by and w.answer_by >= on]
        if due:
            posted.answers_due[subject] = min(due) + timedelta(days=1)
    return posted


def _owes_answer(watch: Watch) -> bool:
    return watch.level == URGE and watch.answered_on is None and watch.held_since is None


def _made_missing(subjects: Sequence[Subject], watches: Watches) -> Watches:
    """Make watches that have never stood before; another worker may have made them already."""
    known = {(w.kind, w.subject, w.key) for held in watches.values() for w in held}
    rows = [
        Watch(
            kind=posting.kind,
            subject=subject.subject,
            key=posting.key,
            court_id=posting.court_id,
            unit_id=posting.unit_id,
            owner_id=posting.owner_id,
            confidentiality=posting.confidentiality,
        )
        for subject in subjects
        for posting in subject.postings
        if (posting.kind, subject.subject, posting.key) not in known
    ]
    if not rows:
        return {}
    Watch.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return watches_of({row.subject for row in rows})


def _changes(subject: Subject, watches: Sequence[Watch]) -> Iterator[_Change]:
    """Yield what is different from what stands; disputed matters wait."""
    wanted = {(posting.kind, posting.key): posting for posting in subject.postings}
    loudest = _loudest(subject, watches)
    for watch in watches:
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


def _claim(change: _Change, on: date) -> bool:
    """Move one watch on from its old state; False when another worker has done so."""
    watch, posting = change.watch, change.posting
    old = {"level": watch.level, "rung": watch.rung, "silenced": watch.silenced}
    new: dict[str, object] = {
        "level": change.level,
        "rung": change.rung,
        "silenced": change.silenced,
        **_asking(change, on),
    }
    if posting is not None:
        new |= {
            "since": posting.since,
            "about": posting.about,
            "say": posting.say,
            "unit_id": posting.unit_id,
            "owner_id": posting.owner_id,
            "confidentiality": posting.confidentiality,
        }
    else:
        new |= {"held_since": None}
    if not _moved(watch.pk, old, new):
        return False
    for name, value in new.items():
        setattr(watch, name, value)
    return True


def _moved(pk: int, old: dict[str, object], new: dict[str, object]) -> bool:
    """Run one guarded UPDATE; written by hand, because a first night runs tens of thousands."""
    meta, quote = Watch._meta, connection.ops.quote_name
    table = quote(meta.db_table)
    columns = {name: quote(str(meta.get_field(name).attname)) for name in (*old, *new)}  # type: ignore[union-attr]
    values = [_stored(value) for value in (*new.values(), pk, *old.values())]
    assignments = ", ".join(f"{columns[name]} = %s" for name in new)
    guard = " AND ".join(f"{columns[name]} = %s" for name in old)
    statement = f"UPDATE {table} SET {assignments} WHERE id = %s AND {guard}"  # nosec B608
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount) == 1


def _stored(value: object) -> Any:
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


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
    made = Transition.objects.bulk_create(
        [_transition(change, on, now) for change in loud], batch_size=500
    )
    notices = [
        notice
        for change, row in zip(loud, made, strict=True)
        if change.posting is not None and row.state == State.WAITING
        for notice in _notices(change.posting, row)
    ]
    Notice.objects.bulk_create(notices, batch_size=500)
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
