"""Bringing a home up to date with the version that runs: its database, its facts."""

from __future__ import annotations

import click
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from shenguan.base.ops import clock
from shenguan.spine.facts import archive
from shenguan.spine.facts import services as facts
from shenguan.spine.indicators import services as indicators
from shenguan.spine.pipeline import catch_up


def bring_up_to_date() -> None:
    """Apply outstanding migrations and finish what a stopped import or an upgrade left behind."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
    catch_up(now=clock.now())


def bring_facts_up_to_date() -> None:
    """Make facts and figures anew where an older version wrote them with other columns."""
    if archive.fits(settings.HOME):
        return
    click.echo("事实表是旧版本的，正在重新生成……", err=True)
    facts.rebuild(settings.HOME, now=clock.now())
    indicators.catch_up(settings.HOME, now=clock.now())
