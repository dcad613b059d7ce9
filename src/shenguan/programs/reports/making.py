"""Making a report: asked for on a page, written by a background job that tells how far it is."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django_tasks import task

from shenguan.base.audit import services as audit
from shenguan.base.ops import clock, home
from shenguan.base.org.models import Court, Person, Unit
from shenguan.base.org.scope import Scope
from shenguan.base.org.scoping import scope_of
from shenguan.base.papers.model import Paper
from shenguan.base.papers.sheets import Sheet
from shenguan.base.papers.stored import paper_to_json, sheets_to_json
from shenguan.core.indicator.facttable import IndicatorError
from shenguan.core.indicator.period import Period, day_words
from shenguan.programs.reports import annex, contents
from shenguan.programs.reports.book import Book
from shenguan.programs.reports.edition import Edition, PaperError
from shenguan.programs.reports.kinds import KINDS, LETTER, WEEKLY, Kind, period_of, title_of
from shenguan.programs.reports.letters.letter import letter
from shenguan.programs.reports.models import Permit, Report
from shenguan.programs.reports.traced import say
from shenguan.programs.reports.weekly.reminder import CODES, FLOW, Reminder, reminders
from shenguan.programs.reports.weekly.sheet import gateway, packet
from shenguan.rulebook import load
from shenguan.spine.facts.services import RegistryBehind
from shenguan.spine.indicators import services as indicators

ORDERABLE = (
    "filed_cases",
    "closed_cases",
    "timely_closing_rate",
    "median_gross_days",
    "over_12_months_rate",
)
State = Report.State


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for. `options`: circulation, ordered_by, codes, reply_by (iso)."""

    court: Court
    kind: str
    period: str
    unit: Unit | None = None
    to_court: Court | None = None
    permit: Permit | None = None
    options: Mapping[str, Any] | None = None


def ask_for(wanted: Wanted, *, actor: Person, now: datetime) -> Report:
    """Register a report to be made and hand it to the worker; raises `PaperError` when it can't be."""
    kind = KINDS.get(wanted.kind)
    if kind is None:
        raise PaperError(f"没有“{wanted.kind}”这种报告，可用：{'、'.join(KINDS)}")
    period = _checked(wanted, kind, now)
    with transaction.atomic():
        made = Report.objects.create(
            court=wanted.court, kind=kind.name, period=period, unit=wanted.unit,
            to_court=wanted.to_court, permit=wanted.permit, options=dict(wanted.options or {}),
            title=title_of(kind, wanted.court, _title_period(wanted, period), wanted.to_court),
            asked_by=actor, asked_at=now,
        )  # fmt: skip
        detail = {"report": made.pk, "title": made.title}
        audit.append(
            chain=wanted.court.code, actor=str(actor), action="提出生成报告", detail=detail, now=now
        )
        if wanted.permit:
            detail = {"basis": str(wanted.permit), "by": made.options.get("ordered_by", "")}
            audit.append(
                chain=wanted.court.code,
                actor=str(actor),
                action="使用排序视图",
                detail=detail,
                now=now,
            )
        transaction.on_commit(lambda: write_report.enqueue(made.pk))
    return made


def _title_period(wanted: Wanted, period: str) -> str:
    unit = wanted.unit.name if wanted.unit else ""
    if wanted.kind == WEEKLY:
        return f"{unit}{day_words(date.fromisoformat(period))}"
    return f"{unit}{Period.parse(period).words}"


def _checked(wanted: Wanted, kind: Kind, now: datetime) -> str:
    """Return the period as it is kept."""
    today = clock.day_of(now)
    if kind.name == WEEKLY:
        try:
            day = date.fromisoformat(wanted.period)
        except ValueError:
            raise PaperError(f"周提醒的日期“{wanted.period}”读不懂，应如 2026-11-20") from None
        if day > today:
            raise PaperError(f"{day}还没有到")
        return day.isoformat()
    if kind.name == LETTER:
        _check_letter(wanted, today)
    if (wanted.options or {}).get("ordered_by") and wanted.permit is None:
        raise PaperError("没有在有效期内的书面依据，表格只能按机构序排列")
    return period_of(kind, wanted.period, today).text


def _check_letter(wanted: Wanted, today: date) -> None:
    below = wanted.to_court
    if below is None or below.parent_id != wanted.court.pk:
        raise PaperError("反馈函只能发给本院的下级法院")
    reply_by = (wanted.options or {}).get("reply_by", "")
    try:
        day = date.fromisoformat(reply_by)
    except ValueError:
        raise PaperError("请填写反馈期限，如 2026-12-15") from None
    if day <= today:
        raise PaperError("反馈期限应在今日之后")


@task()
def write_report(pk: int) -> None:
    """The job: write one report."""
    write(pk, clock.now())


def write(pk: int, now: datetime) -> None:
    """Write one report; asked twice it is written once."""
    claimed = Report.objects.filter(pk=pk, state=State.WAITING)
    if claimed.update(state=State.MAKING, step="读取数据", progress=5) != 1:
        return
    report = Report.objects.select_related("court", "unit", "to_court", "asked_by", "permit").get(
        pk=pk
    )
    try:
        written = _write(report, now)
    except (PaperError, IndicatorError) as error:
        Report.objects.filter(pk=pk).update(state=State.FAILED, error=str(error), step="")
    except Exception:
        Report.objects.filter(pk=pk).update(
            state=State.FAILED, step="", error="生成时发生错误，请联系系统管理员查看日志"
        )
        raise
    else:
        Report.objects.filter(pk=pk).update(
            state=State.DRAFT, step="", progress=100, made_at=now, **written
        )


def _step(report: Report, progress: int, said: str) -> None:
    """Tell how far it is; outside any transaction, so that the page sees it at once."""
    Report.objects.filter(pk=report.pk).update(progress=progress, step=said)


def catch_up(now: datetime) -> None:
    """Bring the figures to the head of the log; a registry that is behind keeps them where they are."""
    with suppress(RegistryBehind):
        indicators.catch_up(home.current(), now=now)


def _write(report: Report, now: datetime) -> dict[str, Any]:
    catch_up(now)
    scope = scope_of(report.asked_by, load().posts, clock.day_of(now))
    _step(report, 25, "计算指标")
    if report.kind == WEEKLY:
        return _weekly(report, scope, now)
    return _periodical(report, scope, now)


def _weekly(report: Report, scope: Scope, now: datetime) -> dict[str, Any]:
    on = date.fromisoformat(report.period)
    found = week_of(
        scope, report.court, on, now=now, division=report.unit.name if report.unit else ""
    )
    _step(report, 60, "逐人成页")
    return _kept(packet(found), None, gateway(found), {}, found[0].book)


def week_of(
    scope: Scope, court: Court, on: date, *, now: datetime, division: str = "", judge: str = ""
) -> list[Reminder]:
    """Return the reminders of a court's week with their figures at hand; raises `PaperError` for none."""
    book = Book(scope, now=now, codes=(*CODES, *FLOW))
    found = reminders(book, court, on, division=division, judge=judge)
    if not found:
        raise PaperError("没有需要提醒的法官，请核对部门和法官")
    book.prime((*CODES, *FLOW), found[0].year, {"court": [court.pk]}, "judge")
    return found


def _periodical(report: Report, scope: Scope, now: datetime) -> dict[str, Any]:
    kind, period = KINDS[report.kind], Period.parse(report.period)
    own = contents.codes_for(report.court, period.end, kind.codes)
    subject, chosen = report.to_court or report.court, tuple(report.options.get("codes", ()))
    edition = edition_of(subject, period, scope, now, own, chosen)
    edition = replace(
        edition,
        circulation=report.options.get("circulation") or edition.circulation,
        ordered_by=report.options.get("ordered_by", ""),
        basis=basis_of(report),
    )
    _step(report, 40, "撰写正文")
    paper = _paper(report, edition)
    _step(report, 65, "整理附件")
    beside, sheets = beside_of(edition, paper)
    _step(report, 80, "留存数字背后的案件")
    return _kept(paper, beside, sheets, behind(edition, paper), edition.book)


def edition_of(
    court: Court,
    period: Period,
    scope: Scope,
    now: datetime,
    codes: tuple[str, ...],
    chosen: tuple[str, ...] = (),
) -> Edition:
    """Return an issue about a court: `codes` the list it reports on, `chosen` instead where given."""
    book = Book(scope, now=now, codes=(*codes, *chosen, *contents.FLOW, *contents.STATISTICS))
    return Edition(court, period, book, clock.day_of(now), chosen or codes)


def beside_of(edition: Edition, paper: Paper) -> tuple[Paper, list[Sheet]]:
    """Return the annex of a paper, and its lists and sources as sheets."""
    beside = annex.annex(edition, say(*paper.title[0], *paper.title[-1]))
    return beside, annex.sheets(edition, paper)


def basis_of(report: Report) -> str:
    """Return the basis of another order as it is printed, "" without one."""
    permit = report.permit
    if permit is None:
        return ""
    return f"{permit.title}（{permit.number}，{permit.approver}批准，有效期至{permit.valid_to}）"


def _paper(report: Report, edition: Edition) -> Paper:
    if report.kind == LETTER:
        reply_by = date.fromisoformat(report.options["reply_by"])
        return letter(edition, report.court, reply_by, report.options.get("codes") or ())
    make = KINDS[report.kind].make
    assert make is not None
    return make(edition)


def _kept(
    paper: Paper,
    beside: Paper | None,
    sheets: Sequence[Sheet],
    cases: Mapping[str, Any],
    book: Book,
) -> dict[str, Any]:
    return {
        "paper": paper_to_json(paper),
        "annex": paper_to_json(beside) if beside else None,
        "sheets": sheets_to_json(sheets),
        "behind": zlib.compress(json.dumps(cases, ensure_ascii=False).encode("utf-8")),
        "position": book.position,
    }


def behind(edition: Edition, paper: Paper) -> dict[str, Any]:
    """Return the cases behind the figures of the whole, so that a later difference can be told by cases."""
    found = []
    for code, period in dict.fromkeys(_figures(edition, paper)):
        parts = {}
        for part in ("numerator", "denominator"):
            with suppress(IndicatorError, ValueError, IndexError):  # a kind without such a part
                parts[part] = edition.book.behind(code, period, edition.where, part)
        row = edition.book.row(code, period, edition.where)
        if row is not None and parts:
            found.append({
                "code": code, "period": period, "printed": row.printed,
                "numerator": row.figure.numerator, "denominator": row.figure.denominator,
                "cases": parts,
            })  # fmt: skip
    return {
        "where": edition.where,
        "clearance": edition.book.scope.clearance,
        "figures": found,
    }


def _figures(edition: Edition, paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield the figures of the year so far, and of the period itself the flow of cases."""
    for span in annex.spans_of(paper):
        query = span.source or {}
        if query.get("ask") == "value" and query["where"] == edition.where:
            code, period = query["code"], query["period"]
            if period == edition.year or (period == edition.span and code in contents.FLOW):
                yield code, period


def frozen_of(report: Report) -> dict[str, Any]:
    """Return what was kept behind the figures; empty for a report without."""
    data = bytes(report.behind)
    found: dict[str, Any] = json.loads(zlib.decompress(data)) if data else {}
    return found
