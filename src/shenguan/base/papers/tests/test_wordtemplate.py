"""A court's Word template: filled in its own letters, refused with the reason when it can't be used."""

import io
import zipfile

import docx
import pytest

from shenguan.base.papers import wordtemplate
from shenguan.base.papers.look import OFFICIAL
from shenguan.base.papers.model import Column, Heading, Paper, Paragraph, Span, Table, line
from shenguan.base.papers.sources import read_sources
from shenguan.base.papers.wordtemplate import TemplateError

COUNT = {"ask": "count"}
PAPER = Paper(
    title=(line("示范市中级人民法院"), line(Span("2026年10月", COUNT), "通报")),
    number=line(Span("示中法审管〔2026〕10号", COUNT)),
    issued=line("审判管理办公室　", Span("2026年11月1日", COUNT)),
    mark="内部使用",
    sign=(line("示范市中级人民法院"),),
    blocks=(
        Heading(line("一、收结存情况")),
        Paragraph(line("新收", Span("45件", COUNT), "。")),
        Table((Column(line("项目")),), ((line(Span("7", COUNT)),),)),
    ),
)


def template(*paragraphs: str) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def filled(data: bytes, tmp_path):
    path = tmp_path / "out.docx"
    wordtemplate.write(data, PAPER, path, OFFICIAL, issuer="示范市中级人民法院审判管理办公室")
    return path


def test_the_sample_template_holds_every_placeholder_and_is_accepted(tmp_path):
    data = wordtemplate.sample()
    wordtemplate.check(data)
    texts = [p.text for p in docx.Document(str(filled(data, tmp_path))).paragraphs]
    assert "示范市中级人民法院审判管理办公室文件" in texts
    assert "示中法审管〔2026〕10号" in texts
    assert "一、收结存情况" in texts
    assert not any("{{" in text for text in texts)


def test_numbers_in_a_court_template_keep_their_source(tmp_path):
    path = filled(
        template("文号：{{ 文号 }}", "{{ 标题 }}", "{{正文}}", "{{ 印发日期 }}"), tmp_path
    )
    reading = read_sources(path)
    assert [one.printed for one in reading.sourced] == [
        "示中法审管〔2026〕10号", "2026年10月", "45件", "7", "2026年11月1日"
    ]  # fmt: skip
    assert reading.loose == ()


def test_a_placeholder_keeps_the_letters_of_the_template(tmp_path):
    document = docx.Document()
    run = document.add_paragraph().add_run("{{ 标题 }}")
    run.bold = True
    document.add_paragraph("{{ 正文 }}")
    kept = io.BytesIO()
    document.save(kept)
    made = docx.Document(str(filled(kept.getvalue(), tmp_path)))
    assert [one.bold for one in made.paragraphs[0].runs] == [True] * 4


@pytest.mark.parametrize(
    ("paragraphs", "reason"),
    [
        (("{{ 标题 }}",), "没有占位符 {{ 正文 }}"),
        (("{{ 正文 }}", "{{ 院长 }}"), "不认识的占位符“院长”.*可用：标题、文号"),
        (("全文：{{ 正文 }}",), "须单独成段"),
        (("{{ 正文 }}", "{{ 正文 }}"), "只能出现一次"),
        (("{{ 正文 }}", "{% for a in 标题 %}"), "不能用语句"),
        (("{{ 正文 }}", "{{ 标题"), "不成对，附近文字：“{{ 标题”"),
        (("{{ 正文 }}", "{{ 标题.__class__ }}"), "不认识的占位符"),
    ],
)
def test_a_faulty_template_is_refused_with_place_and_reason(paragraphs, reason):
    with pytest.raises(TemplateError, match=reason):
        wordtemplate.check(template(*paragraphs))


def test_what_isnt_a_plain_docx_is_refused():
    with pytest.raises(TemplateError, match="不是 Word 文档"):
        wordtemplate.check(b"old word")
    with pytest.raises(TemplateError, match="超过5MB"):
        wordtemplate.check(b"x" * (wordtemplate.MOST_BYTES + 1))
    with pytest.raises(TemplateError, match="宏"):
        wordtemplate.check(with_part(template("{{ 正文 }}"), "word/vbaProject.bin", b"x"))
    outside = b'<Relationship Id="r" TargetMode="External" Type="x/image" Target="http://x"/>'
    with pytest.raises(TemplateError, match="外部文件"):
        wordtemplate.check(with_part(template("{{ 正文 }}"), "word/_rels/x.xml.rels", outside))


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    kept = io.BytesIO(data)
    with zipfile.ZipFile(kept, "a") as package:
        package.writestr(name, content)
    return kept.getvalue()
