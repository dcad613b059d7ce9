"""Dates, procedure, prior decision, panel and fees, each in the wordings courts use."""

from datetime import date

import pytest

from shenguan.core.judgment import dates
from shenguan.core.judgment.costs import read_appeal, read_costs
from shenguan.core.judgment.numerals import number
from shenguan.core.judgment.panel import read_panel
from shenguan.core.judgment.procedure import read_procedure
from shenguan.core.judgment.text import Text, even


def course(text: str) -> tuple[Text, list[dates.Mention]]:
    read = even(text)
    return read, dates.mentions(read.even, 0, len(read.even))


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("二十三", 23),
        ("一百三十三", 133),
        ("二〇", 20),
        ("十", 10),
        ("15", 15),
        ("廿一", 21),
        ("两", 2),
    ],
)
def test_chinese_numerals(printed: str, value: int) -> None:
    assert number(printed) == value


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("二〇一六年十月十三日", date(2016, 10, 13)),
        ("二○一六年十月三日", date(2016, 10, 3)),
        ("二ＯＯ六年十二月二十日", date(2006, 12, 20)),
        ("二OO八年一月七日", date(2008, 1, 7)),
        ("二О一五年五月廿一日", date(2015, 5, 21)),
        ("二Ο一七年八月二日", date(2017, 8, 2)),
        ("二零一九年元月十日", date(2019, 1, 10)),
    ],
)
def test_date_under_the_judgment_in_every_zero(printed: str, day: date) -> None:
    text = even(f"审判员甲某\n{printed}\n书记员乙某")
    assert dates.judged_on(text, 0, len(text.even)).value == day


@pytest.mark.parametrize(
    "printed", ["二〇一六年十一月三十一日", "二〇一七年二月××日", "二O九年八月五日"]
)
def test_an_impossible_or_broken_date_is_refused_with_its_print(printed: str) -> None:
    text = even(f"审判员甲某\n{printed}\n书记员乙某")
    found = dates.judged_on(text, 0, len(text.even))
    assert found.value is None
    assert printed in (found.why or "")


def test_filing_on_the_same_day_is_the_day_named_before() -> None:
    text, found = course("检察院于2024年3月1日向本院提起公诉，本院于同日立案。")
    assert dates.filed_on(text, found, 0).value == date(2024, 3, 1)
    assert dates.prosecuted_on(text, found).value == date(2024, 3, 1)


def test_prosecution_or_suit_alone_is_no_filing() -> None:
    text, found = course("原告于2024年3月1日诉至本院。本院受理后，于2024年4月1日公开开庭审理。")
    assert dates.filed_on(text, found, 0).value is None


def test_every_day_in_court_counts_and_a_pretrial_conference_does_not() -> None:
    text, found = course(
        "本院于2023年12月28日召开庭前会议，于2024年1月9日、10日及同年2月3日公开开庭审理了本案，3月1日宣判。"
    )
    heard = dates.hearings(text, found, 0).value
    assert heard == (date(2024, 1, 9), date(2024, 1, 10), date(2024, 2, 3))


def test_days_of_the_court_below_do_not_count() -> None:
    text, found = course(
        "示范市城中区人民法院于2024年1月9日公开开庭审理。本院于2024年5月6日公开开庭审理。"
    )
    assert dates.hearings(text, found, 0).value == (date(2024, 5, 6),)


@pytest.mark.parametrize(
    ("said", "instance", "expected"),
    [
        ("建议适用简易程序。本院依法组成合议庭", "一审", ("普通程序", "inferred")),
        ("本院适用刑事案件速裁程序，实行独任审判", "一审", ("速裁程序", "printed")),
        ("适用简易程序，后转为普通程序，组成合议庭", "一审", ("简易转普通", "printed")),
        ("依法适用速裁程序，因有异议，本案转为普通程序", "一审", ("速裁转普通", "printed")),
        ("适用小额诉讼程序，后转换为简易程序", "一审", ("小额转简易", "printed")),
        ("不宜适用简易程序，决定适用普通程序", "一审", ("普通程序", "printed")),
        ("由审判员甲某独任审判", "一审", ("简易程序", "inferred")),
        ("本院依法组成合议庭进行了审查", "再审审查", (None, None)),
    ],
)
def test_procedure(said: str, instance: str, expected: tuple[str | None, str | None]) -> None:
    text = even(said)
    end = len(text.even)
    procedure, basis = read_procedure(text, (0, end), (end, end), instance)
    assert (procedure.value, basis.value) == expected


def test_two_names_behind_one_role_are_two_members() -> None:
    text = even(
        "审判长甲某\n人民陪审员乙某人民陪审员丙某\n二〇二四年一月二日\n代书记员丁某\n戊某\n附：法条\n审判员己某"
    )
    found = read_panel(text, 0, len(text.even)).value or ()
    assert [m.role for m in found] == ["审判长", "人民陪审员", "人民陪审员", "代书记员", "代书记员"]


@pytest.mark.parametrize(
    ("printed", "instance", "fee"),
    [
        ("案件受理费人民币2,375元，由原告负担。", "一审", 2375),
        ("案件受理费300元，减半收取150元，由被告负担。", "一审", 150),
        ("一审案件受理费九千一百五十一元；二审案件受理费人民币三百五十元。", "二审", 350),
        ("一、二审案件受理费各8800元，由上诉人负担。", "二审", 8800),
        ("一、二审案件受理费分别为人民币500元、300元。", "二审", 300),
        ("一审案件受理费100元、二审案件受理费100元，由被申请人负担。", "再审", None),
    ],
)
def test_fee_of_this_instance(printed: str, instance: str, fee: float | None) -> None:
    text = even(printed)
    assert read_costs(text, 0, len(text.even), instance).value == fee


@pytest.mark.parametrize(
    ("printed", "days"),
    [
        ("如不服本判决，可在接到判决书的第二日起十日内，通过本院提出上诉。", 10),
        ("如不服本判决，可在判决书送达之日起十五日内，向本院递交上诉状。", 15),
        ("如不服本裁定，可在接到裁定书的第二日起五日内提出上诉。", 5),
        ("本判决为终审判决。", None),
    ],
)
def test_days_for_an_appeal(printed: str, days: int | None) -> None:
    text = even(printed)
    assert read_appeal(text, 0, len(text.even)).value == days
