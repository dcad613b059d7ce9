"""People of a demo registry, signed in for the time of a measurement."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from shenguan.base.accounts.models import Account
from shenguan.base.accounts.services import start_session
from shenguan.base.ops import clock
from shenguan.base.org.jurisdiction import in_force
from shenguan.base.org.models import Appointment, Court

# the post of a viewer and where it is held: anywhere, or in the court above the others alone
POSTS: Mapping[str, tuple[tuple[str, ...], bool]] = {
    "院长": (("院长",), False),
    "庭长": (("庭长",), False),
    "法官": (("法官",), False),
    "上级审管办": (("审管办主任", "审管办工作人员"), True),
}
_USERNAME = "bench-"


@dataclass(frozen=True, slots=True)
class Visitor:
    """One person signed in: `headers` open the door."""

    name: str
    headers: Mapping[str, str] = field(repr=False)


def entered(account: Account, now: datetime) -> Client:
    """Return a client signed in as an account, without its password."""
    client = Client(HTTP_HOST="127.0.0.1", raise_request_exception=False)
    client.force_login(account.user)
    start_session(
        account, session_key=str(client.session.session_key), now=now, address="", agent="bench"
    )
    return client


@contextmanager
def visitors(wanted: Mapping[str, int]) -> Iterator[dict[str, list[Visitor]]]:
    """Sign in so many holders of each post, each with an account of this measurement, removed at its end."""
    now = clock.now()
    try:
        yield {
            post: [
                _visitor(person, number, now)
                for number, person in enumerate(_holders(post, many, clock.day_of(now)))
            ]
            for post, many in wanted.items()
        }
    finally:
        User.objects.filter(username__startswith=_USERNAME).delete()


def _visitor(person_id: int, number: int, now: datetime) -> Visitor:
    user = User.objects.create(username=f"{_USERNAME}{secrets.token_hex(4)}-{number}")
    account = Account.objects.create(user=user, person_id=person_id)
    key, token = entered(account, now).session.session_key, secrets.token_hex(16)
    cookies = f"{settings.SESSION_COOKIE_NAME}={key}; {settings.CSRF_COOKIE_NAME}={token}"
    return Visitor(str(account.person), {"Cookie": cookies, "X-CSRFToken": token})


def _holders(post: str, most: int, on: date) -> list[int]:
    """Return people who hold this post and no other, spread over the courts; where they are few, some twice."""
    names, above = POSTS[post]
    held = Appointment.objects.filter(in_force(on)).order_by("court__order", "pk")
    others = held.exclude(post__in=names).values("person")
    rows = held.filter(post__in=names).exclude(person__in=others)
    if above:
        rows = rows.filter(court__in=Court.objects.filter(parent__isnull=False).values("parent"))
    ids = list(dict.fromkeys(rows.values_list("person", flat=True)))
    chosen = ids[:: max(1, len(ids) // most)][:most]
    return [chosen[number % len(chosen)] for number in range(most)] if chosen else []
