"""One interface out of the routers of all subjects, with its mistakes told in Chinese."""

from __future__ import annotations

import json
from datetime import date, time
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.renderers import BaseRenderer

import shenguan
from shenguan.base.approvals.addressing import NobodyDecides
from shenguan.base.approvals.asking import Refused as ApprovalRefused
from shenguan.base.approvals.papers import PaperRefused
from shenguan.core.indicator.facttable import IndicatorError
from shenguan.programs.appeals.services import Refused as AppealsRefused
from shenguan.programs.appraisals.services import Refused as AppraisalRefused
from shenguan.programs.assignment.services import Refused as AssignmentRefused
from shenguan.programs.casereview.planning import Refused as ReviewRefused
from shenguan.programs.freestats.asking import AskError
from shenguan.programs.meetings.services import Refused as MeetingRefused
from shenguan.programs.registering.services import Refused
from shenguan.programs.similar.services import Incomplete
from shenguan.spine.gatekeeping import GateClosed
from shenguan.web.api import (
    appeals,
    appraisals,
    approvals,
    approvals_acts,
    assignment,
    casereview,
    casereview_acts,
    cases,
    events,
    figures,
    freestats,
    hearings,
    imports,
    indicators,
    indicators_more,
    marks,
    meetings,
    orders,
    periods,
    plans,
    registering,
    reports,
    reviews,
    rulebook,
    search,
    similar,
    warnings,
)

VERSION = "v1"


class ChineseJson(BaseRenderer):
    """JSON in which Chinese stays readable."""

    media_type = "application/json"

    def render(self, _request: HttpRequest, data: Any, *, response_status: int) -> str:
        """Return the text of an answer; days and moments are written as ISO 8601."""
        return json.dumps(data, ensure_ascii=False, default=_written)


def _written(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | time) else str(value)


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
ROUTERS = (
    ("/cases", "案件", cases.router),
    ("/cases", "事件", events.router),
    ("/bulk-events", "事件", registering.router),
    ("/search", "案件", search.router),
    ("/warnings", "预警", warnings.router),
    ("/orders", "督办单", orders.router),
    ("/plans", "一案一策", plans.router),
    ("/cases", "审批", approvals.case_router, approvals_acts.case_router, periods.router),
    ("/approvals", "审批", approvals_acts.router, approvals.router),
    ("/cases", "阅核", reviews.case_router),
    ("/reviews", "阅核", reviews.router),
    ("/cases", "四类案件", marks.case_router),
    ("/marks", "四类案件", marks.router),
    ("/assignments", "分案", assignment.router),
    ("/hearings", "庭审", hearings.router),
    ("/case-reviews", "案件评查", casereview.router),
    ("/case-reviews", "案件评查", casereview_acts.router),
    ("/quality", "案件质量", appeals.router),
    ("/cases", "案件质量", appeals.case_router, appraisals.case_router),
    ("/quality/appraisals", "案件质量", appraisals.router),
    ("/quality/meetings", "会议", meetings.ledger_router),
    ("/meetings", "会议", meetings.router),
    ("/figures", "收结存", figures.router),
    ("/indicators", "指标", indicators.router, indicators_more.router),
    ("/freestats", "自由统计", freestats.router),
    ("/reports", "报告", reports.router),
    ("/cases", "类案", similar.case_router),
    ("/similar", "类案", similar.router),
    ("/imports", "接入", imports.router),
    ("/differences", "接入", imports.differences_router),
    ("/quality", "接入", imports.quality_router),
    ("/rulebook", "规则库", rulebook.router),
)
for prefix, tag, *routers in ROUTERS:  # POST /cases stands on the router of cases
    for router in routers:
        api.add_router(prefix, router, tags=[tag])


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


@api.exception_handler(AskError)
def _not_asked_so(request: HttpRequest, error: AskError) -> HttpResponse:
    return _told(request, 422, str(error))


@api.exception_handler(PermissionDenied)
def _not_allowed(request: HttpRequest, _error: PermissionDenied) -> HttpResponse:
    return _told(request, 403, "没有此项职责")


def _declined(request: HttpRequest, problem: Exception | type[Exception]) -> HttpResponse:
    return _told(request, 409, str(problem))


DECLINED = (
    ApprovalRefused, AppealsRefused, AppraisalRefused, AssignmentRefused, MeetingRefused,
    ReviewRefused, PaperRefused, NobodyDecides, Incomplete,
)  # fmt: skip
for declined in DECLINED:
    api.add_exception_handler(declined, _declined)
