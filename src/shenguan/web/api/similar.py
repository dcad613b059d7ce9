"""类案: asking by a text or by a case, and the search record of a case."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Field, Router, Status
from ninja.errors import HttpError

from shenguan.programs.similar import services
from shenguan.programs.similar.forms import MOST_FINDINGS
from shenguan.programs.similar.models import Pleading
from shenguan.programs.similar.pages import case_for, sees_cases, works_on
from shenguan.programs.similar.push import (
    hidden,
    hit_row,
    key_of,
    pleaded,
    question_of,
    seen_from,
)
from shenguan.programs.similar.services import Searched, link
from shenguan.programs.similar.shelf import shelf
from shenguan.web.api.shared import Made, Who, Words

router = Router(by_alias=True)
case_router = Router(by_alias=True)


class QueryIn(Words):
    """What is looked for: a text, or a case with what is pleaded in it."""

    text: str = Field("", alias="文本", max_length=20_000)
    case: int | None = Field(None, alias="案件编号")
    causes: list[str] = Field(default_factory=list, alias="案由", max_length=5)
    size: int = Field(20, alias="条数", ge=1, le=50)


class SimilarOut(Words):
    """A judgment found, and by what."""

    court: str = Field(alias="法院")
    number: str = Field(alias="案号")
    title: str = Field(alias="标题")
    authority: str = Field(alias="权威层级")
    elements: list[str] = Field(alias="共同要素")
    causes: list[str] = Field(alias="共同案由")
    statutes: list[str] = Field(alias="共同法条")


class FindingIn(Words):
    """One case found, and what the judge says of it."""

    case: str = Field(alias="案例", max_length=1000)
    link: str = Field("", alias="链接", max_length=1000)
    verdict: str = Field("", alias="是否类案", max_length=1000)
    reason: str = Field("", alias="理由", max_length=1000)
    followed: str = Field("", alias="是否参照", max_length=1000)
    points: str = Field("", alias="裁判要点", max_length=1000)


class RecordIn(Words):
    """The search record of a case."""

    sources: list[str] = Field(alias="检索平台", min_length=1, max_length=8)
    method: str = Field("", alias="检索方法", max_length=300)
    query: str = Field("", alias="检索词", max_length=300)
    issues: str = Field("", alias="争议焦点", max_length=2000)
    findings: list[FindingIn] = Field(
        default_factory=list, alias="检索结果", max_length=MOST_FINDINGS
    )
    none_found: bool = Field(False, alias="未检索到类案")


def _told(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "法院": row["court"],
        "案号": row["number"],
        "标题": row["title"],
        "权威层级": row["authority"],
        "共同要素": row["elements"],
        "共同案由": row["shared_causes"],
        "共同法条": row["shared_statutes"],
    }


@router.post("", response=list[SimilarOut], summary="类案检索")
def query(request: HttpRequest, given: QueryIn) -> list[dict[str, Any]]:
    """Find similar judgments; a case above one's clearance is never among them."""
    who = Who(request)
    if not sees_cases(request):
        raise Http404
    case = case_for(request, given.case) if given.case is not None else None
    if case is None and not given.text.strip():
        raise HttpError(422, "请给出文本或者案件编号")
    on = shelf()
    if on is None:
        raise HttpError(409, "本院还没有类案索引")
    if case is not None:
        text = given.text.strip() or pleaded(Pleading.objects.filter(case=case))
        question = question_of(case, text, on)
    else:
        question = on.search.ask(given.text, causes=given.causes)
    at = seen_from(case.court if case else who.person.court, who.today)
    found = on.search.run(question, limit=given.size, at=at)
    secret = hidden((key_of(hit.ranked.entry) for hit in found), who.scope.clearance)
    return [_told(hit_row(hit)) for hit in found if key_of(hit.ranked.entry) not in secret]


@case_router.post("/{int:case_id}/similar", response={201: Made}, summary="登记类案检索")
def record(request: HttpRequest, case_id: int, given: RecordIn) -> Status[dict[str, int]]:
    """Record that one searched for similar cases; verdict and reason are the judge's."""
    who = Who(request)
    case = case_for(request, case_id)
    if not works_on(request, case):
        raise HttpError(403, "类案检索由本案承办人、合议庭成员及其法官助理、书记员填写")
    findings = [] if given.none_found else [_finding(one) for one in given.findings]
    searched = Searched(
        sources=[source.strip()[:60] for source in given.sources if source.strip()],
        method=given.method, query=given.query, issues=given.issues, findings=findings,
        none_found=given.none_found,
    )  # fmt: skip
    person = str(who.person)
    services.record_search([case], searched, searcher=person, actor=person, now=who.now)
    return Status(201, {"编号": case.pk})


def _finding(one: FindingIn) -> dict[str, str]:
    row = {
        "case": one.case, "verdict": one.verdict, "reason": one.reason,
        "followed": one.followed, "points": one.points, "link": link(one.link),
    }  # fmt: skip
    return {key: value.strip() for key, value in row.items() if value.strip()}
