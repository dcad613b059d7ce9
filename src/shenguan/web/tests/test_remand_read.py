"""A remand that nobody registered: the order is read, the case below is found, the form is opened."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from shenguan.programs.appeals import finding
from shenguan.programs.appeals.models import Feedback
from shenguan.programs.intake.services import Importer, Options
from shenguan.programs.intake.tests.conftest import Answers
from shenguan.programs.intake.tests.test_judgments_in import TEXT

ORDER = """北京市第二中级人民法院
民事裁定书
（2026）京02民终9号
上诉人（原审被告）：𠮷某，男，1981年2月2日出生。
被上诉人（原审原告）：张示范，女，1980年1月1日出生。
上诉人𠮷某因与被上诉人张示范民间借贷纠纷一案，不服北京市东城区人民法院（2026）京0101民初1号民事判决，向本院提起上诉。本院于2026年6月1日立案后，依法组成合议庭进行了审理。
本院认为，原判决认定基本事实不清。依照《中华人民共和国民事诉讼法》第一百七十七条第一款第三项规定，裁定如下：
一、撤销北京市东城区人民法院（2026）京0101民初1号民事判决；
二、本案发回北京市东城区人民法院重审。
审判长　钱示范
审判员　孙示范
审判员　李示范
二〇二六年七月六日
书记员　周示范
"""


@pytest.mark.django_db
def test_a_remand_read_from_its_order_opens_the_form(tmp_path):
    now = datetime(2026, 7, 10, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
    for name, text in (("first.txt", TEXT), ("second.txt", ORDER)):
        (tmp_path / name).write_text(text, "utf-8")
        Importer(Options("文书", now, now.date()), Answers()).run([tmp_path / name])
    finding.run(date(2026, 7, 10), now)
    one = Feedback.objects.select_related("upper", "lower").get()
    assert (one.result, one.state) == ("发回重审", "待填写")
    assert (one.upper.number, one.lower.number) == ("（2026）京02民终9号", "（2026）京0101民初1号")
