"""Between the ladder and the inbox: what stands becomes a posting, what was asked a memory."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from shenguan.base.inbox.models import Watch
from shenguan.base.inbox.posting import Posting
from shenguan.base.inbox.roster import Place
from shenguan.core.ladder import Asked
from shenguan.core.warning.rule import Standing
from shenguan.core.warning.standing import Evaluated, Memory
from shenguan.spine.warnings.night import Night


def posting_of(night: Night, standing: Standing, place: Place, confidentiality: int = 0) -> Posting:
    """Return a warning as the inbox takes it, with the people it goes to."""
    return Posting(
        kind=standing.rule.id,
        key=standing.key[:100],
        court_id=place.court_id,
        level=standing.level,
        rung=standing.rung,
        since=standing.since,
        about=standing.about,
        say=standing.say,
        unit_id=place.unit_id,
        owner_id=place.owner_id,
        confidentiality=confidentiality,
        told=partial(night.told, standing, place),
        answer_by=night.answer_by(standing),
        order_due=night.order_due(standing),
    )


def memory_of(watches: Sequence[Watch]) -> Memory:
    """Return what was asked and answered, by rule and key."""
    return {
        (w.kind, w.key): Asked(w.asked_on, w.answer_by, w.answered_on is not None)
        for w in watches
        if w.asked_on is not None and w.answer_by is not None
    }


def together(parts: Sequence[Evaluated]) -> Evaluated:
    """Return what several rules found as one."""
    standing = tuple(one for part in parts for one in part.standing)
    return Evaluated(standing, min((p.next_on for p in parts if p.next_on), default=None))
