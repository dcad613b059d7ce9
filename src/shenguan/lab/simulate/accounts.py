"""Demo accounts: one for each post of the demo city, all with one password of this installation."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.db import transaction

from shenguan.base.accounts.models import Account
from shenguan.base.org.models import Appointment, Court

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
        for name, post in NAMES.items():
            holder = Appointment.objects.filter(court=court, post=post).order_by("pk").first()
            if holder is None:
                continue
            username = name if number == 0 else f"{name}{number}"
            user, _made = User.objects.update_or_create(
                username=username, defaults={"password": hashed}
            )
            Account.objects.get_or_create(user=user, defaults={"person": holder.person})
            opened.append(DemoAccount(username, post, court.name))
    _write(home / FILE, password, opened)
    return opened


def _write(file: Path, password: str, opened: list[DemoAccount]) -> None:
    lines = [f"演示账号密码（本机专用）：{password}", ""]
    lines += [f"{one.username}\t{one.post}\t{one.court}" for one in opened]
    file.touch(mode=0o600)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
