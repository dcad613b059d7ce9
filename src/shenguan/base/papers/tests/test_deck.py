"""A paper as slides: sentences as points, long tables in parts, sources kept."""

from shenguan.base.papers import slides
from shenguan.base.papers.deck import MOST_ROWS, deck_of
from shenguan.base.papers.model import Column, Heading, Paper, Paragraph, Span, Table, line, plain

SOURCE = {"ask": "count"}
PAPER = Paper(
    title=(line("通报"),),
    blocks=(
        Heading(line("一、收结存")),
        Paragraph(line("新收", Span("45件", SOURCE), "；办结", Span("40件", SOURCE), "。")),
        Table((Column(line("单位")),), tuple((line("某庭"),) for _ in range(MOST_ROWS + 1))),
        Heading(line("二、口径说明")),
        Paragraph(line("略。")),
    ),
)


def test_sentences_become_points_and_long_tables_go_over_slides():
    deck = deck_of(PAPER, skip=("口径",), mark="内部使用")
    texts, first, second = deck.slides
    assert [plain(point) for point in texts.lines] == ["新收45件；", "办结40件。"]
    assert first.table is not None
    assert second.table is not None
    assert (len(first.table.rows), len(second.table.rows)) == (MOST_ROWS, 1)
    assert all("口径" not in plain(slide.title) for slide in deck.slides)


def test_numbers_on_slides_keep_their_source_and_others_are_found(tmp_path):
    path = tmp_path / "deck.pptx"
    slides.write_pptx(deck_of(PAPER), path)
    told, loose = slides.read_sources(path)
    assert [(one.printed, one.source) for one in told] == [("45件", SOURCE), ("40件", SOURCE)]
    assert loose == []
    bare = Paper((line("通报"),), (Paragraph(line("另有12件。")),))
    slides.write_pptx(deck_of(bare), path)
    assert slides.read_sources(path) == ([], ["另有12件。"])
