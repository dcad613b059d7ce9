"""Telling other systems: each change of level once to each address, signed, tried again for a day.

What is sent names the case by its number and never a party; the receiver reads the rest through the
interface, with its own scope. The signature is HMAC-SHA256 over `moment.body` (RFC 2104).
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import F

from shenguan.base.audit import services as audit
from shenguan.base.inbox.models import Transition
from shenguan.base.org.jurisdiction import subtree
from shenguan.base.org.models import Court
from shenguan.programs.webhooks.models import Delivery, Hook

WAITS = tuple(timedelta(minutes=n) for n in (1, 5, 30, 120, 480, 960))
"""Until the next try after the first, second … failure: about a day in all."""
TIMEOUT = 10  # seconds
PORTION = 500
Send = Callable[[str, bytes, Mapping[str, str]], int]


class HookRefused(ValueError):  # noqa: N818 - it names the outcome, not a bug
    """The address can't be set; the message says why."""


@transaction.atomic
def open_hook(*, court: Court, name: str, address: str, actor: str, now: datetime) -> Hook:
    """Set an address and return it with its fresh secret; it is told of what changes from now on."""
    parts = urlsplit(address.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise HookRefused("地址应以 http:// 或 https:// 开头")
    if not name.strip():
        raise HookRefused("请写明接收系统")
    last = Transition.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    hook = Hook.objects.create(
        court=court,
        name=name.strip()[:80],
        address=address.strip()[:300],
        secret=secrets.token_hex(32),
        cursor=last,
        made_at=now,
    )
    audit.append(chain=court.code, actor=actor, action="设置推送地址", subject=hook.name, now=now)
    return hook


@transaction.atomic
def close_hook(hook: Hook, *, actor: str, now: datetime) -> None:
    """Tell an address nothing more."""
    Hook.objects.filter(pk=hook.pk).update(active=False)
    audit.append(
        chain=hook.court.code, actor=actor, action="停用推送地址", subject=hook.name, now=now
    )


def collect(*, now: datetime) -> int:
    """Put every change since the cursor on the list of each address; returns how many. Idempotent."""
    return sum(_collect(hook, now) for hook in Hook.objects.filter(active=True))


@transaction.atomic
def _collect(hook: Hook, now: datetime) -> int:
    """Take the hook's new changes; ordinary ones only, what is sensitive never leaves."""
    rows = Transition.objects.filter(
        pk__gt=hook.cursor,
        watch__court__in=subtree(hook.court),
        watch__confidentiality=0,
    ).order_by("pk")
    ids = list(rows.values_list("pk", flat=True))
    Delivery.objects.bulk_create(
        [Delivery(hook=hook, transition_id=pk, next_at=now) for pk in ids],
        ignore_conflicts=True,
    )
    if ids:
        Hook.objects.filter(pk=hook.pk).update(cursor=ids[-1])
    return len(ids)


def deliver(*, now: datetime, send: Send | None = None) -> tuple[int, int]:
    """Tell what is due; returns (told, failed). A failed one waits longer each time, then is given up."""
    told = failed = 0
    due = Delivery.objects.filter(
        state=Delivery.State.WAITING, next_at__lte=now, hook__active=True
    ).select_related("hook", "transition__watch__court")
    for one in due[:PORTION]:
        # whoever moves the moment takes it: a second worker finds nothing due
        taken = Delivery.objects.filter(pk=one.pk, next_at=one.next_at, tries=one.tries).update(
            next_at=now + timedelta(seconds=2 * TIMEOUT), tries=F("tries") + 1
        )
        if not taken:
            continue
        ok, said = _tell(one, now, send or post)
        _note(one, ok, said, now)
        told, failed = told + ok, failed + (not ok)
    return told, failed


def _tell(one: Delivery, now: datetime, send: Send) -> tuple[bool, str]:
    body = json.dumps(message(one.transition), ensure_ascii=False).encode()
    moment = str(int(now.timestamp()))
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "X-Shenguan-Delivery": str(one.pk),
        "X-Shenguan-Time": moment,
        "X-Shenguan-Signature": signature(one.hook.secret, moment, body),
    }
    try:
        status = send(one.hook.address, body, headers)
    except OSError as error:
        return False, str(error)[:200]
    return 200 <= status < 300, f"HTTP {status}"


def _note(one: Delivery, ok: bool, said: str, now: datetime) -> None:
    states = Delivery.State
    if ok:
        values: dict[str, object] = {"state": states.DONE}
    elif one.tries >= len(WAITS):
        values = {"state": states.LOST}
    else:
        values = {"next_at": now + WAITS[one.tries]}
    Delivery.objects.filter(pk=one.pk).update(said=said, **values)


def message(change: Transition) -> dict[str, object]:
    """Return what is told of a change."""
    watch = change.watch
    return {
        "变化": change.pk,
        "预警": watch.pk,
        "种类": watch.kind,
        "对象": watch.subject,
        "法院": watch.court.name,
        "日期": change.on.isoformat(),
        "原级别": change.old_level,
        "级别": change.level,
    }


def signature(secret: str, moment: str, body: bytes) -> str:
    """Return the signature a receiver compares: hex of HMAC-SHA256 over `moment.body`."""
    return hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()


class _Stay(urllib.request.HTTPRedirectHandler):
    """A receiver can't send us elsewhere: the address was set by a person, and only that is told."""

    def redirect_request(self, *_args: object, **_kwargs: object) -> None:
        """Follow no redirect."""


def post(address: str, body: bytes, headers: Mapping[str, str]) -> int:
    """Post to an address without proxies or redirects; returns the status, raises `OSError`."""
    request = urllib.request.Request(address, body, dict(headers), method="POST")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Stay)
    try:
        with opener.open(request, timeout=TIMEOUT) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code
