"""A throw-away home for measuring: a bench never touches the data of the court it runs at."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile


def prepare(at: str = "") -> str:
    """Set Django up on a temporary home that is removed at exit, or on `at` and keep it; return its path.

    Where Django is already set up (tests), its own database is used and the current home returned.
    """
    from django.apps import apps

    if apps.ready:
        return os.environ.get("SHENGUAN_HOME", "")
    home = at or tempfile.mkdtemp(prefix="shenguan-bench-")
    if not at:
        atexit.register(shutil.rmtree, home, ignore_errors=True)
    os.environ["SHENGUAN_HOME"] = home
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shenguan.web.settings")
    import django

    django.setup()
    from shenguan.base.ops.schema import bring_schema_up_to_date

    bring_schema_up_to_date()
    return home
