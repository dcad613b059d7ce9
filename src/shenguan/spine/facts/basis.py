"""What the facts rest on besides the log: rulebook, code tables, court settings, leading posts.

When any of it changes, rows of cases without news change too; the archive is then made anew.
"""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from shenguan.base.org.models import Appointment, CourtSetting
from shenguan.rulebook import DATA, Rulebook

DERIVATION = 1
"""Raise when the derivation itself changes what a row says."""

_READ = (
    *("facts.yaml", "events.yaml", "tags.yaml", "codes/*", "calendars/*", "timelimits/*"),
    *("codes/**/*.csv",),
)


def basis(rulebook: Rulebook, on: date) -> str:
    """Return a digest of everything outside the log that a fact row depends on, on a day."""
    digest = hashlib.sha256(f"{DERIVATION}".encode())
    for folder in filter(None, (DATA, rulebook.overlay)):
        for path in _files(folder):
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(path.read_bytes())
    settings = CourtSetting.objects.filter(valid_from__lte=on).order_by("pk")
    posts = sorted(rulebook.fact_words.lists["领导职务"])
    held = Appointment.objects.filter(post__in=posts).order_by("pk")
    rows: list[object] = list(settings.values_list("court_id", "key", "value", "valid_from"))
    rows += held.values_list("court_id", "person_id", "valid_from", "valid_to")
    digest.update(repr(rows).encode())
    return digest.hexdigest()[:16]


def _files(folder: Path) -> list[Path]:
    found = {path for pattern in _READ for path in folder.glob(pattern) if path.is_file()}
    return sorted(found)
