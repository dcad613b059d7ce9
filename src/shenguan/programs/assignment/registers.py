"""Adding to the registers that keep judges out of a draw; each addition is audited."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from shenguan.base.audit import services as audit
from shenguan.base.org.models import Person
from shenguan.programs.assignment.models import Away, Relative


def note_absence(data: Mapping[str, Any], *, actor: Person, now: datetime) -> Away:
    """Note that a judge (`person`: id) takes no new cases in `[valid_from, valid_to)`, and why."""
    with transaction.atomic():
        row = Away.objects.create(
            person_id=int(data["person"]),
            reason=data["reason"],
            valid_from=data["valid_from"],
            valid_to=data.get("valid_to"),
            noted_by=str(actor),
            noted_at=now,
        )
        _trace("暂停分案", row.person, actor, now)
    return row


def note_relative(data: Mapping[str, Any], *, actor: Person, now: datetime) -> Relative:
    """Note a name that, as agent or party, keeps a judge (`person`: id) out of a case."""
    with transaction.atomic():
        row = Relative.objects.create(
            person_id=int(data["person"]),
            name=data["name"].strip(),
            relation=data["relation"].strip(),
            valid_from=data.get("valid_from"),
            noted_by=str(actor),
            noted_at=now,
        )
        _trace("登记任职回避信息", row.person, actor, now)
    return row


def _trace(action: str, person: Person, actor: Person, now: datetime) -> None:
    audit.append(
        chain=actor.court.code, actor=str(actor), action=action, subject=str(person), now=now
    )
