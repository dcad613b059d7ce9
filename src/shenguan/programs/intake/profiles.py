"""What a person once said the headings of an export mean, so that tomorrow's export asks nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime

from shenguan.programs.intake.layout import Layout, heading_key
from shenguan.programs.intake.models import ImportProfile


def headings_digest(layout: Layout) -> str:
    """Return the mark of one kind of export: its headings, whatever their order."""
    headings = [column.heading for column in layout.columns] + list(layout.unmapped)
    keys = sorted(heading_key(heading) for heading in headings)
    return hashlib.sha256(json.dumps(keys, ensure_ascii=False).encode()).hexdigest()


def learned(layout: Layout) -> dict[str, str] | None:
    """Return the {field: heading} confirmed for such an export, None if nobody was asked yet."""
    profile = ImportProfile.objects.filter(headings_digest=headings_digest(layout)).first()
    return dict(profile.mapping) if profile else None


def remember(layout: Layout, mapping: Mapping[str, str], *, actor: str, now: datetime) -> None:
    """Keep the answers for exports with the same headings."""
    ImportProfile.objects.update_or_create(
        headings_digest=headings_digest(layout),
        defaults={"mapping": dict(mapping), "confirmed_by": actor, "confirmed_at": now},
    )
