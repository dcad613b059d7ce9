"""文号: given once in order, never again. A number whose paper isn't published stays in the ledger as a void."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from shenguan.base.audit import services as audit
from shenguan.base.org.models import Court, Person
from shenguan.programs.reports.models import DocumentNumber, NumberRule, Report

_WORD = re.compile(r"[㐀-鿿]{2,20}")


class NumberError(ValueError):
    """A number that can't be given or voided; the message says why (Chinese)."""


def rule_of(court: Court, on: date) -> NumberRule | None:
    """Return the rule in force on a day, None where the court has set none."""
    return NumberRule.objects.filter(court=court, valid_from__lte=on).last()


def number_for(court: Court, kind: str, period: str, given: str, on: date) -> str:
    """Return the number a paper made outside the desk bears: the ledger's, else the one given, else none.

    Raises `NumberError` for a number that isn't the court's to give or stands on another paper.
    """
    held = DocumentNumber.objects.filter(court=court, voided_at=None)
    own = held.filter(report__kind=kind, report__period=period).last()
    if own is not None or not given:
        taken = own.text if own else ""
        if given and given != taken:
            raise NumberError(f"登记簿中这份材料的文号是{taken}，与“{given}”不符")
        return taken
    rule = rule_of(court, on)
    if rule is None:
        return given
    word = rule.word_of(kind)
    found = re.fullmatch(rf"{word}〔(\d{{4}})〕(\d+)号", given)
    if found is None:
        raise NumberError(f"文号“{given}”不合本院规则，应如{word}〔{on.year}〕1号")
    year, serial = int(found[1]), int(found[2])
    if DocumentNumber.objects.filter(court=court, word=word, year=year, serial=serial).exists():
        raise NumberError(f"文号“{given}”已用于另一份材料或者已作废")
    return given


def set_rule(
    *,
    court: Court,
    word: str,
    by_kind: dict[str, str],
    first: int,
    basis: str,
    actor: Person,
    now: datetime,
) -> NumberRule:
    """Set a court's rule from today on; raises `NumberError` for a word that isn't one."""
    for one in (word, *by_kind.values()):
        if not _WORD.fullmatch(one):
            raise NumberError(f"机关代字“{one}”应为2至20个汉字，如“示中法审管”")
    if first < 1:
        raise NumberError("起始序号应为1或者更大的整数")
    with transaction.atomic():
        made = NumberRule.objects.create(
            court=court, word=word, by_kind=by_kind, first=first, valid_from=now.date(), basis=basis,
            set_by=actor, set_at=now,
        )  # fmt: skip
        audit.append(
            chain=court.code, actor=str(actor), action="设置文号规则",
            detail={"word": word, "by_kind": by_kind, "first": first}, now=now,
        )  # fmt: skip
    return made


def give(*, report: Report, actor: Person, now: datetime) -> DocumentNumber:
    """Return the report's number, giving the next one when it has none; raises `NumberError` without a rule."""
    with transaction.atomic():
        court = Court.objects.select_for_update().get(pk=report.court_id)
        held = report.numbers.filter(voided_at=None).first()
        if held:
            return held
        rule = rule_of(court, now.date())
        if rule is None:
            raise NumberError("本院尚未设置文号规则，请先在“报告设置”中设置机关代字")
        word, year = rule.word_of(report.kind), now.year
        given = DocumentNumber.objects.filter(court=court, word=word, year=year)
        last = given.aggregate(last=Max("serial"))["last"]
        return DocumentNumber.objects.create(
            court=court, word=word, year=year, serial=last + 1 if last else rule.first,
            report=report, given_by=actor, given_at=now,
        )  # fmt: skip


def void(*, number: DocumentNumber, reason: str, actor: Person, now: datetime) -> None:
    """Void a number of a report not published; raises `NumberError`."""
    if number.report.state == Report.State.PUBLISHED:
        raise NumberError("已发布材料的文号不能作废")
    if not reason.strip():
        raise NumberError("作废文号须写明原因")
    held = DocumentNumber.objects.filter(pk=number.pk, voided_at=None)
    with transaction.atomic():
        if held.update(voided_by=actor, voided_at=now, void_reason=reason.strip()) != 1:
            raise NumberError("该文号已经作废")
        audit.append(
            chain=number.court.code, actor=str(actor), action="作废文号", subject=number.text,
            detail={"reason": reason.strip()}, now=now,
        )  # fmt: skip


def gaps(numbers: Iterable[DocumentNumber]) -> list[str]:
    """Return what is missing between the first and the last number of each word and year; nothing should."""
    held: dict[tuple[str, int], set[int]] = {}
    for number in numbers:
        held.setdefault((number.word, number.year), set()).add(number.serial)
    return [
        f"{word}〔{year}〕{serial}号"
        for (word, year), serials in sorted(held.items())
        for serial in range(min(serials), max(serials))
        if serial not in serials
    ]
