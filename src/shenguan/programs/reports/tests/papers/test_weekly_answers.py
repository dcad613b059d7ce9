"""The sheet of a week says how the week before was answered, and what became of it."""

from datetime import timedelta

import pytest

from shenguan.base.inbox.models import Answer, Watch
from shenguan.base.inbox.posting import Posting, Subject, post
from shenguan.base.inbox.services import answer, decide
from shenguan.base.org.models import Person
from shenguan.base.papers import pdf
from shenguan.base.papers.look import SHEET
from shenguan.base.papers.model import Paragraph, Table, plain
from shenguan.base.papers.word import write_docx
from shenguan.programs.reports.tests.papers.city import TODAY, fresh_book
from shenguan.programs.reports.traced import verify
from shenguan.programs.reports.weekly.reminder import reminders
from shenguan.programs.reports.weekly.sheet import packet
from shenguan.spine.tests.registry import NOW

DAY = TODAY - timedelta(days=3)


def answered(one, item, choice, text, days=3):
    """Post the warning of an item as the night does, and answer it."""
    row, owner = item.row, Person.objects.get(pk=one.judge)
    posting = Posting(
        kind=row.kind, key="", court_id=one.court.pk, level="催办", rung="x", since=row.since,
        about=row.since, say=row.say, owner_id=owner.pk, answer_by=TODAY,
    )  # fmt: skip
    subject = f"case:{row.case_id}"
    post([Subject(subject, [posting], {row.kind})], on=DAY, now=NOW)
    watch = Watch.objects.get(subject=subject, kind=row.kind)
    on = TODAY - timedelta(days=days)
    return answer(watch=watch, choice=choice, text=text, actor=owner, on=on, now=NOW)


@pytest.fixture
def sheet(world):
    def made():
        return next(iter(reminders(fresh_book(world.home), world.lower, TODAY)))

    return made


def texts(paper):
    return [plain(b.line) for b in paper.blocks if isinstance(b, Paragraph)]


def rows(paper):
    return [
        [plain(cell) for cell in row]
        for block in paper.blocks
        if isinstance(block, Table)
        for row in block.rows
    ]


def test_last_weeks_answers_stand_on_the_sheet_with_what_became_of_them(sheet, tmp_path):
    one = sheet()
    first, second, *_ = one.items
    disputed = answered(one, first, "数据有误", "已于九月结案")
    office = Person.objects.get(name="主任甲", court=one.court)
    decide(answer=disputed, upheld=False, actor=office, on=DAY, now=NOW)
    answered(one, second, "办理中", "", days=2)
    one = sheet()
    paper = packet([one])
    assert "前七日答复2项（数据有误1项、办理中1项），本人案件更正登记0项。" in texts(paper)
    found = rows(paper)
    assert [first.row.number, first.row.name, "数据有误", "不属实", "已于九月结案"] in found
    assert [second.row.number, second.row.name, "办理中", "—", "—"] in found
    shown = [row[3] for row in found if row[3].startswith("□")]
    assert "□已办 □办理中 □数据有误（已答：不属实）" in shown
    path = tmp_path / "week.docx"
    write_docx(paper, path, SHEET)
    assert verify(path, fresh_book(one.book.home)).different == ()
    assert pdf.pages(paper, SHEET) == 1


def test_an_answer_of_an_earlier_week_is_no_longer_told(sheet):
    one = sheet()
    answered(one, one.items[0], "已办", "", days=8)
    assert Answer.objects.count() == 1
    assert "前七日答复0项，本人案件更正登记0项。" in texts(packet([sheet()]))
