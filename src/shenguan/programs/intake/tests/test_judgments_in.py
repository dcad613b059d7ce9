"""Judgments as a source: a case, its events, its text and the places of its parts."""

from __future__ import annotations

import json
import lzma
from datetime import date

import docx
import pytest

from shenguan.base.org.scope import Scope
from shenguan.programs.intake.selectors import judgments
from shenguan.programs.intake.services import Importer, Options
from shenguan.programs.intake.tests.conftest import NOW, Answers, case
from shenguan.spine.cases.models import Case, Event

TEXT = """北京市东城区人民法院
民事判决书
（2026）京0101民初1号
原告：张示范，女，1980年1月1日出生。
委托诉讼代理人：李示范，示范律师事务所律师。
被告：𠮷某，男，1981年2月2日出生。
原告张示范与被告𠮷某民间借贷纠纷一案，本院于2026年3月2日立案后，依法适用简易程序，于2026年4月1日公开开庭进行了审理。本案现已审理终结。
张示范向本院提出诉讼请求：判令被告偿还借款10000元。
经审理查明，2025年1月1日被告向原告借款10000元。
本院认为，合法的借贷关系受法律保护。依照《中华人民共和国民法典》第六百七十五条之规定，判决如下：
被告𠮷某于本判决生效之日起十日内偿还原告张示范借款10000元。
案件受理费50元，由被告𠮷某负担。
如不服本判决，可在判决书送达之日起十五日内，向本院递交上诉状，上诉于北京市第二中级人民法院。
审判员　王示范
二〇二六年五月六日
书记员　赵示范
"""


@pytest.fixture
def read_in(tmp_path, db):
    def write_and_import(name, data):
        path = tmp_path / name
        path.write_bytes(data)
        return Importer(Options("测试", NOW, NOW.date()), Answers()).run([path])

    return write_and_import


def lines(*texts):
    rows = (json.dumps({"id": str(n), "text": t}, ensure_ascii=False) for n, t in enumerate(texts))
    return "\n".join(rows).encode()


def page():
    return (
        "<html><body>" + "".join(f"<p>{line}</p>" for line in TEXT.splitlines()) + "</body></html>"
    )


def document(folder):
    made = docx.Document()
    for line in TEXT.splitlines():
        made.add_paragraph(line)
    path = folder / "made.docx"
    made.save(str(path))
    return path.read_bytes()


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.docx", "a.jsonl", "a.jsonl.xz"])
def test_a_judgment_in_any_file_becomes_a_case(read_in, tmp_path, name):
    data = {
        "a.txt": TEXT.encode("gb18030"),
        "a.html": page().encode(),
        "a.jsonl": lines(TEXT),
        "a.jsonl.xz": lzma.compress(lines(TEXT)),
    }
    report = read_in(name, data.get(name) or document(tmp_path))
    assert report.total("new") == 1
    one = Case.objects.get()
    assert (one.number_key, one.court.code) == ("（2026）京0101民初1号", "京0101")
    assert (one.filed_on, one.closed_on) == (
        date(2026, 3, 2),
        date(2026, 5, 6),
    )
    assert [party.name for party in one.parties.all()] == ["张示范", "𠮷某"]
    (kept,) = judgments(Scope.everything("测试"), one)
    assert "民间借贷纠纷" in kept.text
    assert kept.reading["spans"]["ruling"]


def test_the_judgment_leaves_its_event_for_the_check_up(read_in):
    read_in("a.txt", TEXT.encode())
    event = Event.objects.get(kind="文书登记")
    assert event.occurred_on == date(2026, 5, 6)
    assert {"type", "judged_on", "cause", "disposition", "undertaker", "digest"} <= set(
        event.payload
    )
    assert event.payload["undertaker"] == "王示范"


def test_the_same_judgment_twice_even_in_another_file_adds_nothing(read_in):
    read_in("a.txt", TEXT.encode())
    report = read_in("b.txt", TEXT.encode())
    assert (report.total("new"), report.total("changed"), report.total("unchanged")) == (0, 0, 1)


def test_two_judgments_of_one_case_in_one_file_make_one_case(read_in):
    order = TEXT.replace("判决如下", "裁定如下").replace("民事判决书", "民事裁定书")
    report = read_in("a.jsonl", lines(TEXT, order.replace("民初1号", "民初1号之一")))
    assert report.total("new") == 1
    assert Event.objects.filter(kind="文书登记").count() == 2


def test_a_document_without_number_is_rejected_with_its_place(read_in):
    report = read_in("a.jsonl", lines("今天天气不错。", TEXT) + b"\n{broken\n")
    assert (report.total("new"), report.total("rejected")) == (1, 2)


def test_the_court_s_own_system_keeps_its_word_against_a_judgment(bring, tmp_path):
    bring([case(1, 案由="合同纠纷", 结案日期="2026-05-20", 结案方式="判决")])
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    Importer(Options("测试", NOW, NOW.date()), Answers()).run([path])
    one = Case.objects.get()
    assert (one.cause, one.closed_on) == ("合同纠纷", date(2026, 5, 20))
    assert not Event.objects.filter(kind="结案").exists()


def test_the_reported_closing_goes_before_the_date_of_the_judgment(read_in, bring):
    read_in("a.txt", TEXT.encode())
    report = bring([case(1, 结案日期="2026-05-20", 结案方式="判决")])
    assert Case.objects.get().closed_on == date(2026, 5, 20)
    assert report.total("changed") == 1
    assert bring([case(1, 结案日期="2026-05-20", 结案方式="判决")]).total("unchanged") == 1
