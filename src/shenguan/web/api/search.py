"""Searching cases: asked by POST, because party names must never stand in an address."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Field, Router

from shenguan.programs.casebook.finding.asked import MOST_LETTERS
from shenguan.programs.casebook.finding.search import MOST, search
from shenguan.spine.cases.models import Case
from shenguan.web.api.cases import CaseOut, told_of
from shenguan.web.api.shared import PAGE, Who, Words

router = Router(by_alias=True)


class SearchIn(Words):
    """What is looked for: number, party, cause, judge, pinyin initials."""

    text: str = Field(alias="检索", min_length=1, max_length=MOST_LETTERS)
    size: int = Field(PAGE, alias="条数", ge=1, le=MOST)


class HitOut(Words):
    """One case found, and by what."""

    case: CaseOut = Field(alias="案件")
    by: list[str] = Field(alias="命中")


class Found(Words):
    """What a search found; `未入索引` cases couldn't be looked at yet."""

    cut: bool = Field(alias="还有更多")
    waiting: int = Field(alias="未入索引")
    rows: list[HitOut] = Field(alias="条目")


@router.post("", response=Found, summary="检索案件")
def find(request: HttpRequest, given: SearchIn) -> dict[str, Any]:
    """Find cases within one's scope, best first; needs no act and changes nothing."""
    who = Who(request)
    found = search(who.scope, given.text, who.today, limit=given.size)
    ids = [hit.row.case.pk for hit in found.hits]
    known = Case.objects.select_related("court", "division", "clock").in_bulk(ids)
    cases = told_of(who, (known[pk] for pk in ids), "检索")
    hit_by = [list(hit.by) for hit in found.hits]
    return {
        "还有更多": found.cut,
        "未入索引": found.waiting,
        "条目": [{"案件": case, "命中": by} for case, by in zip(cases, hit_by, strict=True)],
    }
