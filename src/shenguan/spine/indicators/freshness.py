"""Keeping the cube close enough to the log for a page that shows figures."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from shenguan.spine.cases import log
from shenguan.spine.facts import archive
from shenguan.spine.indicators import services

MOST_BEHIND = 5_000
"""Events that a page may catch up with by itself; more is the nightly job's work."""


def keep_fresh(home: Path, *, now: datetime) -> int:
    """Bring facts and cube up to the log when that is quick; return how many events are still missing.

    A home without an archive is given one when its log is short, so that a first sign-in sees figures.
    """
    manifest = archive.manifest(home)
    behind = log.head() - (manifest.position if manifest else 0)
    limit = MOST_BEHIND if manifest else MOST_BEHIND * 20
    if 0 < behind <= limit:
        services.catch_up(home, now=now)
        return 0
    return behind
