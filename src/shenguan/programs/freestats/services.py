"""Keeping and forgetting one's own tables."""

from __future__ import annotations

from datetime import datetime

from shenguan.base.org.models import Person
from shenguan.programs.freestats.asking import Ask, AskError
from shenguan.programs.freestats.models import SavedTable

MOST_KEPT = 100


def save(*, actor: Person, name: str, ask: Ask, now: datetime) -> SavedTable:
    """Keep a table under a name; the same name replaces it. Raises `AskError` without a name."""
    name = name.strip()[:60]
    if not name:
        raise AskError("请填写名称")
    held = SavedTable.objects.filter(owner=actor)
    if held.count() >= MOST_KEPT and not held.filter(name=name).exists():
        raise AskError(f"最多保存{MOST_KEPT}张表，请先删去不用的")
    found, _ = SavedTable.objects.update_or_create(
        owner=actor, name=name, defaults={"query": ask.query, "saved_at": now}
    )
    return found


def forget(*, actor: Person, pk: int) -> None:
    """Delete one of one's own tables."""
    SavedTable.objects.filter(owner=actor, pk=pk).delete()
