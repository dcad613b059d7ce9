"""A paper as slides: sentences as points, long tables in parts, sources kept, nothing below the edge."""

from pptx import Presentation
from pptx.util import Cm

from shenguan.base.papers import slides
from shenguan.base.papers.charts import Series, chart
from shenguan.base.papers.deck import ROOM_CM, Point, deck_of, height
from shenguan.base.papers.model import (
    Column,
    Heading,
    Paper,
    Paragraph,
    Picture,
    Span,
    Table,
    line,
    plain,
)

SOURCE = {"ask": "count"}
LONG = Table((Column(line("单位")),), tuple((line("某庭"),) for _ in range(30)), line("表：各庭"))
PAPER = Paper(
    title=(line("通报"),),
    blocks=(
        Heading(line("一、收结存")),
        Paragraph(
            line("新收", Span("45件", SOURCE), "；办结", Span("40件", SOURCE), "。期末未结。")
        ),
        LONG,
        Heading(line("二、口径说明")),
        Paragraph(line("略。")),
    ),
)


def titles(deck):
    return [plain(slide.title) for slide in deck.slides]


def test_sentences_become_points_and_a_long_table_goes_over_slides():
    deck = deck_of(PAPER, skip=("口径",), mark="内部使用")
    assert titles(deck) == ["一、收结存", *["一、收结存（续）"] * 3]
    said = [plain(part.line) for part in deck.slides[0].parts if isinstance(part, Point)]
    assert said == ["新收45件；办结40件。", "期末未结。"]
    tables = [part for slide in deck.slides for part in slide.parts if isinstance(part, Table)]
    assert sum(len(table.rows) for table in tables) == len(LONG.rows)


def test_no_slide_holds_more_than_its_room():
    said = "在审限管理方面需要关注的情况较多，其中超过审限的案件主要集中在建设工程合同纠纷。"
    blocks = (Heading(line("一、情况")), *(Paragraph(line(said)) for _ in range(40)), LONG)
    for slide in deck_of(Paper((line("通报"),), blocks)).slides:
        assert sum(height(part) for part in slide.parts) <= ROOM_CM


def test_a_heading_goes_with_its_first_point_and_a_chart_with_its_table():
    drawn = chart(["1", "2"], [Series("新收", (1, 2))])
    under = Table((Column(line("月份")),), ((line("一月"),),))
    filler = [Paragraph(line("某一情况。")) for _ in range(10)]
    blocks = (Heading(line("一、情况")), *filler, Heading(line("（一）上诉率"), 2), drawn, under)
    last = deck_of(Paper((line("通报"),), blocks)).slides[-1]
    kinds = [type(part) for part in last.parts]
    assert kinds == [Point, Picture, Table]


def test_everything_on_a_slide_stands_above_its_foot(tmp_path):
    path = tmp_path / "deck.pptx"
    slides.write_pptx(deck_of(PAPER, mark="内部使用"), path)
    for page in list(Presentation(str(path)).slides)[1:]:
        *body, foot, _number = page.shapes
        assert all(one.top + one.height <= foot.top + Cm(0.01) for one in body)


def test_numbers_on_slides_keep_their_source_and_others_are_found(tmp_path):
    path = tmp_path / "deck.pptx"
    slides.write_pptx(deck_of(PAPER), path)
    told, loose = slides.read_sources(path)
    assert [(one.printed, one.source) for one in told] == [("45件", SOURCE), ("40件", SOURCE)]
    assert loose == []
    bare = Paper((line("通报"),), (Paragraph(line("另有12件。")),))
    slides.write_pptx(deck_of(bare), path)
    assert slides.read_sources(path) == ([], ["另有12件。"])
