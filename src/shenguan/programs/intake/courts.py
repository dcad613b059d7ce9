"""The courts an import can meet: the nation's code table and those an installation has entered itself."""

from __future__ import annotations

from functools import lru_cache

from shenguan.base.org.models import Court
from shenguan.core.casenumber import Codes
from shenguan.core.casenumber import Court as CodedCourt

UNLISTED = "x:"


def known_courts(codes: Codes) -> Codes:
    """Return `codes` with the courts of this installation that the table doesn't hold."""
    held = Court.objects.exclude(code__startswith=UNLISTED).select_related("parent")
    entered = tuple(
        CodedCourt(
            code=court.code,
            name=court.name,
            level=court.level,
            province="",
            parent_code=court.parent.code if court.parent else "",
            status="rule",
        )
        for court in held.order_by("code")
        if codes.court(court.code) is None
    )
    return _with(codes, entered) if entered else codes


@lru_cache(maxsize=2)
def _with(codes: Codes, entered: tuple[CodedCourt, ...]) -> Codes:
    """Indexing thousands of courts takes longer than checking a chunk of cases."""
    return Codes((*codes.courts, *entered), codes.case_types)


def own_code(court: Court) -> str | None:
    """Return the code a court is known by, None for one only ever seen by name."""
    return None if court.code.startswith(UNLISTED) else court.code
