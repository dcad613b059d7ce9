"""Indicators: values by any level and period, and the cases behind each number."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Field, Query, Router

from shenguan.core.indicator.period import Period
from shenguan.spine.indicators import selectors, services
from shenguan.spine.indicators.values import Question
from shenguan.web.api.shared import MOST, PAGE, Who, Words

router = Router(by_alias=True)


class Asked(Words):
    """Which values: codes and levels are comma-separated."""

    period: str = Field(alias="统计期", max_length=20, examples=["2026-01..2026-10"])
    codes: str = Field("", alias="指标", max_length=400)
    by: str = Field("", alias="分组", max_length=80, description="court,month …")
    regime: str = Field("", alias="指标体系版本", max_length=40)
    compare: str = Field("", alias="比较", max_length=10, description="yoy,mom")
    as_known: date | None = Field(None, alias="按当时数据还原")


class Values(Words):
    """Rows of figures, each with numerator, denominator, value and what must stand beside it."""

    position: int = Field(alias="数据位置")
    remark: str = Field(alias="说明")
    rows: list[dict[str, Any]] = Field(alias="条目")


class Behind(Words):
    """The cases behind one figure: (编号, 计数)."""

    total: int = Field(alias="总数")
    atoms: list[str] = Field(alias="原子")
    rows: list[tuple[int, int]] = Field(alias="条目")


def _split(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


@router.get("", response=Values, summary="指标值")
def values(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """Return figures within one's scope; rows stand in 机构序, never by size."""
    question = Question(
        period=Period.parse(asked.period),
        codes=_split(asked.codes),
        by=_split(asked.by),
        regime=asked.regime,
        compare=_split(asked.compare),
    )
    found = services.values(Who(request).scope, question, as_known=asked.as_known)
    return {
        "数据位置": found.position,
        "说明": found.remark,
        "条目": [row.as_dict() for row in found.rows],
    }


@router.get("/{str:code}/cases", response=Behind, summary="指标背后的案件")
def behind(
    request: HttpRequest,
    code: str,
    period: str,
    part: Literal["numerator", "denominator"] = "numerator",
    start: Annotated[int, Query(ge=0, le=10**7)] = 0,
    size: Annotated[int, Query(ge=1, le=MOST)] = PAGE,
) -> dict[str, Any]:
    """Return the cases behind the numerator or denominator of a figure over one's scope."""
    question = Question(period=Period.parse(period), codes=(code,))
    found = selectors.cases_behind(
        Who(request).scope, question, part=part, limit=size, offset=start
    )
    return {"总数": found.total, "原子": list(found.atoms), "条目": found.pairs}
