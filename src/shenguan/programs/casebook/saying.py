"""The conditions of a list in words, as they stand above a page and on an export."""

from __future__ import annotations

from shenguan.base.org.models import Court, Person, Unit
from shenguan.programs.casebook import marks
from shenguan.programs.casebook.criteria import ALL, STATES, Criteria
from shenguan.rulebook import load
from shenguan.spine.cases.casescope import DEFAULT_CASE_SCOPE

_SPANS = (("filed", "立案"), ("closed", "报结"), ("due", "届满"))


def said(asked: Criteria) -> str:
    """Return the conditions as one Chinese phrase."""
    parts = [*_places(asked), "全部状态" if asked.state == ALL else STATES[asked.state]]
    parts += filter(None, (asked.line, asked.instance, asked.procedure))
    if asked.scope != DEFAULT_CASE_SCOPE:
        parts.append(f"案件范围“{asked.scope}”")
    if asked.cause:
        parts.append(f"案由含“{asked.cause}”")
    if asked.judge_name:
        parts.append(f"承办人含“{asked.judge_name}”")
    if asked.tag:
        parts.append(f"标签“{asked.tag}”")
    if asked.mark:
        parts.append(dict(marks.choices(load().worklists))[asked.mark])
    return "，".join([*parts, *_spans(asked)])


def _places(asked: Criteria) -> list[str]:
    found = []
    for model, pk in ((Court, asked.court), (Unit, asked.unit), (Person, asked.judge)):
        if pk is not None:
            row = model.objects.filter(pk=pk).first()
            found.append(str(row) if row else "（不存在）")
    return found


def _spans(asked: Criteria) -> list[str]:
    found = []
    for name, title in _SPANS:
        start, end = getattr(asked, f"{name}_from"), getattr(asked, f"{name}_to")
        if start or end:
            found.append(f"{title}{start or '……'}至{end or '……'}")
    return found
