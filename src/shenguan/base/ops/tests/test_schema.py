"""A new database is laid out at once and counts as migrated."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys

MIGRATE = """import django
django.setup()
from django.core.management import call_command
from shenguan.base.ops.schema import bring_schema_up_to_date
bring_schema_up_to_date()
call_command("migrate", check_unapplied=True)"""


def test_a_new_database_has_every_table_and_no_migration_left_to_apply(tmp_path):
    environment = os.environ | {"SHENGUAN_HOME": str(tmp_path)}
    environment.pop("SHENGUAN_DATABASE", None)
    subprocess.run([sys.executable, "-c", MIGRATE], env=environment, check=True)
    with sqlite3.connect(tmp_path / "shenguan.sqlite3") as database:
        known = {name for (name,) in database.execute("SELECT model FROM django_content_type")}
        named = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
    assert {"case", "event", "clock"} <= known
    assert {"django_migrations", "cases_case", "cases_event"} <= named
