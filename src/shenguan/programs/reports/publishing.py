"""Publishing: the number, the files as sent out with their hashes, and nothing changes afterwards."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from django.db import transaction

from shenguan.base.audit import services as audit
from shenguan.base.org.models import Person
from shenguan.programs.reports import delivering, numbering
from shenguan.programs.reports.models import Report, ReportFile, SentenceEdit

State = Report.State


class PublishError(ValueError):
    """A report that can't be published or dropped; the message says why (Chinese)."""


def publish(*, report: Report, actor: Person, now: datetime) -> Report:
    """Freeze a draft: give its number where the court has a rule, keep every file with its hash."""
    if report.state != State.DRAFT:
        raise PublishError("只有草稿可以发布")
    if numbering.rule_of(report.court, now.date()):
        numbering.give(report=report, actor=actor, now=now)
    template = delivering.template_of(report)
    report.template = template
    made = []
    for form in delivering.forms_of(report):
        name, data = delivering.file_of(report, form)
        made.append(ReportFile(
            report=report, form=form, name=name, data=data, digest=hashlib.sha256(data).hexdigest()
        ))  # fmt: skip
    with transaction.atomic():
        standing = Report.objects.filter(pk=report.pk, state=State.DRAFT)
        digest = digest_of(report)
        if standing.update(
            state=State.PUBLISHED, published_by=actor, published_at=now, digest=digest, template=template
        ) != 1:  # fmt: skip
            raise PublishError("这份材料已经发布或者作废")
        ReportFile.objects.bulk_create(made)
        audit.append(
            chain=report.court.code, actor=str(actor), action="发布报告", subject=report.title, now=now,
            detail={
                "number": report.number, "digest": digest,
                "files": {one.form: one.digest for one in made}, "basis": str(report.permit or ""),
            },
        )  # fmt: skip
    report.refresh_from_db()
    return report


def drop(*, report: Report, reason: str, actor: Person, now: datetime) -> None:
    """Give a report up that wasn't published; its number, if any, becomes a void of the ledger."""
    if not reason.strip():
        raise PublishError("作废须写明原因")
    with transaction.atomic():
        open_ones = Report.objects.filter(pk=report.pk, state__in=(State.DRAFT, State.FAILED))
        if open_ones.update(state=State.DROPPED, error=reason.strip()) != 1:
            raise PublishError("只有草稿和未生成的材料可以作废")
        report.refresh_from_db()
        for number in report.numbers.filter(voided_at=None):
            numbering.void(number=number, reason=reason, actor=actor, now=now)
        audit.append(
            chain=report.court.code, actor=str(actor), action="作废报告", subject=report.title,
            detail={"reason": reason.strip()}, now=now,
        )  # fmt: skip


def digest_of(report: Report) -> str:
    """Return the hash of everything a report says: text, edits, annex, lists, number, cases behind."""
    edits = SentenceEdit.objects.filter(report=report).order_by("pk")
    said = [
        report.court.code, report.kind, report.period, report.number, report.paper, report.annex,
        report.sheets, [[one.block, one.after] for one in edits],
        hashlib.sha256(bytes(report.behind)).hexdigest(),
    ]  # fmt: skip
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def is_unchanged(report: Report) -> bool:
    """Whether a published report and its files still have the hashes they were published with."""
    files_hold = all(
        hashlib.sha256(bytes(one.data)).hexdigest() == one.digest for one in report.files.all()
    )
    return files_hold and digest_of(report) == report.digest
