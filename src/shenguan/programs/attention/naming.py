"""What a warning is called, and which case it is about."""

from __future__ import annotations

from shenguan.base.inbox.directing import NAME
from shenguan.base.inbox.models import Watch
from shenguan.base.inbox.orders import DIRECTED
from shenguan.rulebook import load


def names() -> dict[str, str]:
    """Return the names of the kinds of warning."""
    return {DIRECTED: NAME, **{rule.id: rule.name for rule in load().warnings}}


def case_of(watch: Watch) -> int | None:
    """Return the id of the case a warning is about."""
    kind, _, key = watch.subject.partition(":")
    return int(key) if kind == "case" and key.isdigit() else None
