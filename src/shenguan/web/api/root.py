"""One interface out of the routers of all subjects, with its mistakes told in Chinese."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.renderers import BaseRenderer

import shenguan
from shenguan.core.indicator.facttable import IndicatorError
from shenguan.programs.registering.services import Refused
from shenguan.spine.gatekeeping import GateClosed
from shenguan.web.api import cases, events, indicators, warnings

VERSION = "v1"


class ChineseJson(BaseRenderer):
    """JSON in which Chinese stays readable."""

    media_type = "application/json"

    def render(self, _request: HttpRequest, data: Any, *, response_status: int) -> str:
        """Return the text of an answer; days and moments are written as ISO 8601."""
        return json.dumps(data, ensure_ascii=False, default=str)


PROBLEM = {
    "description": "未成功：为什么",
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "required": ["错误"],
                "properties": {"错误": {"type": "string"}},
            }
        }
    },
}


class Interface(NinjaAPI):
    """The interface; its document also says what a refusal looks like."""

    def get_openapi_schema(self, **kwargs: Any) -> Any:
        """Return the OpenAPI document, every operation with the form of its refusals."""
        schema = super().get_openapi_schema(**kwargs)
        for operations in schema["paths"].values():
            for operation in operations.values():
                operation["responses"]["default"] = PROBLEM
        return schema


api = Interface(
    title="审管接口",
    version=shenguan.__version__,
    description=(
        "字段名用官方中文名称。以接口令牌访问：Authorization: Bearer …;看到的不多于令牌所属的人。"
        "写入请求可带 Idempotency-Key，同一键只办一次。"
    ),
    docs_url=None,
    openapi_url="/openapi.json",
    renderer=ChineseJson(),
    urls_namespace="api",
)
api.add_router("/cases", cases.router, tags=["案件"])
api.add_router("/cases", events.router, tags=["事件"])
api.add_router("/warnings", warnings.router, tags=["预警"])
api.add_router("/indicators", indicators.router, tags=["指标"])


def _told(request: HttpRequest, status: int, why: str, **more: Any) -> HttpResponse:
    return api.create_response(request, {"错误": why, **more}, status=status)


@api.exception_handler(ValidationError)
def _unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    places = [
        {"位置": ".".join(str(step) for step in one["loc"]), "说明": one["msg"]}
        for one in error.errors
    ]
    return _told(request, 422, "请求内容读不懂", 详情=places)


@api.exception_handler(Http404)
def _hidden(request: HttpRequest, _error: Http404) -> HttpResponse:
    return _told(request, 404, "没有，或不在可见范围之内")


@api.exception_handler(HttpError)
def _refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    return _told(request, error.status_code, str(error))


@api.exception_handler(Refused)
def _not_registered(request: HttpRequest, error: Refused) -> HttpResponse:
    return _told(request, 409, str(error), 栏目=error.field)


@api.exception_handler(GateClosed)
def _gate(request: HttpRequest, error: GateClosed) -> HttpResponse:
    return _told(request, 409, str(error), 依据=error.gate.id)


@api.exception_handler(IndicatorError)
def _unanswerable(request: HttpRequest, error: IndicatorError) -> HttpResponse:
    return _told(request, 422, str(error))
