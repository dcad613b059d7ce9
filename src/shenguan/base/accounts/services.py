"""Signing in and out, with lock-out, a second factor and a trace of everything.

Numbers: five failures lock an account for fifteen minutes; a session ends after thirty minutes without
use and after ten hours at the latest. They are settings of the installation (`SHENGUAN_SESSION_*`).
"""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

import pyotp
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import transaction

from shenguan.base.accounts.models import Account, SignedIn
from shenguan.base.audit import services as audit
from shenguan.base.org.models import Person

MOST_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
_STEP = 30
_SEEN_EVERY = timedelta(minutes=1)


class SignInRefused(ValueError):  # noqa: N818 - it names the outcome, not a bug
    """The person can't be let in; the message says no more than a stranger may know."""


class CodeWanted(SignInRefused):
    """Name and password are right, the code of the second factor is still missing."""


@transaction.atomic
def open_account(*, username: str, password: str, person: Person) -> Account:
    """Make an account for a person, or give an existing one a new password."""
    user, _made = User.objects.get_or_create(username=username)
    user.set_password(password)
    user.save()
    account, _made = Account.objects.get_or_create(user=user, defaults={"person": person})
    return account


def sign_in(
    *, username: str, password: str, code: str = "", now: datetime, address: str = ""
) -> Account:
    """Return the account that name, password and code open; every try leaves an audit row.

    Raises `CodeWanted` where a second factor is set and no code came, `SignInRefused` otherwise.
    """
    account = (
        Account.objects.select_related("user", "person__court")
        .filter(user__username=username)
        .first()
    )
    if account and account.locked_until and account.locked_until > now:
        _trace(account, "登录被拒：已锁定", now, address)
        raise SignInRefused("失败次数过多，账号已锁定，请十五分钟后再试或联系安全管理员")
    # For an unknown name the password is hashed all the same, so that time tells nothing.
    user = authenticate(username=username, password=password)
    if account is None or user is None or user.pk != account.user_id:
        _failed(account, now, address)
        raise SignInRefused("用户名或密码不正确")
    if account.totp_secret:
        _check_code(account, code, now, address)
    Account.objects.filter(pk=account.pk).update(failures=0, locked_until=None)
    _trace(account, "登录", now, address)
    return account


def sign_in_by_provider(account: Account, *, now: datetime, address: str = "") -> Account:
    """Return the account whose person a single sign-on provider vouches for; raises when it is locked.

    The second factor is then the provider's: its code isn't asked for again here.
    """
    if not account.user.is_active or (account.locked_until and account.locked_until > now):
        _trace(account, "登录被拒：已锁定或停用", now, address)
        raise SignInRefused("账号已锁定或停用")
    _trace(account, "单点登录", now, address)
    return account


def _check_code(account: Account, code: str, now: datetime, address: str) -> None:
    if not code:
        raise CodeWanted("请输入动态口令")
    step = int(now.timestamp()) // _STEP
    totp = pyotp.TOTP(account.totp_secret)
    for candidate in (step, step - 1, step + 1):
        if hmac.compare_digest(totp.generate_otp(candidate), code):
            # A code opens the door once: the step is taken only by whoever is first.
            taken = Account.objects.filter(pk=account.pk, last_totp_step__lt=candidate).update(
                last_totp_step=candidate
            )
            if taken:
                return
    _failed(account, now, address)
    raise SignInRefused("动态口令不正确或已经用过")


def _failed(account: Account | None, now: datetime, address: str) -> None:
    if account is None:
        return
    failures = account.failures + 1
    locked = now + LOCKED_FOR if failures >= MOST_FAILURES else None
    Account.objects.filter(pk=account.pk).update(
        failures=0 if locked else failures, locked_until=locked
    )
    _trace(account, "登录失败，账号锁定" if locked else "登录失败", now, address)


def _trace(account: Account, action: str, now: datetime, address: str) -> None:
    audit.append(
        chain=account.person.court.code,
        actor=str(account.person),
        action=action,
        subject=account.user.get_username(),
        detail={"address": address},
        now=now,
    )


def start_session(
    account: Account, *, session_key: str, now: datetime, address: str, agent: str
) -> None:
    """Put a new session on the account's list."""
    SignedIn.objects.create(
        account=account,
        session_key=session_key,
        started_at=now,
        seen_at=now,
        address=address,
        agent=agent[:200],
    )


def still_open(session_key: str, *, now: datetime) -> Account | None:
    """Return the account of a session that is neither idle nor old, and note that it was used."""
    row = (
        SignedIn.objects.select_related("account__user", "account__person__court")
        .filter(session_key=session_key)
        .first()
    )
    if row is None or not row.account.user.is_active:
        return None
    idle, whole = settings.SHENGUAN_SESSION_IDLE, settings.SHENGUAN_SESSION_WHOLE
    if now - row.seen_at > idle or now - row.started_at > whole:
        end_session(row.account, session_key, now=now, why="超时退出")
        return None
    if now - row.seen_at > _SEEN_EVERY:
        SignedIn.objects.filter(pk=row.pk).update(seen_at=now)
    return row.account


@transaction.atomic
def end_session(account: Account, session_key: str, *, now: datetime, why: str = "退出") -> None:
    """End one session of the account's own; another's session isn't touched."""
    if SignedIn.objects.filter(account=account, session_key=session_key).delete()[0]:
        Session.objects.filter(session_key=session_key).delete()
        _trace(account, why, now, "")


def new_secret() -> str:
    """Return a fresh secret for a second factor."""
    return pyotp.random_base32()


@transaction.atomic
def set_second_factor(account: Account, *, secret: str, code: str, now: datetime) -> None:
    """Switch the second factor on, once a code proves that the device has the secret."""
    if not pyotp.TOTP(secret).verify(code, for_time=now, valid_window=1):
        raise SignInRefused("动态口令不正确，请核对手机时间后重试")
    Account.objects.filter(pk=account.pk).update(totp_secret=secret)
    _trace(account, "启用动态口令", now, "")
