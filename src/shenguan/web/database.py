"""Bringing a home's database up to date."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from shenguan.base.ops import clock
from shenguan.spine.pipeline import catch_up


def bring_up_to_date() -> None:
    """Apply outstanding migrations and finish what a stopped import or an upgrade left behind."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
    catch_up(now=clock.now())
