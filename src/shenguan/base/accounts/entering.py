"""What every way of signing in ends with: a fresh session on the account's list."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from shenguan.base.accounts import services
from shenguan.base.accounts.models import Account


def address_of(request: HttpRequest) -> str:
    """Return the address a request came from."""
    return str(request.META.get("REMOTE_ADDR", ""))


def let_in(request: HttpRequest, account: Account, *, now: datetime) -> None:
    """Open the account's session in a new session key: a key known before is worth nothing after."""
    request.session.cycle_key()
    request.session.save()
    user_logged_in.send(sender=type(account.user), request=request, user=account.user)
    services.start_session(
        account,
        session_key=request.session.session_key or "",
        now=now,
        address=address_of(request),
        agent=request.headers.get("User-Agent", ""),
    )
