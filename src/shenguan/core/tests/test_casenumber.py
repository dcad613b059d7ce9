"""Case numbers as courts print them, before and after 2016."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shenguan.core.casenumber import (
    PROVINCES,
    CaseNumber,
    CaseNumberError,
    find,
    modern_type,
    normalise,
    parse,
)


def test_a_modern_number_is_read_into_its_parts():
    n = parse("（2024）沪0115知民初123号之二")
    assert (n.year, n.court_code, n.special, n.type_code) == (2024, "沪0115", "知", "民初")
    assert (n.serial, n.suffix, n.style, n.abbreviation) == (123, "之二", "modern", None)
    assert n.main == "（2024）沪0115知民初123号"


def test_an_old_number_keeps_its_abbreviation_and_names_no_court():
    n = parse("(2015)嘉桐刑初字第328号")
    assert (n.year, n.court_code, n.abbreviation) == (2015, None, "嘉桐")
    assert (n.type_code, n.serial, n.style) == ("刑初", 328, "old")
    assert n.text == "（2015）嘉桐刑初字第328号"


@pytest.mark.parametrize(
    "printed",
    [
        "（2024）示0102民初123号",
        "(2024)示0102民初123号",
        "〔2024〕示0102民初123号",
        "［２０２４］示０１０２民初１２３号",
        "【2024】 示0102 民初 00123 号",
        "﹝2024﹞示0102民初123号",
        "（2024）示0102民初字第123号",
        "（2024）示0102民初第123号",
        "（2024年）示0102民初123号",
        "（2024）示O1O2民初l23号",
        "（2024）示0102）民初123号",
        "（2024）示0102民初123",
        "2024示0102民初123号",
        "案号：（2024）示0102民初123号。",
        "\u3000（2024）\u00a0示0102\u200b民初123号\n",
    ],
)
def test_every_print_of_one_number_has_one_key(printed):
    assert normalise(printed) == "（2024）示0102民初123号"
    assert parse(printed) == parse("（2024）示0102民初123号")


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("（2014）沪一中民五(知)终字第9001号", "（2014）沪一中民五（知）终字第9001号"),
        ("（2015）双刑初字第第9002号", "（2015）双刑初字第9002号"),
        ("(2014)鄂西塞刑初字第09003号", "（2014）鄂西塞刑初字第9003号"),
        ("(2010)德执第9004号", "（2010）德执字第9004号"),
        ("(2008)汕中法刑一终字第9005-1号", "（2008）汕中法刑一终字第9005号之一"),
        ("（2013）锡知民初字第0902号之一", "（2013）锡知民初字第902号之一"),
        ("（2016）渝0231邢初9006号", "（2016）渝0231刑初9006号"),
        ("(2020)最高法知民终1号", "（2020）最高法知民终1号"),
        ("（2021）兵0603民初8号", "（2021）兵0603民初8号"),
        ("（2021）军01刑初2号", "（2021）军01刑初2号"),
        ("（2018）吉刑申9007号", "（2018）吉刑申9007号"),
        ("（2022）示0102诉前调书9号", "（2022）示0102诉前调书9号"),
        ("（2023）示01破申12号之12", "（2023）示01破申12号之十二"),
        ("（2023）示01执恢20-2号", "（2023）示01执恢20号之二"),
        ("（2023）示01执恢20号之2", "（2023）示01执恢20号之二"),
        ("（2016）示刑终字第9028号", "（2016）示刑终9028号"),
        ("（2024）最高法刑核12345678号", "（2024）最高法刑核12345678号"),
    ],
)
def test_unusual_prints_are_normalised(printed, key):
    assert normalise(printed) == key


@pytest.mark.parametrize(
    ("printed", "abbreviation", "kind"),
    [
        ("（2014）行刑初字第9026号", "行", "刑初"),  # 行唐县, not an administrative case
        ("（2013）商民初字第9027号", "商", "民初"),
        ("（2014）保执字第9026号", "保", "执"),
        ("（2013）佛南法民四初字第9008号", "佛南法", "民四初"),
        ("（2013）郑知民初字第9009号", "郑", "知民初"),
        ("（2015）粤知法商民终字第9010号", "粤知法", "商民终"),
        ("（2012）民申字第9011号", None, "民申"),
        ("（2011）湖德执恢字第9012号", "湖德", "执恢"),
        ("（2010）湖德执民字第9004号", "湖德", "执民"),
        ("（2012）温鹿少刑初字第9013号", "温鹿", "少刑初"),
        ("（2014）浙刑二他字第9014号", "浙", "刑二他"),
        ("（2014）东中法立民终字第9015号", "东中法", "立民终"),
        ("（2009）川民终字第9016号", "川", "民终"),
        ("（2009）川民终9016号", "川", "民终"),  # court codes didn't exist yet
    ],
)
def test_old_letters_are_split_into_court_and_type(printed, abbreviation, kind):
    n = parse(printed)
    assert (n.abbreviation, n.type_code, n.court_code) == (abbreviation, kind, None)


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "   ",
        "无",
        "12345",
        "（2007）海证民字第9017号",
        "（2009）商标异字第9018号",
        "（2012）沪东证字第9019号",
        "（2013）豫烟专价9020号",
        "（2013）鄂检刑审监函9021号",
        "（2017）精鉴字第9022号",
        "［2017］9025号",
        "（2015）第21号",
        "（1848）示01民初1号",
        "（2024）示0102民初0号",
        "（2017）示0" + "X" * 3 + "刑初9023号",
        "（2016）内222刑初9024号",
        "CR-2024-00123",
        "（2024）示0102民初1、2号",
        "（2024）示0102民初1-3、5号",
    ],
)
def test_what_is_no_court_number_is_refused_in_chinese(printed):
    with pytest.raises(CaseNumberError, match="无法识别："):
        parse(printed)


@pytest.mark.parametrize(
    ("old", "today"),
    [
        ("民三终", "民终"), ("知民初", "民初"), ("民五（知）终", "民终"), ("商初", "民初"),
        ("刑一初", "刑初"),
        ("民提", "民再"), ("行提", "行再"), ("民再终", "民再"), ("执民", "执"),
        ("执恢", "执恢"), ("执异", "执异"),
        ("民三他", "民他"), ("刑二他", "刑他"), ("民辖终", "民辖终"),
        ("立民终", "民终"), ("行赔初", "行赔初"),
        ("少刑初", "刑初"), ("刑一重", "刑初"), ("刑自初", "刑初"), ("民", None), ("刑执", None),
    ],
)  # fmt: skip
def test_an_old_type_has_todays_equivalent_or_none(old, today):
    assert modern_type(old) == today


def test_numbers_are_found_in_running_text_with_their_spans():
    text = (
        "不服示范市甲区人民法院（2023）示0102民初7号判决，"
        "并引（2007）海证民字第9017号公证书、(2015)示甲民初字第8号。"
    )
    found = list(find(text))
    assert [f.number.text for f in found] == ["（2023）示0102民初7号", "（2015）示甲民初字第8号"]
    assert text[found[0].start : found[0].end] == "（2023）示0102民初7号"


COURTS = st.one_of(
    st.just("最高法"),
    st.sampled_from(PROVINCES),
    st.tuples(st.sampled_from(PROVINCES), st.from_regex(r"[0-9]{2}|[0-9]{4}", fullmatch=True)).map(
        "".join
    ),
)
TYPES = [
    "民初",
    "刑终",
    "行赔监",
    "执恢",
    "破",
    "强清",
    "司救执",
    "台请送",
    "财保",
    "诉前调书",
    "民保令",
]
SUFFIXES = st.sampled_from([None, "之一", "之二", "之十", "之十二", "之二十一"])
MODERN = st.builds(
    CaseNumber,
    year=st.integers(2016, 2099), court_code=COURTS, special=st.sampled_from([None, "知"]),
    type_code=st.sampled_from(TYPES), serial=st.integers(1, 99_999_999), suffix=SUFFIXES,
    style=st.just("modern"), abbreviation=st.none(), raw=st.just(""),
)  # fmt: skip
OLD = st.builds(
    CaseNumber,
    year=st.integers(1980, 2015), court_code=st.none(), special=st.none(),
    type_code=st.sampled_from(["刑初", "民三终", "知民初", "执恢", "民五（知）初", "少刑初"]),
    serial=st.integers(1, 99999), suffix=SUFFIXES, style=st.just("old"),
    abbreviation=st.sampled_from(["嘉桐", "沪一中", "佛南法", "川", "行", "甬海法", "阿鲁"]),
    raw=st.just(""),
)  # fmt: skip


@given(st.one_of(MODERN, OLD))
def test_what_is_written_is_read_back(number):
    again = parse(number.text)
    assert again == number
    assert again.text == number.text
    assert normalise(again.text) == again.text


@given(st.text(alphabet="（）()〔2015）0189粤示最高法刑民初终字第号之一知O- \u3000A", max_size=24))
def test_near_numbers_are_read_or_refused_never_crash(text):
    try:
        number = parse(text)
    except CaseNumberError:
        return
    assert parse(number.text) == number


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_never_crashes(text):
    with suppress(CaseNumberError):
        parse(text)
