"""`shenguan staff`: the first three administrators of a court, and rosters from the command line."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click
from django.db import transaction

from shenguan.base.accounts import keeping
from shenguan.base.ops import clock
from shenguan.base.org.models import Appointment, Court, Person
from shenguan.base.org.services import court_for
from shenguan.programs.administration import enrolling, granting, roster
from shenguan.programs.administration.reach import OFFICES
from shenguan.programs.administration.staffing import StaffRefused
from shenguan.rulebook import load

ACTOR = "命令行"
USERNAMES = {"系统管理员": "xitong", "安全管理员": "anquan", "审计管理员": "shenji"}


@click.group("staff")
def staff() -> None:
    """机构与账号：为本院开立三类管理员；装入人员名册。"""


@staff.command("admins")
@click.option("--court", "name", required=True, help="法院全称或法院代字，如 示0101")
@click.option("--suffix", default="", help="用户名的后缀，一个系统有几个法院时用")
def admins(name: str, suffix: str) -> None:
    """为一个法院开立系统、安全、审计三类管理员各一名，打印一次性密码；已有的不再开。"""
    codes, now = load().codes, clock.now()
    court = court_for(name, codes, code=name if codes.court(name) else "")
    for post in sorted(OFFICES, key=list(USERNAMES).index):
        if Appointment.objects.filter(court=court, post=post, valid_to=None).exists():
            click.echo(f"{court}已有{post}，未另开")
            continue
        username = f"{USERNAMES[post]}{suffix}"
        try:
            password = _open(court, post, username, now)
        except (StaffRefused, keeping.AccountRefused) as refused:
            raise click.ClickException(f"{post}：{refused}") from refused
        click.echo(f"{post} {username} {password}")
    click.echo(
        "以上密码只显示这一次，首次登录后须修改。之后由系统管理员装入人员名册，安全管理员授权。"
    )


@staff.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--whole", is_flag=True, help="全部在册人员：名册上没有的现任职务列为拟免")
def import_roster(file: Path, whole: bool) -> None:
    """装入人员名册；职务仍由安全管理员在网页上授权。"""
    now = clock.now()
    try:
        read = roster.read(file)
    except roster.RosterError as problem:
        raise click.ClickException(str(problem)) from problem
    courts = list(Court.objects.all())
    done = enrolling.enrol(
        read, courts=courts, whole=whole, actor=ACTOR, on=clock.day_of(now), now=now
    )
    click.echo(
        f"新增人员{done.people}，新设机构{done.units}，拟任{done.proposed}，拟免{done.ending}，"
        f"没有变化{done.unchanged}，未装入{len(done.rejects)}"
    )
    for row in done.rejects:
        click.echo(f"{row.place}：{row.reason}（{row.values}）", err=True)
    for one in done.opening:
        try:
            password = keeping.issue(
                person=one.person, username=one.username, actor=ACTOR, now=clock.now()
            )
        except keeping.AccountRefused as refused:
            click.echo(f"{one.person}：{refused}", err=True)
        else:
            click.echo(f"{one.person.court} {one.person.name} {one.username} {password}")


@transaction.atomic
def _open(court: Court, post: str, username: str, now: datetime) -> str:
    person, _made = Person.objects.get_or_create(court=court, name=post, staff_number="")
    term = granting.Term(person, court, None, post, valid_from=clock.day_of(now))
    granting.give(term, by=None, actor=ACTOR, now=now)
    return keeping.issue(person=person, username=username, actor=ACTOR, now=now)


COMMANDS: list[click.Command] = [staff]
