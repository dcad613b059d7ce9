"""The `shenguan` command: composition only, each app brings its own commands.

Modules are imported when their command is asked for, so that `shenguan due` starts without Django.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import NamedTuple

import click

import shenguan
from shenguan.base.ops import home
from shenguan.base.ui.terminal import speak_chinese


class Mounted(NamedTuple):
    """Where a command stands: its module (which has `COMMANDS`), whether it needs the database, its line of help."""

    module: str
    database: bool
    says: str


_JOBS, _OPS = "shenguan.web.commands_jobs", "shenguan.base.ops.commands"
_FIGURES, _PAPERS = (
    "shenguan.programs.reports.commands",
    "shenguan.programs.reports.commands_papers",
)
_SIMULATE = "shenguan.lab.commands_simulate"

SECTIONS: dict[str, dict[str, Mounted]] = {
    "每天": {
        "import": Mounted(
            "shenguan.programs.intake.commands",
            True,
            "接入办案系统的导出、案件表、事件表、裁判文书",
        ),
        "today": Mounted(_FIGURES, True, "超审限、临近届满、扣除过久、长期未结、无动态的案件"),
        "warn": Mounted("shenguan.spine.warnings.commands", True, "某日应有的预警，只列不发"),
        "find": Mounted(
            "shenguan.programs.casebook.commands", True, "按案号、当事人、案由、拼音首字母检索"
        ),
        "checkup": Mounted(
            "shenguan.programs.intake.checkup.commands", True, "《审判数据体检报告》"
        ),
    },
    "指标和报告": {
        "figures": Mounted(_FIGURES, True, "旧存、新收、已结、未结、审限内结案率、审理天数"),
        "indicators": Mounted(
            "shenguan.spine.indicators.commands",
            True,
            "指标：任意层级和统计期；说明、下钻、升降因素",
        ),
        "stages": Mounted("shenguan.programs.stages.commands", True, "阶段用时和上诉在途"),
        "official": Mounted(
            "shenguan.programs.official.commands", True, "上级通报和司法统计的数值，与本院计算比对"
        ),
        "library": Mounted("shenguan.programs.library.commands", True, "由工作簿装入本院指标库"),
        "weekly": Mounted(_PAPERS, True, "周提醒"),
        "bulletin": Mounted(_PAPERS, True, "月通报"),
        "analysis": Mounted(_PAPERS, True, "季度态势分析"),
    },
    "监督和评查": {
        "supervision": Mounted(
            "shenguan.programs.supervision.commands", True, "阅核与四类案件：识别、统计"
        ),
        "review": Mounted("shenguan.programs.casereview.commands", True, "案件评查：抽取、重放"),
    },
    "规则和文书": {
        "due": Mounted("shenguan.spine.timelimits.commands", False, "计算审限届满日，每行一件案件"),
        "rulebook": Mounted(
            "shenguan.web.commands_calendar", False, "检查规则库，查看条目，导入工作日历"
        ),
        "read-judgment": Mounted(
            "shenguan.programs.intake.commands_judgment", False, "读出裁判文书的各项要素"
        ),
        "similar": Mounted(
            "shenguan.programs.similar.commands", False, "类案检索：建索引、检索、评测"
        ),
    },
    "运行和维护": {
        "serve": Mounted("shenguan.web.commands", True, "启动网页服务"),
        "nights": Mounted(_JOBS, True, "守夜：到点运行夜间任务，漏了的一启动就补"),
        "tick": Mounted(_JOBS, True, "运行一次夜间任务"),
        "warm": Mounted(_JOBS, True, "晨间预备：先算好早上打开的数字"),
        "hooks": Mounted("shenguan.programs.webhooks.commands", True, "向已设置的地址推送变化"),
        "staff": Mounted(
            "shenguan.programs.administration.commands", True, "开立三类管理员，装入人员名册"
        ),
        "doctor": Mounted(_JOBS, True, "完整性检查"),
        "audit": Mounted("shenguan.base.audit.commands", True, "审计链：校验与检查点"),
        "facts": Mounted("shenguan.spine.facts.commands", True, "事实表：检查、重建"),
        "migrate": Mounted("shenguan.web.commands", True, "建立数据库或升级到本版本"),
        "backup": Mounted(_OPS, False, "备份数据目录"),
        "restore": Mounted(_OPS, False, "从备份恢复"),
    },
    "演示和测量": {
        "simulate": Mounted(_SIMULATE, True, "虚构的示范市：法院、法官、案件"),
        "simulate-work": Mounted(_SIMULATE, True, "示范市各部门在本系统办的事"),
        "bench": Mounted("shenguan.lab.commands", False, "性能测量"),
    },
}
MOUNTED = {name: mounted for section in SECTIONS.values() for name, mounted in section.items()}

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
        mounted = MOUNTED[cmd_name]
        stand_on_overlay()
        empty = cmd_name in FILLS_EMPTY_HOME and not home.entries(home.current())
        if (mounted.database or empty) and not ctx.resilient_parsing:
            prepare_database()
        commands: list[click.Command] = import_module(mounted.module).COMMANDS
        return next((command for command in commands if command.name == cmd_name), None)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List every command with its line; no module is imported for it."""
        for title, section in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(name, one.says) for name, one in section.items()])


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
