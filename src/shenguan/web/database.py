"""Bringing a home up to date with the version that runs: its database, its facts."""

from __future__ import annotations

import click
from django.conf import settings

from shenguan.base.ops import clock
from shenguan.base.ops.schema import bring_schema_up_to_date
from shenguan.spine.facts import archive
from shenguan.spine.facts import services as facts
from shenguan.spine.indicators import services as indicators
from shenguan.spine.pipeline import catch_up


def bring_up_to_date() -> None:
    """Make or migrate tables and finish what a stopped import or an upgrade left behind."""
    bring_schema_up_to_date()
    catch_up(now=clock.now())


def bring_facts_up_to_date() -> None:
    """Make facts and figures anew where an older version wrote them with other columns."""
    if archive.fits(settings.HOME):
        return
    click.echo("事实表是旧版本的，正在重新生成……", err=True)
    facts.rebuild(settings.HOME, now=clock.now())
    indicators.catch_up(settings.HOME, now=clock.now())
