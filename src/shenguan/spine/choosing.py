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


def choose(
    *, court: Court, key: str, value: Any, valid_from: date, basis: str, actor: str, now: datetime
) -> CourtSetting:
    """Set a dated choice of a court, leave its audit row, and refresh its cases and those below."""
    with transaction.atomic():
        setting = set_setting(
            court=court,
            key=key,
            value=value,
            valid_from=valid_from,
            basis=basis,
            actor=actor,
            now=now,
        )
        audit.append(
            chain=court.code,
            actor=actor,
            action="设置",
            subject=key,
            detail={"value": value, "from": valid_from.isoformat(), "basis": basis},
            now=now,
        )
    ids = Case.objects.filter(court__in=subtree(court)).order_by("pk").values_list("pk", flat=True)
    pipeline.refresh(list(ids), now=now)
    return setting


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
