"""The same request sent twice is done once: what a key was answered first is what it is answered again.

Source: the `Idempotency-Key` header of draft-ietf-httpapi-idempotency-key-header.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse

from shenguan.base.accounts.models import Account, Kept
from shenguan.base.ops import clock

HEADER = "Idempotency-Key"
LONGEST = 80
KEPT_FOR = timedelta(days=2)


def once(
    request: HttpRequest, account: Account, answer: Callable[[HttpRequest], HttpResponse]
) -> HttpResponse:
    """Answer a request, from what was kept where its key has been seen before.

    409 while the first is still at work, 422 where the key came with another request. What failed on our
    side (5xx) is not kept: it may be tried again.
    """
    key = request.headers.get(HEADER, "")
    if not key:
        return answer(request)
    if len(key) > LONGEST:
        return _refused(422, f"{HEADER} 不得超过 {LONGEST} 个字符")
    asked = _digest(request)
    try:
        with transaction.atomic():
            kept = Kept.objects.create(
                account=account, key=key, request=asked, body=b"", made_at=clock.now()
            )
    except IntegrityError:
        return _again(Kept.objects.get(account=account, key=key), asked)
    try:
        response = answer(request)
    except BaseException:
        kept.delete()
        raise
    if response.status_code >= 500:
        kept.delete()
    else:
        Kept.objects.filter(pk=kept.pk).update(status=response.status_code, body=response.content)
    return response


def _digest(request: HttpRequest) -> str:
    parts = (request.method or "", request.get_full_path(), request.content_type or "")
    return hashlib.sha256("\n".join(parts).encode() + b"\n" + request.body).hexdigest()


def _again(kept: Kept, asked: str) -> HttpResponse:
    if kept.request != asked:
        return _refused(422, "此幂等键已用于另一请求")
    if kept.status is None:
        return _refused(409, "同一请求正在处理")
    response = HttpResponse(bytes(kept.body), status=kept.status, content_type="application/json")
    response.headers["Idempotent-Replayed"] = "true"
    return response


def _refused(status: int, why: str) -> JsonResponse:
    return JsonResponse({"错误": why}, status=status, json_dumps_params={"ensure_ascii": False})


def forget_old() -> int:
    """Drop what was kept long enough; returns how many."""
    return Kept.objects.filter(made_at__lt=clock.now() - KEPT_FOR).delete()[0]
