"""A court's choices that move cases: set, audited, and the cases they touch computed again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from shenguan.base.audit import services as audit
from shenguan.base.org.choices import Choices
from shenguan.base.org.jurisdiction import subtree
from shenguan.base.org.models import Court, CourtSetting
from shenguan.base.org.services import set_setting
from shenguan.spine import pipeline
from shenguan.spine.cases.models import Case
from shenguan.spine.timelimits.services import ACCEPT_SETTING

_CHUNK = 500


def choose(
    *, court: Court, key: str, value: Any, valid_from: date, basis: str, actor: str, now: datetime
) -> CourtSetting:
    """Choose, and refresh the court's cases and those below: their due dates move with it."""
    setting = note_choice(
        court=court, key=key, value=value, valid_from=valid_from, basis=basis, actor=actor, now=now
    )
    refresh_below(court, now=now)
    return setting


@transaction.atomic
def note_choice(
    *, court: Court, key: str, value: Any, valid_from: date, basis: str, actor: str, now: datetime
) -> CourtSetting:
    """Set a dated choice of a court and leave its audit row: the one door for all of them."""
    setting = set_setting(
        court=court, key=key, value=value, valid_from=valid_from, basis=basis, actor=actor, now=now
    )
    detail = {"取值": value, "起": valid_from.isoformat(), "依据": basis}
    audit.append(chain=court.code, actor=actor, action="设置", subject=key, detail=detail, now=now)
    return setting


def refresh_below(court: Court, *, now: datetime) -> None:
    """Compute the cases of a court and those below it anew, a chunk at a time."""
    cases = Case.objects.filter(court__in=subtree(court)).order_by("pk")
    ids = list(cases.values_list("pk", flat=True))
    for at in range(0, len(ids), _CHUNK):
        pipeline.refresh(ids[at : at + _CHUNK], now=now)


def accept_ours(
    *,
    court: Court,
    which: bool | Sequence[str],
    valid_from: date,
    basis: str,
    actor: str,
    now: datetime,
) -> CourtSetting:
    """Let our due dates govern: for all cases (`True`), or for these rule ids or 类型代字.

    One case alone is accepted by recording the event 采用本系统审限.
    """
    value = which if isinstance(which, bool) else list(which)
    return choose(
        court=court,
        key=ACCEPT_SETTING,
        value=value,
        valid_from=valid_from,
        basis=basis,
        actor=actor,
        now=now,
    )


def accept_rule(
    *, court: Court, rule: str, valid_from: date, basis: str, actor: str, now: datetime
) -> None:
    """Let our due dates govern for one more rule id or 类型代字; nothing to do where all govern."""
    chosen = Choices().value(court.pk, ACCEPT_SETTING, valid_from, default=False)
    if chosen is True:
        return
    before = chosen if isinstance(chosen, list) else []
    accept_ours(
        court=court,
        which=sorted({*before, rule}),
        valid_from=valid_from,
        basis=basis,
        actor=actor,
        now=now,
    )
