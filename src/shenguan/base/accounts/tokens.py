"""Tokens: programs that act for a person, with the person's scope and at most the person's acts."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction

from shenguan.base.accounts.access import Access, access_of
from shenguan.base.accounts.models import Account, Token
from shenguan.base.audit import services as audit
from shenguan.base.ops import clock

PREFIX = "sg_"
LONGEST = timedelta(days=366)
_USED_EVERY = timedelta(minutes=1)


class TokenRefused(ValueError):  # noqa: N818 - it names the outcome, not a bug
    """The token can't be made; the message says why."""


@transaction.atomic
def make(
    account: Account,
    *,
    name: str,
    expires_on: date,
    acts: Collection[str] | None,
    now: datetime,
) -> str:
    """Make a token and return its secret, which is shown this once. Raises `TokenRefused`.

    `acts`: None for all the posts allow, empty for reading alone; an act the posts don't have is refused.
    """
    today = clock.day_of(now)
    if not name.strip():
        raise TokenRefused("请写明令牌的用途")
    if not today < expires_on <= today + LONGEST:
        raise TokenRefused("到期日应在明日至一年之内")
    beyond = set(acts or ()) - access_of(account, today).acts
    if beyond:
        raise TokenRefused(f"本人没有这些职责：{'、'.join(sorted(beyond))}")
    secret = PREFIX + secrets.token_urlsafe(32)
    Token.objects.create(
        account=account,
        name=name.strip()[:80],
        digest=digest_of(secret),
        acts=None if acts is None else sorted(acts),
        made_at=now,
        expires_on=expires_on,
    )
    _trace(account, "生成接口令牌", name, now)
    return secret


def digest_of(secret: str) -> str:
    """Return what is kept of a secret: with 256 random bits a plain digest can't be guessed back."""
    return hashlib.sha256(secret.encode()).hexdigest()


def opened_by(secret: str, *, now: datetime) -> Access | None:
    """Return the access a token opens now; None for one unknown, ended, expired or of a closed account."""
    token = (
        Token.objects.select_related("account__user", "account__person__court")
        .filter(digest=digest_of(secret), ended_at=None, expires_on__gte=clock.day_of(now))
        .first()
    )
    if token is None or not token.account.user.is_active:
        return None
    if token.used_at is None or now - token.used_at > _USED_EVERY:
        Token.objects.filter(pk=token.pk).update(used_at=now)
    found = access_of(token.account, clock.day_of(now))
    only = None if token.acts is None else frozenset(token.acts)
    return Access(found.account, found.posts, found.scope, found.acts if only is None else only)


@transaction.atomic
def end(account: Account, token_id: int, *, now: datetime) -> None:
    """End one token of the account's own; another's isn't touched."""
    token = Token.objects.filter(account=account, pk=token_id, ended_at=None).first()
    if token:
        Token.objects.filter(pk=token.pk).update(ended_at=now)
        _trace(account, "停用接口令牌", token.name, now)


def _trace(account: Account, action: str, name: str, now: datetime) -> None:
    audit.append(
        chain=account.person.court.code,
        actor=str(account.person),
        action=action,
        subject=name,
        now=now,
    )
