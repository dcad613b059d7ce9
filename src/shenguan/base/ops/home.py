"""The home folder: all data of one installation, and nothing else, lies in it."""

from __future__ import annotations

import os
from pathlib import Path

DATABASE = "shenguan.sqlite3"
OVERLAY = "overlay"
# Made anew from the program at any start, so neither data nor worth a copy.
DERIVED = frozenset({"static", "cache", "backups"})


def current() -> Path:
    """Return the home folder in force: `SHENGUAN_HOME`, or `var/` where the command was given."""
    return Path(os.environ.get("SHENGUAN_HOME") or "var").resolve()


def overlay() -> Path | None:
    """Return the folder of the court's own rulebook entries, None where it has none."""
    folder = current() / OVERLAY
    return folder if folder.is_dir() else None


def uses_server() -> bool:
    """Tell whether the database lies on a PostgreSQL server instead of in the home folder."""
    return bool(os.environ.get("SHENGUAN_DATABASE"))


def entries(home: Path) -> list[Path]:
    """Return what lies directly in `home` and is data, sorted; nothing where `home` is missing."""
    if not home.is_dir():
        return []
    return sorted(entry for entry in home.iterdir() if entry.name not in DERIVED)
