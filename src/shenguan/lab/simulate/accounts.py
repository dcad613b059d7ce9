"""Demo accounts: one for each post of the demo city, all with one password of this installation."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, Q

from shenguan.base.accounts.models import Account
from shenguan.base.org.models import Appointment, Court, Person, Unit
from shenguan.lab.simulate.organise import OPENED_ON

FILE = "demo-accounts.txt"
# user name → post; the basic court's accounts end in a digit
NAMES = {
    "yuanzhang": "院长",
    "fuyuanzhang": "分管副院长",
    "zhuanwei": "审委会专职委员",
    "tingzhang": "庭长",
    "futingzhang": "副庭长",
    "fating": "人民法庭庭长",
    "tuandui": "团队负责人",
    "shenpanzhang": "审判长",
    "faguan": "法官",
    "zhuli": "法官助理",
    "shujiyuan": "书记员",
    "shenguan": "审管办主任",
    "shenguanyuan": "审管办工作人员",
    "shenjian": "审监庭法官",
    "lian": "立案庭工作人员",
    "tiaojie": "调解员",
    "zhixingju": "执行局局长",
    "zhixing": "执行法官",
    "zhixingyuan": "执行员",
    "duban": "督办人员",
    "kaohe": "考核人员",
    "tongji": "司法统计人员",
    "ducha": "督察人员",
    "xitong": "系统管理员",
    "anquan": "安全管理员",
    "shenji": "审计管理员",
}
# posts that the city's plan leaves open: post → how the holder is called, in which unit
_WITH_THE_JUDGE = ""
OPEN_POSTS = {
    "审委会专职委员": ("专委", _WITH_THE_JUDGE),
    "副庭长": ("副庭长", _WITH_THE_JUDGE),
    "团队负责人": ("团队长", _WITH_THE_JUDGE),
    "审判长": ("", _WITH_THE_JUDGE),
    "审监庭法官": ("", "审判监督庭"),
    "执行员": ("执行员", "执行局"),
    "调解员": ("调解员", "立案庭"),
    "督办人员": ("督办", "督察室"),
}
"""Without a name of one's own: a judge of the unit, who has cases."""


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """A user name with the post and court it opens."""

    username: str
    post: str
    court: str


@transaction.atomic
def open_demo_accounts(home: Path) -> list[DemoAccount]:
    """Open an account for each post in the intermediate and the first basic court.

    The password is drawn once and written to `demo-accounts.txt` in the home, for its owner alone.
    """
    password = secrets.token_urlsafe(9)
    hashed = make_password(password)  # argon2 is slow on purpose: hash it once
    opened = []
    courts = Court.objects.filter(code__startswith="示").order_by("order")[:2]
    for number, court in enumerate(courts):
        holders = _holders(court)
        holders |= _fill(court, holders)
        for name, post in NAMES.items():
            holder = holders.get(post)
            if holder is None:
                continue
            username = name if number == 0 else f"{name}{number}"
            user, _made = User.objects.update_or_create(
                username=username, defaults={"password": hashed}
            )
            Account.objects.get_or_create(user=user, defaults={"person": holder})
            opened.append(DemoAccount(username, post, court.name))
    _write(home / FILE, password, opened)
    return opened


def _holders(court: Court) -> dict[str, Person]:
    """Return one person for each post; judge, chief and vice-president belong to one division.

    The judge is the one with most pending cases who is no chief, so that there is something to see.
    """
    held = Appointment.objects.filter(court=court).select_related("person", "unit").order_by("pk")
    first: dict[str, Person] = {}
    for appointment in held:
        first.setdefault(appointment.post, appointment.person)
    chiefs = held.filter(post="庭长")
    pending = Count("person__cases", filter=Q(person__cases__closed_on=None))
    judge = (
        held.filter(post="法官", unit__in=chiefs.values("unit"))
        .exclude(person__in=chiefs.values("person"))
        .annotate(pending=pending)
        .order_by("-pending", "pk")
        .first()
    )
    if judge is not None:
        first["法官"] = judge.person
        for post in ("庭长", "分管副院长"):
            over = held.filter(post=post, unit=judge.unit).first()
            if over is not None:
                first[post] = over.person
        for post in ("法官助理", "书记员"):
            serving = held.filter(post=post, serves=judge.person).first()
            if serving is not None:
                first[post] = serving.person
    return first


def _fill(court: Court, holders: dict[str, Person]) -> dict[str, Person]:
    """Appoint someone to each post that the city leaves open, where there is such a unit; return them."""
    found: dict[str, Person] = {}
    units = Unit.objects.filter(court=court).order_by("pk")
    with_judge = units.filter(appointments__person=holders.get("法官")).first()
    for post, (name, place) in OPEN_POSTS.items():
        unit = units.filter(name=place).first() if place else with_judge
        if post in holders or unit is None:
            continue
        if name:
            called = holders["院长"].name.replace("院长", name)
            person, _made = Person.objects.get_or_create(court=court, name=called)
        else:
            person = _judge_of(unit, apart=set(holders.values()))
        Appointment.objects.get_or_create(
            person=person, court=court, unit=unit, post=post, defaults={"valid_from": OPENED_ON}
        )
        found[post] = person
    return found


def _judge_of(unit: Unit, apart: set[Person]) -> Person:
    """Return a judge of the unit, one who holds no other demo account if there is one."""
    held = (
        Appointment.objects.filter(unit=unit, post="法官").select_related("person").order_by("pk")
    )
    people = [one.person for one in held]
    return next((one for one in people if one not in apart), people[0])


def _write(file: Path, password: str, opened: list[DemoAccount]) -> None:
    lines = [f"演示账号密码（本机专用）：{password}", ""]
    lines += [f"{one.username}\t{one.post}\t{one.court}" for one in opened]
    file.touch(mode=0o600)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
