"""What is answered where there is nothing, nothing may be seen, or something broke."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from shenguan.base.accounts.middleware import API

NOTHING = "没有，或不在可见范围之内"
FORBIDDEN = "没有此项职责，或页面已过期，请返回重试"
BROKEN = "系统内部错误，已记入日志；本次操作没有生效"


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404: the same words whether it isn't there or mayn't be seen."""
    return _answer(request, 404, NOTHING)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    return _answer(request, 403, FORBIDDEN)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer 500, without anything that could break again."""
    if request.path.startswith(API):
        return _problem(500, BROKEN)
    return HttpResponse(BROKEN, status=500, content_type="text/plain; charset=utf-8")


def _answer(request: HttpRequest, status: int, why: str) -> HttpResponse:
    if request.path.startswith(API):
        return _problem(status, why)
    return render(request, "web/problem.html", {"status": status, "why": why}, status=status)


def _problem(status: int, why: str) -> JsonResponse:
    return JsonResponse({"错误": why}, status=status, json_dumps_params={"ensure_ascii": False})
