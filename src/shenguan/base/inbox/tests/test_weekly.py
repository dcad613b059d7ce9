"""Answers to the weekly sheet, by page and by workbook; 数据有误 opens a task and holds the ladder."""

from __future__ import annotations

import io
from datetime import date, datetime

import openpyxl
import pytest

from shenguan.base.inbox import corrections, weekly
from shenguan.base.inbox.models import Answer, Correction, Watch
from shenguan.base.inbox.posting import Posting, Subject, post
from shenguan.base.inbox.services import answer, decide
from shenguan.base.ops.clock import COURT_ZONE
from shenguan.base.org.scope import Scope
from shenguan.base.org.tests.factories import make_court, make_person

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 5, tzinfo=COURT_ZONE)
ALL = Scope.everything("测试")
HEADS = ("事项编号", "收件人", "案号", "答复（已办/办理中/数据有误）", "说明")


@pytest.fixture
def world():
    court = make_court()
    judge, office = make_person(court=court), make_person(court=court)
    for case in (1, 2):
        posting = Posting(
            kind="stuck", key="", court_id=court.pk, level="催办", rung="since:61", since=DAY,
            about=DAY, say=f"案{case}停滞", owner_id=judge.pk, answer_by=date(2026, 3, 9),
        )  # fmt: skip
        post([Subject(f"case:{case}", [posting], {"stuck"})], on=DAY, now=NOW)
    return {"court": court, "judge": judge, "office": office}


def book(*rows: tuple[object, ...], heads: tuple[str, ...] = HEADS) -> io.BytesIO:
    made = openpyxl.Workbook()
    made.create_sheet("事项")
    made["事项"].append(heads)
    for row in rows:
        made["事项"].append(row)
    target = io.BytesIO()
    made.save(target)
    target.seek(0)
    return target


def take(*rows: tuple[object, ...]) -> weekly.Taken:
    return weekly.take_in(ALL, book(*rows), on=DAY, now=NOW)


def test_an_item_has_a_number_by_which_its_warning_is_found_again(world):
    watch = Watch.objects.get(subject="case:1")
    assert weekly.item_of(watch) == "1-stuck-20260302"
    assert list(weekly.watches_of(ALL, "1-stuck-20260223")) == [watch]
    with pytest.raises(ValueError, match="不可读"):
        weekly.watches_of(ALL, "1; drop")


def test_a_workbook_s_answers_are_the_recipients_own(world):
    name = world["judge"].name
    taken = take(
        ("1-stuck-20260302", name, "", "办理中", "已排期"), ("2-stuck-20260302", name, "", "", "")
    )
    assert [(row.person, row.choice, row.text, row.channel) for row in taken.answers] == [
        (world["judge"], "办理中", "已排期", "网关文件")
    ]
    assert taken.refused == []
    assert weekly.answered(["1-stuck-20260302", "2-stuck-20260302"]).keys() == {"1-stuck-20260302"}


def test_a_row_that_cannot_stand_is_refused_with_line_and_reason_and_the_others_stand(world):
    name = world["judge"].name
    taken = take(
        ("1-stuck-20260302", "别人", "", "已办", ""),
        ("9-stuck-20260302", name, "", "已办", ""),
        ("1-stuck-20260302", name, "", "不知道", ""),
        ("一号", name, "", "已办", ""),
        ("1-stuck-20260302", name, "", "数据有误", ""),
        ("2-stuck-20260302", name, "", "已办", ""),
    )
    assert [(line, reason[:8]) for line, _item, reason in taken.refused] == [
        (2, "收件人“别人”不"), (3, "没有这一事项，或"), (4, "答复“不知道”不"), (5, "事项编号“一号”"),
        (6, "答复“数据有误”"),
    ]  # fmt: skip
    assert Answer.objects.count() == 1


def test_a_workbook_without_the_columns_and_another_file_are_refused(world):
    with pytest.raises(ValueError, match="表中没有"):
        weekly.take_in(ALL, book(heads=("甲", "乙")), on=DAY, now=NOW)
    with pytest.raises(ValueError, match="不是可读的"):
        weekly.take_in(ALL, io.BytesIO(b"x"), on=DAY, now=NOW)


def test_wrong_data_open_a_task_that_waits_for_the_office_and_then_for_its_owner(world):
    watch = Watch.objects.get(subject="case:1")
    given = answer(
        watch=watch, choice="数据有误", text="已于一月开庭", actor=world["judge"], on=DAY, now=NOW
    )
    task = Correction.objects.get()
    assert (task.state, task.owner, task.due_on) == ("待认定", world["judge"], date(2026, 3, 9))
    with pytest.raises(ValueError, match="已在认定之中"):
        answer(watch=watch, choice="数据有误", text="再说", actor=world["judge"], on=DAY, now=NOW)
    with pytest.raises(ValueError, match="尚未认定"):
        corrections.finish(task, note="已补录", actor=world["judge"], on=DAY, now=NOW)
    decide(answer=given, upheld=True, actor=world["office"], on=DAY, now=NOW)
    task.refresh_from_db()
    assert weekly.answered(["1-stuck-20260302"])["1-stuck-20260302"].state == "待更正"
    corrections.finish(
        Correction.objects.get(), note="已补录", actor=world["judge"], on=DAY, now=NOW
    )
    assert weekly.answered(["1-stuck-20260302"])["1-stuck-20260302"].state == "已更正"
    with pytest.raises(ValueError, match="已办结"):
        corrections.finish(
            Correction.objects.get(), note="再报", actor=world["judge"], on=DAY, now=NOW
        )


def test_an_answer_given_before_the_rung_began_does_not_answer_it(world):
    watch = Watch.objects.get(subject="case:1")
    answer(watch=watch, choice="办理中", actor=world["judge"], on=DAY, now=NOW)
    assert weekly.answered(["1-stuck-20260401"]) == {}
    assert weekly.answers(ALL, DAY, date(2026, 3, 9)).count() == 1
    assert weekly.answers(ALL, date(2026, 3, 3), date(2026, 3, 9)).count() == 0
