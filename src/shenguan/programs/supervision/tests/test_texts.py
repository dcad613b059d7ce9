"""Versions: what is read from a file, and what differs between two of them."""

from __future__ import annotations

import io

import docx

from shenguan.programs.supervision import texts


def word(*lines: str) -> bytes:
    made, out = docx.Document(), io.BytesIO()
    for line in lines:
        made.add_paragraph(line)
    made.save(out)
    return out.getvalue()


def test_word_web_page_and_plain_text_are_read_alike():
    found = [
        texts.text_of("判决.docx", word("判决如下：", "驳回。"))[0],
        texts.text_of("判决.html", "<p>判决如下：</p><p>驳回。</p>".encode())[0],
        texts.text_of("判决.txt", "判决如下：\r\n驳回。".encode("gb18030"))[0],
    ]
    assert [texts.paragraphs(text) for text in found] == [["判决如下：", "驳回。"]] * 3


def test_what_cannot_be_read_says_so_and_stays():
    assert texts.text_of("判决.pdf", b"%PDF") == ("", texts.NO_TEXT)
    assert "docx" in texts.text_of("判决.docx", b"nonsense")[1]


def test_a_change_is_shown_to_the_word_and_the_rest_is_folded():
    before = "\n".join([f"第{n}段。" for n in range(20)])
    after = before.replace("第10段", "第十段") + "\n新的一段。"
    rows = texts.compare(before, after)
    assert texts.counts(rows) == {"changed": 1, "added": 1, "removed": 0}
    (changed,) = (row for row in rows if row.kind == texts.CHANGED)
    assert changed.pieces == (
        ("same", "第"), ("removed", "10"), ("added", "十"), ("same", "段。"),
    )  # fmt: skip
    assert [row.pieces[0][1] for row in rows if row.kind == texts.FOLDED] == ["8", "5"]


def test_a_paragraph_taken_out_is_shown():
    assert [row.kind for row in texts.compare("甲\n乙\n丙", "甲\n丙")] == [
        "same",
        "removed",
        "same",
    ]
