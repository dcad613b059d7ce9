"""`shenguan review draw`: draw a plan, or replay a draw in front of an auditor."""

from __future__ import annotations

import json

import click

from shenguan.base.ops import clock
from shenguan.base.ui.options import format_option


@click.group()
def review() -> None:
    """案件评查:抽取、重放。"""


@review.command()
@click.option("--plan", "plan_id", type=int, required=True, help="方案编号")
@click.option("--seed", default="", help="种子;抽取时必填")
@click.option("--replay", "again", is_flag=True, help="按留存的名单和种子重放,核对结果")
@format_option
def draw(plan_id: int, seed: str, again: bool, fmt: str) -> None:
    """抽取一个方案(只能抽一次),或者 --replay 重放核对;不一致时退出码为1。"""
    from shenguan.programs.casereview.models import Plan

    plan = Plan.objects.select_related("court").filter(pk=plan_id).first()
    if plan is None:
        raise click.ClickException(f"没有第{plan_id}号评查方案")
    if not again:
        _draw(plan_id, seed)
        plan.refresh_from_db()
    elif plan.state == Plan.State.DRAFT:
        raise click.ClickException("方案还没有抽取")
    _replay(plan_id, fmt)


def _draw(plan_id: int, seed: str) -> None:
    from shenguan.base.org.scope import Scope
    from shenguan.programs.casereview import planning
    from shenguan.programs.casereview.models import Plan

    scope, plan = Scope.everything("命令行"), Plan.objects.get(pk=plan_id)
    try:
        planning.draw(scope, plan, seed, person=None, now=clock.now())
    except planning.Refused as refused:
        raise click.ClickException(str(refused)) from refused


def _replay(plan_id: int, fmt: str) -> None:
    from shenguan.programs.casereview import planning
    from shenguan.programs.casereview.models import Draw

    drawn = Draw.objects.get(plan=plan_id)
    made = planning.replay(drawn)
    found = {
        "方案": plan_id, "方法": drawn.method, "种子": drawn.seed, "名单": drawn.size,
        "抽中": drawn.taken, "名单摘要": drawn.frame_digest, "结果摘要": drawn.result_digest,
        "一致": made.same, "案号": list(made.drawn),
    }  # fmt: skip
    if fmt == "json":
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        for name, value in found.items():
            click.echo(f"{name}:{'、'.join(value) if isinstance(value, list) else value}")
    if not made.same:
        raise SystemExit(1)


COMMANDS: list[click.Command] = [review]
