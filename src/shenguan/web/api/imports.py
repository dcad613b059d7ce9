"""Importing exports of the court's own system, and what it leaves to look at."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, File, Form, Query, Router, Status
from ninja.errors import HttpError
from ninja.files import UploadedFile

from shenguan.programs.intake import selectors, uploads
from shenguan.programs.intake.models import Finding, RejectedRow, Upload
from shenguan.programs.intake.views import ACT, rejects_of
from shenguan.programs.intake.views_lists import OURS, SETTING
from shenguan.rulebook import load
from shenguan.spine import choosing
from shenguan.spine.pipeline import NewEvent, record
from shenguan.spine.timelimits.reconciling import Difference
from shenguan.spine.timelimits.selectors import reconciliation
from shenguan.web.api.shared import Page, Part, Who, Words, page_of, refusing

router = Router(by_alias=True)
differences_router = Router(by_alias=True)
quality_router = Router(by_alias=True)


class UploadOut(Words):
    """One file handed in: how far it is, or what came of it."""

    id: int = Field(alias="编号")
    file_name: str = Field(alias="文件")
    court: str = Field(alias="法院")
    state: str = Field(alias="状态")
    step: str = Field(alias="进行到")
    percent: int = Field(alias="百分比")
    error: str = Field(alias="未成功的原因")
    on: date = Field(alias="数据日期")
    asked_at: datetime = Field(alias="提交时间")
    report: dict[str, Any] = Field(alias="结果")


class UploadIn(Words):
    """What the file is: all pending cases of the court, or a part; as of which day."""

    snapshot: bool = Field(False, alias="全量快照")
    on: date | None = Field(None, alias="数据日期")


class AgainIn(Words):
    """What a person says of a file's headings and changed numbers."""

    mapping: dict[str, str] = Field(
        default_factory=dict, alias="栏目", description="本系统栏目: 文件中的标题", max_length=200
    )
    accepted: list[tuple[str, str]] = Field(
        default_factory=list, alias="案号变更", max_length=5000, description="[旧案号, 新案号]"
    )


class AcceptRuleIn(Words):
    """Letting our dates govern in all cases of one rule of one's court, on a written basis."""

    rule: str = Field(alias="规则编号", min_length=1, max_length=80)
    basis: str = Field(alias="依据", min_length=1, max_length=200)


class RejectOut(Words):
    """A row or a field that didn't go in."""

    place: str = Field(alias="位置")
    field: str = Field(alias="栏目")
    reason: str = Field(alias="原因")
    original: dict[str, Any] = Field(alias="原始内容")


class DifferenceOut(Words):
    """A due date of the court's own system that isn't ours."""

    case: int = Field(alias="案件编号")
    number: str = Field(alias="案号")
    due: date | None = Field(alias="本系统届满日")
    recorded: date = Field(alias="原系统届满日")
    days: int | None = Field(alias="相差天数")
    reason: str = Field(alias="可能原因")
    derivation: str = Field(alias="推算过程")


class AcceptIn(Words):
    """Letting our date govern in these cases, on a basis."""

    cases: list[int] = Field(alias="案件编号", min_length=1, max_length=500)
    why: str = Field(alias="依据", min_length=1, max_length=300)


class Accepted(Words):
    """In how many cases our date governs now."""

    count: int = Field(alias="已采用")


class FindingOut(Words):
    """One thing odd with a case's data."""

    case: int = Field(alias="案件编号")
    number: str = Field(alias="案号")
    check: str = Field(alias="检查项")
    severity: str = Field(alias="程度")
    message: str = Field(alias="说明")
    place: str = Field(alias="位置")


class QualityAsked(Part):
    """Of one check, or all."""

    check: str = Field("", alias="检查项编号", max_length=60)


def _told(found: Upload) -> dict[str, Any]:
    return {
        "编号": found.pk,
        "文件": found.file_name,
        "法院": found.court.name,
        "状态": found.state,
        "进行到": found.step,
        "百分比": found.percent,
        "未成功的原因": found.error,
        "数据日期": found.on,
        "提交时间": found.asked_at,
        "结果": found.report,
    }


def _importer(request: HttpRequest) -> Who:
    who = Who(request)
    who.must(ACT)
    return who


def _upload(who: Who, upload_id: int) -> Upload:
    rows = selectors.visible_uploads(who.scope).select_related("court")
    found: Upload = get_object_or_404(rows, pk=upload_id)
    return found


@router.get("", response=Page[UploadOut], summary="导入一览")
def imports(request: HttpRequest, part: Query[Part]) -> dict[str, Any]:
    """List the files handed in, the latest first."""
    rows = selectors.visible_uploads(_importer(request).scope).select_related("court")
    return page_of(rows, part.start, part.size, _told)


@router.post("", response={201: UploadOut}, summary="导入文件")
def receive(
    request: HttpRequest, given: Form[UploadIn], file: File[UploadedFile]
) -> Status[dict[str, Any]]:
    """Hand a file in as multipart/form-data; it is imported in the background."""
    who = _importer(request)
    with refusing(uploads.UploadRefusedError):
        made = uploads.receive(
            file, court=who.person.court, snapshot=given.snapshot, on=given.on or who.today,
            actor=who.person, now=who.now,
        )  # fmt: skip
    return Status(201, _told(_upload(who, made.pk)))


@router.get("/{int:upload_id}", response=UploadOut, summary="导入进度和结果")
def upload(request: HttpRequest, upload_id: int) -> dict[str, Any]:
    """Return how far an import is, or what came of it."""
    return _told(_upload(_importer(request), upload_id))


@router.post("/{int:upload_id}/again", response=UploadOut, summary="按确认的栏目再次导入")
def again(request: HttpRequest, upload_id: int, given: AgainIn) -> dict[str, Any]:
    """Import the same file once more; the same rows twice change nothing."""
    who = _importer(request)
    found = _upload(who, upload_id)
    known = {spec.name for spec in load().intake.case}
    if unknown := sorted(set(given.mapping) - known):
        raise HttpError(422, f"没有栏目：{'、'.join(unknown)}；可用：{'、'.join(sorted(known))}")
    proposed = {(one["old"], one["new"]) for one in found.report.get("renumbered", [])}
    if set(given.accepted) - proposed:
        raise HttpError(422, "案号变更只能从导入结果所列的中选取")
    with refusing(uploads.UploadRefusedError):
        uploads.again(
            found, mapping=given.mapping, accepted=given.accepted, actor=who.person, now=who.now
        )
    return _told(_upload(who, upload_id))


@router.get("/{int:upload_id}/rejects", response=Page[RejectOut], summary="拒收内容")
def rejects(request: HttpRequest, upload_id: int, part: Query[Part]) -> dict[str, Any]:
    """List what did not go in, in the order of the file."""
    rows = rejects_of(_upload(_importer(request), upload_id))
    return page_of(rows, part.start, part.size, _rejected)


def _rejected(row: RejectedRow) -> dict[str, Any]:
    return {
        "位置": row.place,
        "栏目": row.field,
        "原因": row.reason,
        "原始内容": row.original,
    }


def _difference(one: Difference) -> dict[str, Any]:
    return {
        "案件编号": one.case_id,
        "案号": one.number,
        "本系统届满日": one.due,
        "原系统届满日": one.recorded_due,
        "相差天数": one.days,
        "可能原因": one.reason,
        "推算过程": one.derivation,
    }


def _standing(who: Who) -> list[Difference]:
    return [one for one in reconciliation(who.scope) if not one.accepted]


@differences_router.get("", response=Page[DifferenceOut], summary="届满日期对账")
def differences(request: HttpRequest, part: Query[Part]) -> dict[str, Any]:
    """List the due dates that differ, with both derivations."""
    return page_of(_standing(_importer(request)), part.start, part.size, _difference)


@differences_router.post("/accept", response=Accepted, summary="采用本系统审限")
def accept(request: HttpRequest, given: AcceptIn) -> dict[str, int]:
    """Let our date govern in the named cases; each is an event with its reason. All or none."""
    who = _importer(request)
    wanted = set(given.cases)
    ids = [one.case_id for one in _standing(who) if one.case_id in wanted]
    if len(ids) < len(wanted):
        raise HttpError(404, "有的案件不在对账清单之内，没有办理")
    events = [NewEvent(pk, OURS, who.today, {"reason": given.why}, source="对账") for pk in ids]
    record(events, actor=str(who.person), now=who.now)
    return {"已采用": len(ids)}


@differences_router.post("/accept-rule", response=Accepted, summary="一类案件采用本系统审限")
def accept_rule(request: HttpRequest, given: AcceptRuleIn) -> dict[str, int]:
    """Let our dates govern in all cases of one rule of one's own court, from today."""
    who = _importer(request)
    who.must(SETTING)
    count = sum(one.rule_id == given.rule for one in _standing(who))
    if not count:
        raise HttpError(404, "对账清单中没有适用这条规则的案件，没有办理")
    choosing.accept_rule(
        court=who.person.court, rule=given.rule, valid_from=who.today, basis=given.basis,
        actor=str(who.person), now=who.now,
    )  # fmt: skip
    return {"已采用": count}


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "案件编号": one.case_id,
        "案号": one.case.number,
        "检查项": one.name,
        "程度": one.severity,
        "说明": one.message,
        "位置": one.place,
    }


@quality_router.get("", response=Page[FindingOut], summary="数据更正清单")
def quality(request: HttpRequest, asked: Query[QualityAsked]) -> dict[str, Any]:
    """List what is odd in the data, to be put right in the court's own system."""
    rows = selectors.findings(_importer(request).scope, check_id=asked.check)
    return page_of(rows, asked.start, asked.size, _finding)
