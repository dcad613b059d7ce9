"""What a person puts on someone's list: 提示, 催办 with an answer due, 督办 with a numbered order.

It stands beside what the rules find, under a kind of its own. A 催办 left unanswered becomes 督办 by the
same ladder; it ends by its answer 已办, a 督办 when its order is closed by someone else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from shenguan.base.inbox.models import Notice, Order, Transition, Watch
from shenguan.base.inbox.orders import DIRECTED, raise_orders
from shenguan.base.inbox.roster import Place, Roster
from shenguan.base.org.models import Person
from shenguan.core.ladder import LEVELS, SUPERVISE, URGE, plus_workdays
from shenguan.rulebook import load

NAME = "审管交办"
NOTICE_DAYS = 30
"""A 提示 that nobody answers is taken off after so many days."""
ORDER_WORKDAYS = 10


@dataclass(frozen=True, slots=True)
class Target:
    """What is directed at: a subject of the inbox, where it belongs, who has it in charge."""

    subject: str
    place: Place
    confidentiality: int = 0
    about: str = ""
    """How the sentence names it: a case number, or the sentence of a warning."""


def direct(
    *, target: Target, level: str, text: str, due: date, actor: Person, on: date, now: datetime
) -> Watch:
    """Put a matter on the list of whoever has it in charge; 督办 raises a numbered order.

    Raises `ValueError` without words, for a day gone by, without anyone to tell, and where an order on
    the same subject is open already.
    """
    _check(target, level, text, due, on)
    to, copies = _told(target.place, level, on)
    if not to:
        raise ValueError(f"{target.about}：没有可以交办的人")
    with transaction.atomic():
        watch = Watch.objects.create(
            kind=DIRECTED, subject=target.subject, key=_key(target.subject, on),
            court_id=target.place.court_id, unit_id=target.place.unit_id,
            owner_id=target.place.owner_id or to[0], confidentiality=target.confidentiality,
            level=level, rung=NAME, since=on, about=due, say=f"{target.about}：{text.strip()}",
            directed_by=actor, **_asked(level, on, due),
        )  # fmt: skip
        _tell(watch, to, copies, on, now)
        if level == SUPERVISE:
            _raise(watch, on, due)
    return watch


def escalate(on: date, now: datetime) -> int:
    """Bring what people have put on lists up to a day; returns how many moved."""
    standing = Watch.objects.filter(kind=DIRECTED).exclude(level="")
    calm = standing.exclude(level=SUPERVISE).filter(held_since=None)
    moved = 0
    for watch in calm.filter(level=URGE, answered_on=None, answer_by__lt=on):
        to, copies = _told(Place(watch.court_id, watch.unit_id, watch.owner_id), SUPERVISE, on)
        if Watch.objects.filter(pk=watch.pk, level=URGE).update(level=SUPERVISE) == 1:
            watch.level = SUPERVISE
            _tell(watch, to, copies, on, now, was=URGE)
            _raise(watch, on, plus_workdays(on, ORDER_WORKDAYS, load().calendar))
            moved += 1
    answered = calm.filter(answers__choice="已办").distinct()
    old = calm.exclude(level=URGE).filter(since__lte=on - timedelta(days=NOTICE_DAYS))
    ended = {*answered.values_list("pk", flat=True), *old.values_list("pk", flat=True)}
    return moved + Watch.objects.filter(pk__in=ended).update(level="", rung="")


def end_answered(watch: Watch) -> None:
    """Take a directed 提示 or 催办 off the list at once when it is answered 已办."""
    standing = Watch.objects.filter(pk=watch.pk, kind=DIRECTED).exclude(level=SUPERVISE)
    standing.update(level="", rung="")


def _check(target: Target, level: str, text: str, due: date, on: date) -> None:
    if level not in LEVELS[1:]:
        raise ValueError(f"级别“{level}”不在 {'、'.join(LEVELS[1:])} 之内")
    if not text.strip():
        raise ValueError("交办事项须写明要求")
    if due < on:
        raise ValueError(f"期限{due}已过")
    order = Order.objects.filter(watch__subject=target.subject, closed_on=None).first()
    if level == SUPERVISE and order is not None:
        raise ValueError(f"{target.about}：已有未销号的督办单{order.number}")


def _told(place: Place, level: str, on: date) -> tuple[list[int], list[int]]:
    roster = Roster(on, [place.court_id])
    to = roster.people(["承办人"], place) or roster.instead(place)
    copies = ["庭长"] if level == URGE else ["庭长", "分管副院长"]
    return to, roster.people(copies, place) if level in {URGE, SUPERVISE} else []


def _asked(level: str, on: date, due: date) -> dict[str, date]:
    return {"asked_on": on, "answer_by": due} if level == URGE else {}


def _key(subject: str, on: date) -> str:
    before = Watch.objects.filter(kind=DIRECTED, subject=subject, key__startswith=f"{on} ").count()
    return f"{on} {before + 1}"


def _tell(
    watch: Watch, to: list[int], copies: list[int], on: date, now: datetime, was: str = ""
) -> None:
    row = Transition.objects.create(
        watch=watch, on=on, old_level=was, level=watch.level, rung=watch.rung, say=watch.say,
        state=Transition.State.WAITING, made_at=now,
    )  # fmt: skip
    people = {**dict.fromkeys(copies, True), **dict.fromkeys(to, False)}
    Notice.objects.bulk_create(
        [Notice(transition=row, person_id=pk, copy=copy) for pk, copy in people.items()]
    )


def _raise(watch: Watch, on: date, due: date) -> None:
    order = Order(
        watch=watch, court_id=watch.court_id, say=watch.say, owner_id=watch.owner_id,
        directed_by_id=watch.directed_by_id, raised_on=on, due_on=due,
    )  # fmt: skip
    raise_orders([order])
