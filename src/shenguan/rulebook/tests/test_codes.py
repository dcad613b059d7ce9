"""Courts and case types as tables, and what a case number resolves to."""

import csv
from pathlib import Path

import pytest

from shenguan.core.casenumber import parse, resolve
from shenguan.core.casenumber.courtname import parts_of
from shenguan.rulebook import DATA, load
from shenguan.rulebook.loaders import codes as loader

CODES = load().codes


@pytest.mark.parametrize(
    ("printed", "court", "case_class", "instance", "family"),
    [
        ("（2024）甘0102民初1号", "城关区", "民事", "一审", "诉讼一审"),
        ("（2024）粤08刑终1号", "湛江市中级", "刑事", "二审", "诉讼二审"),
        ("（2024）最高法知民终1号", "最高人民法院", "民事", "二审", "诉讼二审"),
        ("（2024）京民申1号", "北京市高级", "民事", "再审审查", "再审审查"),
        ("（2024）沪74民特1号", "上海金融法院", "民事", "特别程序", "特别程序"),
        ("（2024）浙72民初1号", "宁波海事法院", "民事", "一审", "诉讼一审"),
        ("（2024）粤1971执恢1号", "东莞市第一", "执行", "执行", "执行实施"),
        ("（2024）京0108诉前调书1号", "海淀区", "诉前调解", "调解", "诉前调解"),
    ],
)
def test_a_modern_number_gives_court_and_type(printed, court, case_class, instance, family):
    found = resolve(parse(printed), CODES)
    assert found.court
    assert court in found.court.name
    assert found.case_type
    kind = found.case_type
    assert (kind.case_class, kind.instance, kind.family) == (case_class, instance, family)
    assert found.notes == ()


def test_an_old_number_alone_has_no_court():
    found = resolve(parse("(2015)嘉桐刑初字第328号"), CODES)
    assert found.court is None
    assert found.case_type
    assert found.case_type.code == "刑初"
    assert "不据简称推定法院" in found.notes[0]


def test_an_old_number_takes_its_court_from_the_printed_name():
    found = resolve(parse("(2015)嘉桐刑初字第328号"), CODES, "桐乡市人民法院")
    assert found.court
    assert found.court.code == "浙0483"


def test_an_ambiguous_name_is_refused():
    found = resolve(parse("(2015)朝刑初字第3号"), CODES, "朝阳区人民法院")
    assert found.court is None
    assert "可指2个法院，不作推定" in found.notes[0]


def test_an_invented_demo_court_parses_and_is_named_unknown():
    found = resolve(parse("（2024）示0102民无1号"), CODES)
    assert (found.court, found.case_type) == (None, None)
    assert "示0102" in found.notes[0]
    assert "民无" in found.notes[1]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("浙江省桐乡市人民法院", "浙0483"),
        ("嘉兴市桐乡市人民法院", "浙0483"),
        ("桐 乡 市 人 民 法 院", "浙0483"),
        ("中华人民共和国最高人民法院", "最高法"),
        ("五华区人民法院", "云0102"),
        ("兰州中级人民法院", "甘01"),
        ("景谷县人民法院", "云0824"),  # a county of peoples, cut short
        ("章丘市人民法院", "鲁0181"),  # a city that became a district keeps its code
        ("山东省济南市章丘区人民法院", "鲁0181"),
        ("湖南省宁乡市人民法院", "湘0124"),  # the code stays the old one (art 13)
        ("河南省许昌县人民法院", "豫1003"),
        ("大同市中级人民法院", "晋02"),
    ],
)
def test_a_printed_name_finds_its_court_by_the_best_evidence(name, code):
    assert [c.code for c in CODES.courts_named(name)] == [code]


@pytest.mark.parametrize("name", ["无此县人民法院", "人民法院", "法院", "", "示范市甲区人民法院"])
def test_an_unknown_name_finds_nothing(name):
    assert CODES.courts_named(name) == ()


def test_a_district_alone_or_an_intermediate_court_without_city_is_ambiguous():
    assert len(CODES.courts_named("宝山区人民法院")) == 2
    assert CODES.courts_named("第一中级人民法院") == ()


def test_every_full_name_of_the_table_means_one_court():
    clear = [c for c in CODES.courts if not parts_of(c.name).bare]
    assert [c.name for c in clear if len(CODES.courts_named(c.name)) != 1] == []


def test_a_name_of_another_province_or_city_finds_nothing():
    assert CODES.courts_named("湖南省桐乡市人民法院") == ()
    assert CODES.courts_named("杭州市桐乡市人民法院") == ()


def test_a_dissolved_court_is_known_by_name_without_code():
    (court,) = CODES.courts_named("上海市闸北区人民法院")
    assert (court.code, court.status, court.year_to) == ("", "name_only", 2015)


def test_a_code_whose_court_was_renamed_asks_the_year():
    old, new = CODES.court("冀0502", 2019), CODES.court("冀0502", 2023)
    assert old
    assert new
    assert ("桥东区" in old.name, "襄都区" in new.name) == (True, True)
    assert CODES.court("冀0502") == new
    assert CODES.court("") is None


def test_several_names_share_one_type_code():
    kind = CODES.case_type("破")
    assert kind
    assert kind.names == ("破产清算案件", "破产重整案件", "破产和解案件")
    assert kind.numbers == ("1112", "1113", "1114")


def test_the_type_table_is_whole_and_of_one_mind():
    with (DATA / "codes" / "case_types.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert (len(rows), len(CODES.case_types)) == (169, 131)
    for row in rows:
        kind = CODES.case_types[row["type_code"]]
        printed = (row["label"], row["case_class"], row["instance"], row["family"], row["status"])
        held = (kind.name, kind.case_class, kind.instance, kind.family, "derived")
        assert printed == held
        assert parse(f"（2024）示01{row['type_code']}1号").type_code == row["type_code"]


def test_every_court_has_an_evidence_and_no_code_is_given_twice_at_once():
    kinds = {"rule", "both_agree", "observed_only", "derived_only", "conflict", "name_only"}
    assert {c.status for c in CODES.courts} == kinds
    coded = [c.code for c in CODES.courts if c.code and c.holds_in(None)]
    assert len(coded) == len(set(coded))


def test_a_courts_overlay_is_looked_up_first(tmp_path: Path):
    folder = tmp_path / "codes"
    folder.mkdir()
    head = (DATA / "codes" / "courts.csv").read_text(encoding="utf-8").partition("\n")[0]
    row = "示0102,示范市甲区人民法院,基层,示范省,示01,,,both_agree,,,"
    (folder / "courts.csv").write_text(f"{head}\n{row}\n", encoding="utf-8")
    codes = loader.load(DATA, tmp_path)
    found = resolve(parse("（2024）示0102民初1号"), codes)
    assert found.court
    assert found.court.name == "示范市甲区人民法院"
    assert codes.courts_named("示范市甲区人民法院") == (found.court,)
