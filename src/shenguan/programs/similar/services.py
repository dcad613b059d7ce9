"""What people do about similar cases: each act ends as an event on the case."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from shenguan.base.ops.clock import day_of
from shenguan.core.similar.duty import Finding, SearchRecord, lacking
from shenguan.programs.similar.duty import ANSWERED, PLEADED, SEARCHED, SERIES, SUBMITTED
from shenguan.programs.similar.models import Pleading
from shenguan.spine.cases.models import Case, Event
from shenguan.spine.pipeline import NewEvent, record
from shenguan.spine.warnings.feeding import note

DOCUMENTS = (
    "起诉状",
    "答辩状",
    "起诉书",
    "上诉状",
    "再审申请书",
    "反诉状",
    "代理意见",
    "庭审笔录摘要",
)
KINDS = ("指导性案例", "入库案例", "其他类案")
IN_REASONING, EXPLAINED = "裁判文书说理", "释明"
MUST_REASON = frozenset({"指导性案例", "入库案例"})
"""These must be answered in the reasoning of the judgment itself."""
LONGEST = 100_000
_SOURCE = "类案检索"


class Incomplete(ValueError):  # noqa: N818 - it names the state of the form, not a bug
    """What a form still lacks (Chinese)."""


@dataclass(frozen=True, slots=True)
class Searched:
    """A search as its judge records it; `findings` as in the event table."""

    sources: Sequence[str]
    method: str = ""
    query: str = ""
    issues: str = ""
    findings: Sequence[Mapping[str, str]] = ()
    none_found: bool = False


def record_search(
    cases: Sequence[Case], searched: Searched, *, searcher: str, actor: str, now: datetime
) -> list[int]:
    """Record one search on a case, or on all cases of a series. Raises `Incomplete`, `GateClosed`.

    An incomplete record is never made: it would not discharge the duty (guiding opinion, art 8).
    """
    on = day_of(now)
    if gaps := lacking(_checked(searched, searcher, on)):
        raise Incomplete("；".join(gaps))
    payload: dict[str, Any] = {
        "searcher": searcher,
        "sources": list(searched.sources),
        "method": searched.method,
        "query": searched.query,
        "issues": searched.issues,
        "findings": [dict(each) for each in searched.findings],
        "none_found": searched.none_found,
        "serves": len(cases),
    }
    if len(cases) > 1:
        payload["series"] = cases[0].number
    events = [NewEvent(case.pk, SEARCHED, on, payload, source=_SOURCE) for case in cases]
    with transaction.atomic():
        for court_id in sorted({case.court_id for case in cases}):
            note(court_id, SEARCHED, on)
        return record(events, actor=actor, now=now)


def _checked(searched: Searched, searcher: str, on: date) -> SearchRecord:
    findings = tuple(
        Finding(*(each.get(key, "") for key in ("case", "verdict", "reason", "followed")))
        for each in searched.findings
    )
    if any(not each.case for each in findings):
        raise Incomplete("检索到的案例须写明案号、案例编号或者名称")
    sources = tuple(searched.sources)
    return SearchRecord(on, searcher, sources, searched.query, findings, searched.none_found)


def take_back_search(event: Event, *, reason: str, actor: str, now: datetime) -> None:
    """Void a search record; it stays in the log."""
    if not reason.strip():
        raise Incomplete("作废检索记录须写明理由")
    assert event.case_id is not None
    payload = {"reason": reason.strip()[:200]}
    void = NewEvent(event.case_id, "作废", day_of(now), payload, voids=event.position)
    record([void], actor=actor, now=now)


def submit_case(case: Case, given: Mapping[str, str], *, actor: str, now: datetime) -> int:
    """Note that a party relies on a case: it must be answered from now on."""
    if given.get("kind") not in KINDS:
        raise Incomplete("请选择所提交案例的种类")
    if not given.get("case", "").strip() and not given.get("entry", "").strip():
        raise Incomplete("请填写案例的案号、名称或者入库编号")
    payload = {key: given.get(key, "").strip()[:300] for key in ("kind", "side", "case", "entry")}
    payload["link"] = link(given.get("link", ""))
    (position,) = record(
        [NewEvent(case.pk, SUBMITTED, day_of(now), payload, source=_SOURCE)], actor=actor, now=now
    )
    return position


def answer_case(
    case: Case, submitted: Event, *, way: str, text: str, actor: str, now: datetime
) -> int:
    """Answer a submitted case: a guiding or library case in the reasoning of the judgment."""
    if way not in (IN_REASONING, EXPLAINED):
        raise Incomplete("请选择回应方式")
    if submitted.payload.get("kind") in MUST_REASON and way != IN_REASONING:
        raise Incomplete("当事人提交指导性案例或者入库案例的，应当在裁判文书说理中回应")
    if not text.strip():
        raise Incomplete("请写明是否参照、参考及理由")
    payload = {"answers": submitted.position, "way": way, "text": text.strip()[:2000]}
    (position,) = record(
        [NewEvent(case.pk, ANSWERED, day_of(now), payload, source=_SOURCE)], actor=actor, now=now
    )
    return position


def register_pleading(
    case: Case, *, document: str, text: str, actor: str, now: datetime
) -> Pleading:
    """Keep the text of a pleading and put its digest into the log."""
    if document not in DOCUMENTS:
        raise Incomplete("请选择文书种类")
    body = text.strip()
    if len(body) < 20:
        raise Incomplete("诉辩内容不足20字，不足以检索类案")
    if len(body) > LONGEST:
        raise Incomplete(f"诉辩内容超过{LONGEST}字，请只录入事实与理由")
    digest = hashlib.sha256(body.encode("utf-8", "replace")).hexdigest()
    payload = {"document": document, "length": len(body), "digest": digest}
    with transaction.atomic():
        record([NewEvent(case.pk, PLEADED, day_of(now), payload)], actor=actor, now=now)
        return Pleading.objects.create(
            case=case, document=document, text=body, digest=digest, added_by=actor, added_at=now
        )


def confirm_series(cases: Sequence[Case], *, reason: str, actor: str, now: datetime) -> list[int]:
    """Confirm that cases form a series, on the log of each."""
    if len(cases) < 2:
        raise Incomplete("系列案至少两件")
    numbers = [case.number for case in cases]
    payload = {"series": numbers[0], "cases": numbers, "reason": reason.strip()[:200]}
    events = [NewEvent(case.pk, SERIES, day_of(now), payload, source=_SOURCE) for case in cases]
    return record(events, actor=actor, now=now)


def link(given: str) -> str:
    """An address that may be shown as a link; anything else is refused."""
    address = given.strip()[:500]
    if address and not address.lower().startswith(("http://", "https://")):
        raise Incomplete("链接须以 http:// 或者 https:// 开头")
    return address
