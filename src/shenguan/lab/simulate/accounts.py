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
from shenguan.base.org.models import Appointment, Court, Person

FILE = "demo-accounts.txt"
# user name → post; the basic court's accounts end in a digit
NAMES = {
    "yuanzhang": "院长",
    "fuyuanzhang": "分管副院长",
    "tingzhang": "庭长",
    "faguan": "法官",
    "zhuli": "法官助理",
    "shujiyuan": "书记员",
    "shenguan": "审管办主任",
    "lian": "立案庭工作人员",
    "tongji": "司法统计人员",
    "zhixing": "执行法官",
    "xitong": "系统管理员",
    "anquan": "安全管理员",
    "shenji": "审计管理员",
}


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


def _write(file: Path, password: str, opened: list[DemoAccount]) -> None:
    lines = [f"演示账号密码（本机专用）：{password}", ""]
    lines += [f"{one.username}\t{one.post}\t{one.court}" for one in opened]
    file.touch(mode=0o600)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
