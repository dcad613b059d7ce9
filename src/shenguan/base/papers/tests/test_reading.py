"""Files in which judgments arrive, opened as text, whatever their encoding or kind."""

import json
import lzma
from pathlib import Path

import docx
import pytest

from shenguan.base.papers.reading import UnreadableFileError, documents, html_text

TEXT = "示范市城中区人民法院\n民事判决书\n（2024）示0102民初1号\n𠮷某诉乙某"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_plain_text_in_the_encodings_courts_use(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "甲.txt"
    path.write_bytes(TEXT.encode(encoding))
    (found,) = documents(path)
    assert (found.id, found.text) == ("甲", TEXT)


def test_a_page_becomes_its_visible_lines(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    lines = "".join(f"<div><span>{line}</span></div>" for line in TEXT.split("\n"))
    page = f'<html><head><title>页</title><meta charset="gb2312"></head><body><script>1</script>{lines}</body></html>'
    path.write_bytes(page.encode("gb18030"))
    (found,) = documents(path)
    assert found.text == TEXT


@pytest.mark.parametrize(
    "page", ["", "<", "<p>", "<!-- x", "<?xml version='1.0'?>", "<div>" * 3000]
)
def test_a_broken_page_is_still_some_text(page: str) -> None:
    assert isinstance(html_text(page), str)


def test_a_document_of_word_keeps_paragraphs_and_tables(tmp_path: Path) -> None:
    path = tmp_path / "判决书.docx"
    paper = docx.Document()
    paper.add_paragraph("示范市城中区人民法院")
    paper.add_table(rows=1, cols=2).rows[0].cells[0].text = "原告"
    paper.add_paragraph("民事判决书")
    paper.save(str(path))
    (found,) = documents(path)
    assert (found.text or "").split("\n") == ["示范市城中区人民法院", "原告 ", "民事判决书"]


@pytest.mark.parametrize("packed", [False, True])
def test_lines_of_records_keep_their_ids_and_a_faulty_one_does_not_stop_the_rest(
    tmp_path: Path, packed: bool
) -> None:
    rows = [json.dumps({"id": 7, "text": TEXT}), "{", json.dumps({"id": "无"}), "[]", ""]
    data = "\n".join([*rows, json.dumps({"text": "末"})]).encode()
    path = tmp_path / ("a.jsonl.xz" if packed else "a.jsonl")
    path.write_bytes(lzma.compress(data) if packed else data)
    found = list(documents(path))
    assert [each.id for each in found] == ["7", "第2行", "无", "第4行", "第6行"]
    assert [each.text is None for each in found] == [False, True, True, True, False]
    assert found[2].error == "第3行：缺少文字字段 text"


def test_one_object_or_a_list_of_them(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"id": "甲", "text": TEXT}, TEXT]), "utf-8")
    assert [each.text for each in documents(path)] == [TEXT, TEXT]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("没有.txt", None, "文件不存在"),
        ("a.pdf", b"%PDF", "不支持的文件类型"),
        ("a.docx", b"PK broken", "docx"),
        ("a.jsonl.xz", b"not xz", "无法打开"),
        ("a.json", b"{", "JSON"),
        ("a.txt", b"\xff\x00\xff\xfa\x81", "编码"),
    ],
)
def test_what_cannot_be_opened_says_where_and_why(
    tmp_path: Path, name: str, data: bytes | None, reason: str
) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(UnreadableFileError, match=reason) as error:
        list(documents(path))
    assert name in str(error.value)
