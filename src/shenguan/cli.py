"""The `shenguan` command: composition only, each app brings its own commands.

Modules are imported when their command is asked for, so that `shenguan due` starts without Django.
"""

from __future__ import annotations

import os
from importlib import import_module

import click

import shenguan
from shenguan.base.ops import home
from shenguan.base.ui.terminal import speak_chinese

# command name → (module that defines `COMMANDS`, does it need the database?)
MOUNTED: dict[str, tuple[str, bool]] = {
    "due": ("shenguan.spine.timelimits.commands", False),
    "read-judgment": ("shenguan.programs.intake.commands_judgment", False),
    "rulebook": ("shenguan.web.commands_calendar", False),
    "bench": ("shenguan.lab.commands", False),
    "backup": ("shenguan.base.ops.commands", False),
    "restore": ("shenguan.base.ops.commands", False),
    "import": ("shenguan.programs.intake.commands", True),
    "figures": ("shenguan.programs.reports.commands", True),
    "today": ("shenguan.programs.reports.commands", True),
    "checkup": ("shenguan.programs.intake.checkup.commands", True),
    "simulate": ("shenguan.lab.commands_simulate", True),
    "simulate-work": ("shenguan.lab.commands_simulate", True),
    "hooks": ("shenguan.programs.webhooks.commands", True),
    "audit": ("shenguan.base.audit.commands", True),
    "facts": ("shenguan.spine.facts.commands", True),
    "indicators": ("shenguan.spine.indicators.commands", True),
    "official": ("shenguan.programs.official.commands", True),
    "stages": ("shenguan.programs.stages.commands", True),
    "library": ("shenguan.programs.library.commands", True),
    "similar": ("shenguan.programs.similar.commands", False),
    "find": ("shenguan.programs.casebook.commands", True),
    "supervision": ("shenguan.programs.supervision.commands", True),
    "review": ("shenguan.programs.casereview.commands", True),
    "warn": ("shenguan.spine.warnings.commands", True),
    "tick": ("shenguan.web.commands_jobs", True),
    "nights": ("shenguan.web.commands_jobs", True),
    "doctor": ("shenguan.web.commands_jobs", True),
    "weekly": ("shenguan.programs.reports.commands_papers", True),
    "bulletin": ("shenguan.programs.reports.commands_papers", True),
    "analysis": ("shenguan.programs.reports.commands_papers", True),
    "serve": ("shenguan.web.commands", True),
    "migrate": ("shenguan.web.commands", True),
}

# Commands that do without the database, but find one made where the home folder is still empty.
FILLS_EMPTY_HOME = frozenset({"backup"})


def prepare_database() -> None:
    """Set Django up on the home folder and bring an empty or older database up to date."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shenguan.web.settings")
    import django

    django.setup()
    from shenguan.web.database import bring_up_to_date

    bring_up_to_date()


speak_chinese()


class MountedGroup(click.Group):
    """A group that imports a command's module only when the command is wanted."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name every command, sorted."""
        return sorted(MOUNTED)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command, setting the database up first where it needs one."""
        if cmd_name not in MOUNTED:
            return None
        module, needs_database = MOUNTED[cmd_name]
        stand_on_overlay()
        empty = cmd_name in FILLS_EMPTY_HOME and not home.entries(home.current())
        if (needs_database or empty) and not ctx.resilient_parsing:
            prepare_database()
        commands: list[click.Command] = import_module(module).COMMANDS
        return next((command for command in commands if command.name == cmd_name), None)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the names alone: help must not import every module."""
        with formatter.section("命令"):
            formatter.write_dl([(name, "") for name in self.list_commands(ctx)])


def stand_on_overlay() -> None:
    """Let every command read the rulebook with the court's own entries on top."""
    from shenguan import rulebook
    from shenguan.base.ops import home

    rulebook.stand_on(home.overlay)


def _use_home(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    if value:
        os.environ["SHENGUAN_HOME"] = value
    return value


@click.group(cls=MountedGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(shenguan.__version__, prog_name="shenguan")
@click.option(
    "--home", callback=_use_home, is_eager=True, expose_value=False, help="数据目录（默认 var/）"
)
def main() -> None:
    """审管：审判管理系统。"""
