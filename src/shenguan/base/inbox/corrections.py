"""更正任务: what an answer 数据有误 asks to be put right, by whom, by when, and what happens meanwhile.

First the office has to decide (the disputed warning waits), then the one in charge has to correct; both
waits stand on the inbox ladder by the rulebook's `corrections.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from shenguan.base.inbox.models import Answer, Correction
from shenguan.base.inbox.owed import Clock, Owed, still_standing
from shenguan.base.inbox.roster import Place
from shenguan.base.ops.clock import day_of
from shenguan.base.org.models import Person
from shenguan.rulebook import load

DECIDE, CORRECT = "存疑待认定", "更正待办"
KINDS = frozenset({DECIDE, CORRECT})
_PREFIX = "correction"


def open_task(answer: Answer, *, on: date, now: datetime) -> Correction:
    """Open the task of an answer: the one in charge of the matter, else whoever answered, owns it."""
    task = Correction.objects.create(
        answer=answer,
        owner=answer.watch.owner or answer.person,
        opened_on=on,
        due_on=_clock(now, on).due(CORRECT, on, answer.watch.court_id),
    )
    _bring(Q(pk=task.pk), now, on)
    return task


def decided(answer: Answer, *, on: date, now: datetime) -> None:
    """Let the time to correct run from the decision, or end the task with it."""
    due = _clock(now, on).due(CORRECT, on, answer.watch.court_id)
    Correction.objects.filter(answer=answer).update(due_on=due)
    _bring(Q(answer=answer), now, on)


def finish(
    correction: Correction, *, note: str, actor: Person, on: date, now: datetime
) -> Correction:
    """Say what was corrected; raises `ValueError` before the decision, without words, or twice."""
    if not note.strip():
        raise ValueError("更正任务：更正情况不能为空")
    if not correction.answer.upheld:
        raise ValueError("更正任务：数据有误尚未认定或者认定不属实，无须更正")
    with transaction.atomic():
        changed = Correction.objects.filter(pk=correction.pk, done_on=None).update(
            note=note.strip(), done_by=actor, done_on=on
        )
        if changed != 1:
            raise ValueError("这一更正任务已办结")
        _bring(Q(pk=correction.pk), now, on)
    correction.refresh_from_db()
    return correction


def run(on: date, now: datetime) -> None:
    """Bring every dispute and correction that waits up to the day: the nightly source."""
    waiting = Q(answer__upheld=None) | Q(answer__upheld=True, done_on=None)
    _bring(waiting | Q(pk__in=still_standing(KINDS, _PREFIX)), now, on)


def _clock(now: datetime, on: date) -> Clock:
    return Clock(load().corrections, now, on)


def _bring(wanted: Q, now: datetime, on: date) -> None:
    rows = Correction.objects.filter(wanted).select_related("answer__watch").order_by("pk")
    _clock(now, on).bring({f"{_PREFIX}:{one.pk}": list(_owed(one)) for one in rows}, KINDS)


def _owed(one: Correction) -> Iterator[Owed]:
    answer, watch = one.answer, one.answer.watch
    place = Place(watch.court_id, watch.unit_id, one.owner_id)
    words = {"matter": f"{watch.say}（{answer.text}）"}
    if answer.upheld is None:
        place = Place(watch.court_id)  # the office's to do, whoever is in charge of the matter
        yield Owed(DECIDE, answer.on, place, words, confidentiality=watch.confidentiality)
    elif answer.upheld and one.done_on is None and answer.decided_at is not None:
        yield Owed(
            CORRECT, day_of(answer.decided_at), place, words,
            people={"更正人": lambda: [one.owner_id]}, confidentiality=watch.confidentiality,
        )  # fmt: skip
