"""Indicators: how they are reckoned, why they moved, and what a superior court published instead."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Field, Query, Router

from shenguan.core.indicator.period import Period
from shenguan.programs.freestats import seeing
from shenguan.programs.official import selectors
from shenguan.rulebook import load
from shenguan.spine.cases.selectors import visible_cases
from shenguan.spine.indicators.explain import explain as explained
from shenguan.spine.indicators.services import Question
from shenguan.spine.indicators.why import BY, why
from shenguan.web.api.shared import Who, Words

router = Router(by_alias=True)


class Known(Words):
    """One indicator of the library."""

    code: str = Field(alias="指标")
    name: str = Field(alias="名称")
    group: str = Field(alias="类别")
    needs: list[str] = Field(alias="缺少的数据来源")


class Explained(Words):
    """How an indicator is reckoned."""

    code: str = Field(alias="指标")
    name: str = Field(alias="名称")
    meaning: str = Field(alias="含义")
    direction: str = Field(alias="方向")
    note: str = Field(alias="说明")
    guards: list[str] = Field(alias="关联校验指标")
    versions: list[dict[str, Any]] = Field(alias="版本")


class WhyAsked(Words):
    """Which change; without `比较期` the same period of last year."""

    period: str = Field(alias="统计期", max_length=20, examples=["2026-01..2026-10"])
    against: str = Field("", alias="比较期", max_length=20)


class WhyOut(Words):
    """A change and what it is made of; shares are 0–1."""

    period: str = Field(alias="统计期")
    against: str = Field(alias="比较期")
    value: float | None = Field(alias="值")
    before: float | None = Field(alias="比较期值")
    change: float = Field(alias="变化")
    splits: dict[str, list[dict[str, Any]]] = Field(alias="分解")
    cases: list[dict[str, Any]] = Field(alias="影响最大的案件")


class OfficialOut(Words):
    """本院计算, 上级通报 and 差额."""

    code: str = Field(alias="指标")
    name: str = Field(alias="名称")
    court: str = Field(alias="法院")
    period: str = Field(alias="统计期")
    ours: str = Field(alias="本院计算")
    theirs: str = Field(alias="上级通报")
    gap: str = Field(alias="差额")
    agreement: str = Field(alias="核对")
    source: str = Field(alias="来源")


class OfficialAsked(Words):
    """Of which period; all without one."""

    period: str = Field("", alias="统计期", max_length=20)


@router.get("/library", response=list[Known], summary="指标库")
def library(request: HttpRequest) -> list[dict[str, Any]]:
    """List every indicator; one without its source shows what is missing."""
    known = load().library
    return [
        {
            "指标": one.code,
            "名称": one.name,
            "类别": one.group,
            "缺少的数据来源": list(known.needs(one.versions[-1])),
        }
        for one in known.indicators.values()
    ]


@router.get("/official", response=list[OfficialOut], summary="与上级通报核对")
def official(request: HttpRequest, asked: Query[OfficialAsked]) -> list[dict[str, Any]]:
    """Return official values beside ours, for the courts one sees as a whole."""
    period = Period.parse(asked.period) if asked.period else None
    rows = [row.as_dict() for row in selectors.comparisons(Who(request).scope, period)]
    return [
        {
            "指标": row["code"],
            "名称": row["name"],
            "法院": row["court"],
            "统计期": row["period"],
            "本院计算": row["ours"]["value"],
            "上级通报": row["official"]["value"],
            "差额": row["gap"],
            "核对": row["agreement"],
            "来源": row["source"],
        }
        for row in rows
    ]


def _known(code: str) -> None:
    if code not in load().library.indicators:
        raise Http404


@router.get("/{str:code}/explain", response=Explained, summary="指标怎么算的")
def explain(request: HttpRequest, code: str) -> dict[str, Any]:
    """Return formula, sentences, law and lineage of every version."""
    _known(code)
    told = explained(load().library.indicators[code], load().library)
    return {
        "指标": told["code"],
        "名称": told["name"],
        "含义": told["meaning"],
        "方向": told["direction"],
        "说明": told["note"],
        "关联校验指标": told["guards"],
        "版本": told["versions"],
    }


@router.get("/{str:code}/why", response=WhyOut, summary="指标为什么变化")
def changed(request: HttpRequest, code: str, asked: Query[WhyAsked]) -> dict[str, Any]:
    """Split a change by court, cause, procedure and, for those who may read it, judge."""
    _known(code)
    who = Who(request)
    period = Period.parse(asked.period)
    against = Period.parse(asked.against) if asked.against else period.last_year()
    question = Question(period, (code,))
    plain = tuple(name for name in BY if name != "judge")
    told = why(who.scope, question, against, by=plain).as_dict()
    if seeing.may_name_judges(who.access):
        own = seeing.scope_for(who.access, names_judges=True)
        told["by"] |= why(own, question, against, by=("judge",)).as_dict()["by"]
    ids = [one["case_id"] for one in told["cases"]]
    shown = dict(visible_cases(who.scope).filter(pk__in=ids).values_list("pk", "number"))
    return {
        "统计期": told["period"],
        "比较期": told["against"],
        "值": told["value"],
        "比较期值": told["value_against"],
        "变化": told["change"],
        "分解": told["by"],
        "影响最大的案件": [
            {"案件编号": one["case_id"], "案号": shown[one["case_id"]], "影响": one["effect"]}
            for one in told["cases"]
            if one["case_id"] in shown
        ],
    }
