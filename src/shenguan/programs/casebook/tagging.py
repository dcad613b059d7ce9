"""Saying whether a tag is right: each word of a person is an event of the case."""

from __future__ import annotations

from datetime import datetime

from shenguan.base.ops.clock import day_of
from shenguan.rulebook import load
from shenguan.spine.cases.models import Case
from shenguan.spine.pipeline import NewEvent, record

CONFIRM, DISMISS = "标签确认", "标签取消"


class TagRefused(ValueError):  # noqa: N818 - it says what was refused, not that something broke
    """Why a tag can't be set or taken away (Chinese)."""


def say(*, case: Case, tag: str, right: bool, reason: str, actor: str, now: datetime) -> None:
    """Confirm a tag of a case (or add one of the rulebook's), or take it away with a reason.

    Raises `TagRefused`, and `GateClosed` where the log doesn't allow it.
    """
    tag, reason = tag.strip(), reason.strip()
    if tag not in case.tags and tag not in load().tags.rules:
        raise TagRefused(f"没有名为“{tag}”的领域或标签")
    if not right and not reason:
        raise TagRefused("取消标签须写明理由")
    if right and case.tags.get(tag) == "确认":
        raise TagRefused(f"标签“{tag}”已经确认")
    payload = {"tag": tag, **({"reason": reason[:200]} if reason else {})}
    event = NewEvent(case.pk, CONFIRM if right else DISMISS, day_of(now), payload)
    record([event], actor=actor, now=now)
