"""A small city told through the one door: two years of civil cases in two courts, some late, some open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from django.db import transaction

from shenguan.base.org.models import Court, Person
from shenguan.base.org.scope import Scope
from shenguan.core.indicator.period import Period
from shenguan.programs.reports import meetings
from shenguan.programs.reports.book import Book
from shenguan.programs.reports.contents import FLOW, MONTHLY, QUARTERLY, STATISTICS
from shenguan.programs.reports.edition import Edition
from shenguan.programs.reports.meetings import NewTask
from shenguan.spine.indicators import services as indicators
from shenguan.spine.tests.registry import NOW, add_case, demo_court

CIVIL = {"case_type": "民初", "instance": "一审", "procedure": "普通程序"}
UNITS = ("民事审判第一庭", "民事审判第二庭")
JUDGES = ("法官甲一", "法官甲二")
CAUSES = ("民间借贷纠纷", "买卖合同纠纷", "离婚纠纷")
TODAY = date(2026, 10, 31)


def city() -> Court:
    """Register the courts and their cases; return the upper court."""
    upper = demo_court("示01", "示范市中级人民法院")
    lower = demo_court()
    Court.objects.filter(pk=lower.pk).update(parent=upper, order=2)
    Court.objects.filter(pk=upper.pk).update(level=Court.Level.INTERMEDIATE, order=1)
    for year, count in ((2025, 24), (2026, 24)):
        for number in range(count):
            _case(lower, year, number)
    add_case(
        "（2026）示01民初1号",
        {"2026-05-06": "立案"},
        court=upper,
        undertaker="法官乙一",
        **CIVIL,
        cause="离婚纠纷",
    )
    for court in (upper, lower):
        _meeting(court)
    return Court.objects.get(pk=upper.pk)


def _meeting(court: Court) -> None:
    """A meeting of September decided two things; one is under way, one has not begun and is late."""
    chief, office = (Person.objects.create(court=court, name=name) for name in ("庭长甲", "主任甲"))
    held = meetings.hold(
        court=court, kind="数据会商", held_on=date(2026, 9, 10), actor=office, now=NOW
    )
    decided = [
        NewTask("逐案核查超审限案件", chief, date(2026, 11, 15), target="年底前清零"),
        NewTask("公告送达前先行电子送达", chief, date(2026, 10, 15), code="service_by_notice_rate"),
    ]
    first, _ = meetings.decide(meeting=held, tasks=decided, actor=office, now=NOW)
    at = datetime(2026, 10, 8, 9, 0, tzinfo=NOW.tzinfo)
    meetings.report_on(task=first, state="办理中", said="已核查3件", actor=chief, now=at)


def _case(court: Court, year: int, number: int) -> None:
    """Every sixth stays open, every fifth of 2026 ends after its limit; appeals grow in 2026."""
    filed = date(year, 1, 5) + timedelta(days=11 * number)
    events: dict[str, object] = {filed.isoformat(): "立案"}
    if number % 6:
        late = year == 2026 and number % 5 == 0
        closed = filed + timedelta(days=230 if late else 40)
        if closed <= TODAY:
            events[closed.isoformat()] = ("报结", {"disposition": "判决"})
            if number % (8 if year == 2025 else 3) == 1 and closed + timedelta(days=9) <= TODAY:
                events[(closed + timedelta(days=9)).isoformat()] = ("上诉", {"appellant": "被告"})
    elif number == 6 and year == 2026:
        events[(filed + timedelta(days=20)).isoformat()] = "委托鉴定"
    add_case(
        f"（{year}）示0101民初{number + 1}号", events, court=court,
        undertaker=JUDGES[number % 2], division=UNITS[number % 2], **CIVIL, cause=CAUSES[number % 3],
    )  # fmt: skip


@cache
def book(home: Path) -> Book:
    """Return the book that papers of the city are written from; it remembers what it was asked."""
    return fresh_book(home, (*QUARTERLY, *FLOW, *STATISTICS))


def fresh_book(home: Path, codes: tuple[str, ...] = ()) -> Book:
    """Return a book that remembers nothing; without codes it asks for every figure alone."""
    return Book(Scope.everything("测试"), now=NOW, home=home, codes=codes)


def edition(home: Path, court: Court, period: str, codes: tuple[str, ...] = MONTHLY) -> Edition:
    """Return an edition of the city or of one court."""
    return Edition(court, Period.parse(period), book(home), TODAY, codes, "示中法审管〔2026〕10号")


@contextmanager
def standing_city(home: Path) -> Iterator[Court]:
    """Make the city in a transaction that is undone at the end."""
    with transaction.atomic():
        upper = city()
        indicators.catch_up(home, now=NOW)
        yield upper
        transaction.set_rollback(True)
