"""Lists and papers that leave the platform stay on record: who took which file, when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse

from shenguan.base.audit import services as audit
from shenguan.base.audit.models import AuditRow
from shenguan.base.ops import clock
from shenguan.base.org.models import Person
from shenguan.base.papers.serving import TYPES

_WORD = "导出"


class HandingOutMiddleware:
    """Leaves an audit row for every xlsx, docx and PDF handed out, unless the page has left one itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; note what was taken."""
        began = clock.now()
        response = self.get_response(request)
        access = getattr(request, "access", None)
        if access is not None and response.headers.get("Content-Type") in TYPES.values():
            _note(access.account.person, request.path, response, began)
        return response


def _note(person: Person, path: str, response: HttpResponse, began: datetime) -> None:
    noted = {"chain": person.court.code, "actor": str(person), "at__gte": began}
    if AuditRow.objects.filter(action__startswith=_WORD, **noted).exists():
        return
    file = unquote(response.headers.get("Content-Disposition", "").rpartition("''")[2])
    audit.append(
        chain=person.court.code, actor=str(person), action=f"{_WORD}文件", subject=file[:200],
        detail={"page": unquote(path)}, now=clock.now(),
    )  # fmt: skip
