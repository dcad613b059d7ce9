"""Causes: the version a filing date asks for, names with and without their tail, charges in a row."""

from collections import Counter
from datetime import date

import pytest

from shenguan.rulebook import DATA, load
from shenguan.rulebook.loaders import causes as causes_loader

CAUSES = load().causes
IN_FORCE = date(2026, 1, 1)


@pytest.mark.parametrize("name", ["民间借贷纠纷", "民间借贷", " 民间借贷 纠纷"])
def test_a_civil_cause_is_found_with_or_without_its_tail(name):
    found = CAUSES.lookup(name, "民事", IN_FORCE)
    assert found.cause
    assert (found.cause.name, found.version, found.flag) == ("民间借贷纠纷", "2025", None)


@pytest.mark.parametrize(
    ("filed", "version", "known"),
    [
        (date(2020, 12, 31), "2020前", False),
        (date(2025, 12, 31), "2020", True),
        (IN_FORCE, "2025", True),
        (date(2026, 1, 2), "2025", True),
    ],
)
def test_the_filing_date_decides_the_version_of_a_civil_cause(filed, version, known):
    found = CAUSES.lookup("离婚纠纷", "民事", filed)
    assert (found.version, found.cause is not None) == (version, known)


def test_a_case_filed_before_2026_has_its_cause_in_the_tree_of_2020():
    before, after = (
        CAUSES.lookup("清算责任纠纷", "民事", day) for day in (date(2025, 12, 31), IN_FORCE)
    )
    assert before.cause
    assert CAUSES.ancestors(before.cause)[0].name == "与公司有关的纠纷"
    assert after.cause is None
    same = CAUSES.lookup("离婚纠纷", "民事", date(2024, 5, 1))
    assert same.cause
    assert (same.cause.version, same.flag) == ("2020", None)
    assert same.alike
    assert same.alike.version == "2025"
    new = CAUSES.lookup("数据权属纠纷", "民事", date(2025, 12, 31))
    assert (new.cause, new.flag) == (None, "案由“数据权属纠纷”不在2020年民事案由表中")


def test_the_tree_of_2020_has_as_many_causes_as_were_published_and_is_numbered_alike():
    nodes = [n for n in CAUSES.nodes if n.version == "2020" and n.case_class == "民事"]
    assert Counter(n.level for n in nodes) == {1: 11, 2: 54, 3: 473, 4: 389}
    third = [n.name for n in nodes if n.level == 3]
    numbers = {"居住权合同纠纷": 136, "劳动合同纠纷": 186, "机动车交通事故责任纠纷": 374}
    assert {name: third.index(name) + 1 for name in numbers} == numbers
    assert {n.note for n in nodes} == {"", "未核对"}
    assert all(n.parent in {above.code for above in nodes} for n in nodes if n.level > 1)


def test_a_case_from_before_2021_has_an_older_cause_still():
    found = CAUSES.lookup("离婚纠纷", "民事", date(2020, 12, 31))
    assert (found.version, found.code) == ("2020前", None)
    assert "2020年以前的案由" in (found.flag or "")


def test_a_court_lays_in_the_tree_of_2020_as_a_file(tmp_path):
    table = "code,name,level,parent\nC20-1,合同纠纷,1,\nC20-1-1,居间合同纠纷,2,C20-1\nC20-1-2,离婚纠纷,2,C20-1\n"
    (tmp_path / "codes").mkdir()
    (tmp_path / "codes" / "causes_civil_2020.csv").write_text(table, encoding="utf-8")
    causes = causes_loader.load(DATA, tmp_path)
    old = causes.lookup("居间合同", "民事", date(2025, 12, 31))
    assert (old.code, old.version, old.flag, old.alike) == ("C20-1-1", "2020", None, None)
    same = causes.lookup("离婚纠纷", "民事", date(2021, 1, 1))
    assert same.code == "C20-1-2"
    assert same.alike
    assert same.alike.version == "2025"
    unknown = causes.lookup("声音保护纠纷", "民事", date(2021, 1, 1))
    assert (unknown.cause, unknown.flag) == (None, "案由“声音保护纠纷”不在2020年民事案由表中")
    assert causes.lookup("居间合同纠纷", "民事", IN_FORCE).cause is None
    assert causes.lookup("离婚纠纷", "民事", IN_FORCE) == CAUSES.lookup(
        "离婚纠纷", "民事", IN_FORCE
    )


def test_without_a_filing_date_the_version_is_left_open():
    found = CAUSES.lookup("离婚纠纷", "民事")
    assert (found.version, found.code) == (None, None)
    assert "立案日期缺失" in (found.flag or "")


@pytest.mark.parametrize("case_class", ["民事", "刑事", "行政"])
def test_an_unknown_cause_is_kept_and_flagged(case_class):
    found = CAUSES.lookup("无此案由", case_class, IN_FORCE)
    assert (found.name, found.cause) == ("无此案由", None)
    assert "不在" in (found.flag or "")


def test_ancestors_lead_from_the_nearest_to_the_root():
    node = CAUSES.lookup("离婚纠纷", "民事", IN_FORCE).cause
    assert node
    assert [a.name for a in CAUSES.ancestors(node)] == ["婚姻家庭纠纷", "婚姻家庭、继承纠纷"]


def test_the_deeper_node_of_a_shared_name_is_the_cause():
    node = CAUSES.lookup("不当得利纠纷", "民事", IN_FORCE).cause
    assert node
    assert node.level == 3


@pytest.mark.parametrize(
    ("printed", "whole"),
    [
        ("盗窃罪", "盗窃罪"),
        ("盗窃", "盗窃罪"),
        ("贩卖毒品罪", "走私、贩卖、运输、制造毒品罪"),
        ("走私、运输毒品罪", "走私、贩卖、运输、制造毒品罪"),
        ("非法持有枪支罪", "非法持有、私藏枪支、弹药罪"),
        ("掩饰、隐瞒犯罪所得罪", "掩饰、隐瞒犯罪所得、犯罪所得收益罪"),
        ("拐卖妇女罪", "拐卖妇女、儿童罪"),
        ("窝藏罪", "窝藏、包庇罪"),
        ("偷越国境罪", "偷越国（边）境罪"),
    ],
)
def test_a_charge_or_part_of_a_selective_charge_is_found(printed, whole):
    found = CAUSES.lookup(printed, "刑事")
    assert found.cause
    assert found.cause.name == whole
    assert found.name == printed


def test_charges_in_one_cell_are_told_apart():
    found = CAUSES.charges("盗窃罪、掩饰、隐瞒犯罪所得罪，贩卖毒品罪和诈骗罪")
    assert [c.name for c in found] == ["盗窃罪", "掩饰、隐瞒犯罪所得罪", "贩卖毒品罪", "诈骗罪"]
    assert all(c.cause for c in found)


@pytest.mark.parametrize(("case_class", "nodes"), [("民事", 1055), ("刑事", 511), ("行政", 163)])
def test_the_trees_are_whole(case_class, nodes):
    held = [n for n in CAUSES.in_force if n.case_class == case_class]
    assert len(held) == nodes
    assert all(n.level == 1 or CAUSES.node(n.parent) for n in held)
    assert all("替換" not in n.name for n in held)
