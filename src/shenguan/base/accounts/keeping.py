"""Keeping accounts: one-time passwords, changing one's own, unlocking, stopping.

A password that somebody else has set opens one page only, on which its owner chooses another.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shenguan.base.accounts.models import Account
from shenguan.base.accounts.services import end_session
from shenguan.base.audit import services as audit
from shenguan.base.org.models import Person

# no letters or digits that look alike on paper
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
# the framework's own sentences aren't all translated
WEAK = {
    "password_too_short": _("密码太短，至少10个字符"),
    "password_too_similar": _("密码与用户名太相近"),
    "password_too_common": _("这是常见密码，容易被猜到"),
    "password_entirely_numeric": _("密码不能全是数字"),
}


class AccountRefused(ValueError):  # noqa: N818 - it names the outcome, not a bug
    """What was asked of an account can't be done; the message says why."""


def one_time_password() -> str:
    """Return a fresh password of four groups, about 79 bits, that can be read out."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def issue(*, person: Person, username: str, actor: str, now: datetime) -> str:
    """Open an account for a person, or give theirs a new one-time password; return the password.

    Raises `AccountRefused` for a name that is blank or another's. Running sessions end. The password is
    hashed, a slow thing by design, before the database is held.
    """
    username, password = username.strip(), one_time_password()
    _write(person, username, make_password(password), actor, now)
    return password


@transaction.atomic
def _write(person: Person, username: str, hashed: str, actor: str, now: datetime) -> None:
    account = Account.objects.select_related("user").filter(person=person).first()
    if account is None:
        if not username or len(username) > 150:
            raise AccountRefused("请填写用户名（不超过150字）")
        if User.objects.filter(username=username).exists():
            raise AccountRefused(f"用户名“{username}”已被使用，请另选一个")
        account = Account(person=person, user=User.objects.create(username=username))
    account.user.password = hashed
    account.user.save()
    account.must_change, account.failures, account.locked_until = True, 0, None
    account.save()
    _end_all(account, now)
    _trace(account, "发放一次性密码", actor, now)


@transaction.atomic
def change(account: Account, *, old: str, new: str, keep: str, now: datetime) -> None:
    """Change one's own password; sessions other than `keep` end. Raises `AccountRefused`."""
    if not account.user.check_password(old):
        raise AccountRefused("原密码不正确")
    if old == new:
        raise AccountRefused("新密码不能与原密码相同")
    try:
        validate_password(new, account.user)
    except ValidationError as weak:
        codes = [str(one.code) for one in weak.error_list]
        raise AccountRefused("；".join(str(WEAK.get(code, code)) for code in codes)) from None
    account.user.set_password(new)
    account.user.save(update_fields=["password"])
    Account.objects.filter(pk=account.pk).update(must_change=False)
    _end_all(account, now, keep=keep)
    _trace(account, "修改密码", str(account.person), now)


@transaction.atomic
def unlock(account: Account, *, actor: str, now: datetime) -> None:
    """Let a locked account try again at once."""
    Account.objects.filter(pk=account.pk).update(failures=0, locked_until=None)
    _trace(account, "解除锁定", actor, now)


@transaction.atomic
def stop(account: Account, *, actor: str, now: datetime) -> None:
    """Close an account: no sign-in, no token, no running session; the person's past stays."""
    User.objects.filter(pk=account.user_id).update(is_active=False)
    _end_all(account, now)
    _trace(account, "停用账号", actor, now)


@transaction.atomic
def reopen(account: Account, *, actor: str, now: datetime) -> None:
    """Open a stopped account again."""
    User.objects.filter(pk=account.user_id).update(is_active=True)
    _trace(account, "恢复账号", actor, now)


@transaction.atomic
def drop_second_factor(account: Account, *, actor: str, now: datetime) -> None:
    """Take the second factor off an account whose owner has lost the device."""
    Account.objects.filter(pk=account.pk).update(totp_secret="", last_totp_step=0)
    _end_all(account, now)
    _trace(account, "取消动态口令", actor, now)


def _end_all(account: Account, now: datetime, *, keep: str = "") -> None:
    for key in account.sessions.exclude(session_key=keep).values_list("session_key", flat=True):
        end_session(account, key, now=now, why="账号变动，会话结束")


def _trace(account: Account, action: str, actor: str, now: datetime) -> None:
    audit.append(
        chain=account.person.court.code,
        actor=actor,
        action=action,
        subject=account.user.get_username(),
        now=now,
    )
