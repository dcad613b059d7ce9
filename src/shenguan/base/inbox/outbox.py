"""Sending: transitions are claimed once, and each person gets one digest a day."""

from __future__ import annotations

import uuid
from collections import defaultdict
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from shenguan.base.inbox.models import Digest, Notice, Snooze, Transition
from shenguan.base.ops.bulk import insert, updating
from shenguan.core.ladder import SUPERVISE


def claim(*, now: datetime, worker: str = "") -> int:
    """Take every waiting transition out of the outbox; returns how many this worker got.

    One statement moves them from 待发 to 已发 under the worker's own mark, so that a second worker at
    the same moment finds none of them waiting.
    """
    mark = worker or uuid.uuid4().hex
    waiting = Transition.objects.filter(state=Transition.State.WAITING)
    return waiting.update(state=Transition.State.SENT, sent_at=now, worker=mark)


def make_digests(*, on: date, now: datetime) -> int:
    """Put each person's open notices into the digest of the day; returns how many digests.

    1. Notices of matters that have moved on are dropped: they no longer stand.
    2. Snoozed ones wait until the snooze ends; 督办 can't be snoozed.
    3. Whoever has a digest of the day already gets the rest tomorrow.
    """
    with transaction.atomic():
        standing = _without_outdated()
        if not standing:
            return 0
        snoozed = _snoozed(on)
        by_person: dict[int, list[int]] = defaultdict(list)
        for pk, person, level, kind, subject in standing:
            if level == SUPERVISE or (person, kind, subject) not in snoozed:
                by_person[person].append(pk)
        made = insert(
            [Digest(person_id=person, on=on, made_at=now) for person in sorted(by_person)],
            ending="ON CONFLICT DO NOTHING",  # served today already, perhaps by another worker
            returning=("pk", "person"),
        )
        put_in = [(pk, {"digest": digest}) for digest, person in made for pk in by_person[person]]
        updating(Notice, put_in).run()
    return len(made)


def _without_outdated() -> list[tuple[int, int, str, str, str]]:
    """Return (notice, person, level, kind, subject) of open notices; drop those that stand no longer."""
    sent = Q(transition__state=Transition.State.SENT)
    rows = Notice.objects.filter(sent, digest=None, dropped=False).order_by("pk")
    standing, outdated = [], []
    for pk, person, level, rung, kind, subject, *now in rows.values_list(
        "pk", "person_id", "transition__level", "transition__rung", "transition__watch__kind",
        "transition__watch__subject", "transition__watch__level", "transition__watch__rung",
        "transition__watch__silenced",
    ):  # fmt: skip
        if now == [level, rung, False]:
            standing.append((pk, person, level, kind, subject))
        else:
            outdated.append((pk, {"dropped": True}))
    updating(Notice, outdated).run()
    return standing


def _snoozed(on: date) -> set[tuple[int, str, str]]:
    held = Snooze.objects.filter(since__lte=on, until__gt=on)
    return set(held.order_by().values_list("person_id", "kind", "subject"))
