"""Who may load, remove and read the court's own indicators: definitions are for all, their cases by scope."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from shenguan import rulebook
from shenguan.base.accounts.tests.doors import signed_in
from shenguan.programs.library.views import SETS
from shenguan.rulebook import load
from shenguan.spine.facts.services import rebuild
from shenguan.spine.tests.registry import NOW, add_case, demo_court

pytestmark = pytest.mark.django_db
FIRST = {"case_type": "民初", "instance": "一审", "procedure": "普通程序", "cause": "合同纠纷"}
ROWS = (
    ("指标名称", "分子", "分母", "案件范围"),
    ("本院调解率", "一审调解结案数", "一审结案数", "诉讼一审"),
    ("本院满意率", "当事人评价满意件数", "一审结案数", "诉讼一审"),
    ("本院怪率", "", "一审结案数", ""),
)
NUMBER = "（2026）示0101民初1号"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings):
    settings.HOME = tmp_path
    monkeypatch.setenv("SHENGUAN_HOME", str(tmp_path))
    for serial, way in enumerate(("调解", "判决"), 1):
        closed = {"2026-02-01": "立案", "2026-03-10": ("报结", {"disposition": way})}
        add_case(f"（2026）示0101民初{serial}号", closed, **FIRST)
    rebuild(tmp_path, now=NOW)
    overlay = tmp_path / "overlay"
    rulebook.stand_on(lambda: overlay if overlay.is_dir() else None)
    yield tmp_path
    rulebook.stand_on(None)


def upload(client, **more):
    made = BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet("指标库")
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, row)
    made.seek(0)
    made.name = "省库.xlsx"
    return client.post("/library/load/", {"file": made, "period": "2026", **more})


@pytest.mark.parametrize("post", sorted(post.name for post in load().posts))
def test_who_may_set_loads_and_removes_and_all_others_read(post, home):
    client = signed_in(post, demo_court())
    may = SETS in load().posts[post].does
    assert upload(client).status_code == (200 if may else 403)
    assert client.post("/library/remove/", {"name": "省库"}).status_code == (302 if may else 403)
    page = client.get("/library/")
    assert page.status_code == 200
    assert ('name="file"' in page.content.decode()) is may
    assert client.get("/library/row/closed_cases/").status_code == 404


def test_a_workbook_is_read_back_kept_and_shown_with_cases_in_and_out(home):
    client = signed_in("审管办主任", demo_court())
    trial = upload(client, trial="1").content.decode()
    assert "试读，没有装入" in trial
    page = upload(client)
    said = page.content.decode()
    assert "已装入" in said
    assert "第 4 行" in said
    rows = {row["name"]: row for row in page.context["found"].rows}
    assert rows["本院调解率"]["inside"] == [NUMBER]
    assert rows["本院满意率"]["lacking"]
    kept = client.get("/library/").content.decode()
    assert "本院满意率" in kept
    assert "缺" in kept
    address = f"/library/row/{rows['本院调解率']['code']}/?period=2026"
    assert NUMBER in client.get(address).content.decode()
    outsider = signed_in("系统管理员", demo_court()).get(address).content.decode()
    assert "本院调解率" in outsider
    assert NUMBER not in outsider


def test_what_is_no_workbook_is_refused_in_words(home):
    client = signed_in("审管办主任", demo_court())
    made = BytesIO("不是工作簿".encode())
    made.name = "库.xlsx"
    assert "problem" in client.post("/library/load/", {"file": made}).content.decode()
    assert "请选择" in client.post("/library/load/").content.decode()
