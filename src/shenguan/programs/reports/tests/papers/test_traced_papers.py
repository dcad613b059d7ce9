"""Every number in a paper is told by a query: run again it says the same, and none stands without one."""

import json
import re

import docx
import pytest
from docx.oxml.ns import qn

from shenguan.base.papers import slides
from shenguan.base.papers.deck import deck_of
from shenguan.base.papers.look import OFFICIAL, SHEET
from shenguan.base.papers.model import Paper, plain
from shenguan.base.papers.sources import read_sources
from shenguan.base.papers.stored import paper_from_json, paper_to_json
from shenguan.base.papers.word import write_docx
from shenguan.programs.reports import annex, tables
from shenguan.programs.reports.answers import answer
from shenguan.programs.reports.consultation.pack import pack
from shenguan.programs.reports.contents import FLOW, QUARTERLY, STATISTICS
from shenguan.programs.reports.letters.letter import letter
from shenguan.programs.reports.monthly.bulletin import bulletin
from shenguan.programs.reports.quarterly.analysis import analysis
from shenguan.programs.reports.tests.papers.city import TODAY, book, edition, fresh_book
from shenguan.programs.reports.traced import UntracedNumberError, say, verify
from shenguan.programs.reports.weekly.reminder import reminders
from shenguan.programs.reports.weekly.sheet import packet


def monthly(world):
    return bulletin(edition(world.home, world.upper, "2026-10"))


def quarterly(world):
    return analysis(edition(world.home, world.lower, "2026Q3", QUARTERLY))


def beside(world):
    return annex.annex(edition(world.home, world.upper, "2026-10"), say("附件"))


def week(world):
    return packet(reminders(book(world.home), world.lower, TODAY))


def consulted(world):
    return pack(edition(world.home, world.upper, "2026Q3", QUARTERLY))


def written_to(world):
    return letter(edition(world.home, world.lower, "2026-10", QUARTERLY), world.upper, TODAY)


PAPERS = {
    "月通报": monthly,
    "态势分析": quarterly,
    "附件": beside,
    "周提醒": week,
    "数据会商材料": consulted,
    "反馈函": written_to,
}


@pytest.fixture(params=list(PAPERS.values()), ids=list(PAPERS))
def written(request, world, tmp_path):
    path = tmp_path / "paper.docx"
    write_docx(request.param(world), path, SHEET if request.param is week else OFFICIAL)
    return path


def test_every_number_is_told_again_by_its_query_and_none_stands_without(written, world):
    verdict = verify(written, fresh_book(world.home, (*QUARTERLY, *STATISTICS)))
    assert verdict.loose == ()
    assert verdict.different == ()
    assert len(verdict.checked) > 20


def test_figures_asked_one_by_one_equal_figures_asked_together(world):
    one, alone = edition(world.home, world.upper, "2026-10"), fresh_book(world.home)
    for code in (
        *FLOW,
        "timely_closing_rate",
        "median_gross_days",
        "appeal_rate",
        "closing_evenness",
    ):
        for period in ("2026-10", "2026-01..2026-10"):
            together, single = (
                one.book.row(code, period, one.where),
                alone.row(code, period, one.where),
            )
            assert (together.figure, together.compared) == (single.figure, single.compared)


def test_a_number_changed_by_hand_is_found(world, tmp_path):
    path = tmp_path / "paper.docx"
    write_docx(monthly(world), path, OFFICIAL)
    document = docx.Document(str(path))
    mark = next(
        node
        for node in document.element.body.iter(qn("w:t"))
        if re.fullmatch(r"\d+件", node.text or "")
    )
    mark.text = "987654件"
    document.add_paragraph("另有12件。")
    document.save(str(path))
    verdict = verify(path, book(world.home))
    assert [one.printed for one in verdict.different] == ["987654件"]
    assert verdict.loose == ("另有12件。",)


def test_text_with_a_digit_of_its_own_is_refused():
    with pytest.raises(UntracedNumberError, match="12件"):
        say("新收12件")


def test_counts_equal_the_cases_behind_them(world, tmp_path):
    path = tmp_path / "paper.docx"
    one = edition(world.home, world.upper, "2026-10")
    write_docx(Paper((), (tables.unit_table(one),)), path, OFFICIAL)
    asked = book(world.home)
    seen = 0
    for told in read_sources(path).sourced:
        query = told.source
        if query.get("ask") == "value" and query["form"] == "numerator" and query["code"] in FLOW:
            ids = asked.behind(query["code"], query["period"], query["where"], "numerator")
            assert len(ids) == int(told.printed)
            seen += 1
    assert seen == 8


def test_lists_in_the_annex_are_as_long_as_their_numbers(world):
    one = edition(world.home, world.upper, "2026-10")
    found = list(annex.lists(one))
    assert found
    for name, table in found:
        assert plain(name).endswith(f"{len(table.rows)}件")


def test_the_sources_sheet_names_every_number_of_the_paper_in_words(world):
    one = edition(world.home, world.upper, "2026-10")
    paper = bulletin(one)
    sheet = annex.sources_sheet(one, paper)
    assert len(sheet.rows) == len(list(annex.spans_of(paper)))
    assert all(row[2] and json.loads(row[3])["ask"] for row in sheet.rows)


def test_figures_are_those_counted_by_hand(world, tmp_path):
    """24 cases filed at the lower court in 2026 every 11 days from 5 January, one at the upper court."""
    one = edition(world.home, world.upper, "2026-10")
    assert one.value("filed_cases", "2026-01..2026-10").text == "25件"
    assert one.value("filed_cases", "2025-01..2025-10").text == "24件"
    assert one.value("filed_cases", "2026-01..2026-10", "yoy_growth").text == "上升4.17%"


def test_every_number_on_a_slide_is_told_again_by_its_query(world, tmp_path):
    path = tmp_path / "slides.pptx"
    slides.write_pptx(deck_of(monthly(world), skip=("口径",)), path)
    told, loose = slides.read_sources(path)
    asked = fresh_book(world.home, (*QUARTERLY, *STATISTICS))
    assert loose == []
    assert [one.printed for one in told] == [answer(asked, one.source) for one in told]
    assert len(told) > 20


@pytest.mark.parametrize("made", PAPERS.values(), ids=PAPERS)
def test_a_paper_kept_as_json_comes_back_whole(made, world):
    paper = made(world)
    assert paper_from_json(json.loads(json.dumps(paper_to_json(paper)))) == paper
