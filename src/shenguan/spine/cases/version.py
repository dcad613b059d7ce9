"""The version of the registry: a value that differs whenever the rows of cases and clocks may differ."""

from __future__ import annotations

from django.db.models import F

from shenguan.spine.cases import log
from shenguan.spine.cases.models import Cursor

WRITTEN = "rows"


def current() -> tuple[int, int]:
    """Return the version as committed: the log's end, and how often rows were written apart from it.

    An event and the rows of its case are written at once; an import's rows follow its landing.
    """
    written = Cursor.objects.filter(name=WRITTEN).values_list("position", flat=True).first()
    return log.head(), written or 0


def move() -> None:
    """Say that rows are written without an event of their own, in the transaction that writes them."""
    if not Cursor.objects.filter(name=WRITTEN).update(position=F("position") + 1):
        Cursor.objects.create(name=WRITTEN, position=1)
