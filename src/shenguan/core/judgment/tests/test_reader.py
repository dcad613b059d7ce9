"""A whole judgment read, in lines and flattened, and junk that must not hurt."""

import random
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shenguan.core.judgment import Judgment, read, text, to_json
from shenguan.core.judgment.tests.samples import CIVIL_APPEAL, CRIMINAL, flat

SHAPES = {
    "lines": lambda text: text,
    "flattened": flat,
    "carriage": lambda t: t.replace("\n", "\r\n"),
}


@pytest.fixture(params=SHAPES, name="criminal")
def _criminal(request: pytest.FixtureRequest) -> tuple[str, Judgment]:
    text = SHAPES[request.param](CRIMINAL)
    return text, read(text)


@pytest.fixture(params=SHAPES, name="appeal")
def _appeal(request: pytest.FixtureRequest) -> Judgment:
    return read(SHAPES[request.param](CIVIL_APPEAL))


def test_head_of_a_criminal_judgment(criminal: tuple[str, Judgment]) -> None:
    _, judgment = criminal
    assert judgment.court.value == "示范市城中区人民法院"
    assert judgment.case_number.value == "（2024）示0102刑初123号"
    assert judgment.court_code.value == "示0102"
    assert judgment.case_key.value == "示范市城中区人民法院（2024）示0102刑初123号"
    assert (judgment.type.value, judgment.instance.value) == ("判决书", "一审")


def test_course_of_a_criminal_judgment(criminal: tuple[str, Judgment]) -> None:
    _, judgment = criminal
    assert (judgment.procedure.value, judgment.procedure_basis.value) == ("简易转普通", "printed")
    assert judgment.prosecuted_on.value == judgment.filed_on.value == date(2024, 3, 1)
    assert judgment.hearings.value == (date(2024, 4, 9), date(2024, 4, 10))
    assert judgment.judged_on.value == date(2024, 4, 26)


def test_outcome_of_a_criminal_judgment(criminal: tuple[str, Judgment]) -> None:
    _, judgment = criminal
    assert judgment.disposition.value == "有罪判决"
    assert judgment.cause.value == ("诈骗罪", "掩饰、隐瞒犯罪所得罪")
    assert judgment.appeal_days.value == 10
    assert judgment.costs.value is None
    assert judgment.costs.why == "刑事案件不收案件受理费"


def test_people_of_a_criminal_judgment(criminal: tuple[str, Judgment]) -> None:
    _, judgment = criminal
    parties = judgment.parties.value or ()
    assert [(p.role, p.name) for p in parties] == [
        ("公诉机关", "示范市城中区人民检察院"),
        ("被告人", "甲某"),
        ("被告人", "于某"),
    ]
    assert parties[1].agents[0].role == "辩护人"
    panel = [(m.role, m.name) for m in judgment.panel.value or ()]
    assert ("审判长", "戊某") in panel
    assert panel[-1] == ("书记员", "壬某")
    assert len(panel) == 5


def test_every_span_points_at_its_value(criminal: tuple[str, Judgment]) -> None:
    text, judgment = criminal
    (number,) = judgment.case_number.spans
    assert "".join(text[slice(*number)].split()) == judgment.case_number.value
    assert text[slice(*judgment.judged_on.spans[0])] == "二〇二四年四月二十六日"
    for name, start in {"claims": "示范市城中区人民检察院指控", "facts": "经审理查明"}.items():
        assert text[slice(*judgment.segments[name].spans[0])].startswith(start)
    reasoning = text[slice(*judgment.segments["reasoning"].spans[0])]
    assert reasoning.startswith("本院认为")
    assert reasoning.endswith("判决如下：")
    assert text[slice(*judgment.segments["ruling"].spans[0])].endswith("提出上诉。")


def test_an_appeal_names_the_decision_below_and_is_coded_from_its_order(appeal: Judgment) -> None:
    assert appeal.instance.value == "二审"
    assert appeal.prior_court.value == "示范市城中区人民法院"
    assert appeal.prior_case_number.value == "（2024）示0102民初88号"
    assert appeal.disposition.value == "部分改判"
    assert appeal.cause.value == ("买卖合同纠纷",)
    assert appeal.costs.value == 525
    assert appeal.filed_on.value == date(2025, 1, 10)
    assert appeal.appeal_days.why == "终审裁判，不得上诉"
    assert [p.role for p in appeal.parties.value or ()] == ["上诉人", "被上诉人"]
    assert (appeal.procedure.value, appeal.procedure_basis.value) == ("普通程序", "inferred")


def test_what_the_court_below_found_is_no_finding_of_this_court() -> None:
    claims, facts = (read(CIVIL_APPEAL).segments[name].spans[0] for name in ("claims", "facts"))
    assert "一审法院经审理查明" in CIVIL_APPEAL[slice(*claims)]
    assert CIVIL_APPEAL[slice(*facts)].startswith("本院经审理查明")


def test_brackets_inside_a_company_belong_to_its_name(appeal: Judgment) -> None:
    assert [p.name for p in appeal.parties.value or ()] == ["示范（甲地）贸易有限公司", "乙某"]


def test_a_record_gives_a_reason_for_whatever_is_absent() -> None:
    record = to_json(read("不是裁判文书"), "x")
    absent = [key for key, value in record.items() if value is None]
    assert "court" in absent
    assert all(record["why"][key] for key in absent)
    assert all(record["why"][f"spans.{key}"] for key, v in record["spans"].items() if v is None)


def test_a_second_document_behind_the_first_is_left_out() -> None:
    judgment = read(CRIMINAL.split("附：")[0] + CIVIL_APPEAL)
    assert judgment.case_number.value == "（2024）示0102刑初123号"
    assert judgment.disposition.value == "有罪判决"


def test_a_judgment_behind_a_digest_is_read_at_its_own_head() -> None:
    digest = "推荐理由：示范案例。\n裁判要旨：应当履行合同。\n案情介绍：买卖合同纠纷。\n"
    assert read(digest + CIVIL_APPEAL).case_number.value == "（2025）示01民终7号"


PIECES = [
    "（2024）",
    "示0102",
    "号",
    "人民法院",
    "被告人",
    "犯",
    "罪",
    "《",
    "》",
    "第",
    "一",
    "条",
    "款",
    "（",
    "）",
]
PIECES += [
    "本院认为",
    "判决如下：",
    "审判长",
    "、",
    "，",
    "。",
    "\n",
    " ",
    "2024年",
    "3月",
    "1日",
    "撤销",
    "维持",
    "12",
]


@given(st.lists(st.sampled_from(PIECES), max_size=120).map("".join))
def test_junk_never_raises(text: str) -> None:
    to_json(read(text), "junk")


@given(st.text(max_size=400), st.integers(0, len(CRIMINAL)))
def test_noise_inside_a_judgment_never_raises(noise: str, at: int) -> None:
    to_json(read(CRIMINAL[:at] + noise + CRIMINAL[at:]), "noise")


@pytest.mark.parametrize("piece", PIECES)
def test_no_repetition_costs_more_than_a_moment(piece: str) -> None:
    text = CRIMINAL[:300] + piece * (20_000 // len(piece)) + CRIMINAL[300:]
    begun = time.process_time()
    read(text)
    assert time.process_time() - begun < 0.75


def test_shuffled_junk_costs_no_more_than_a_moment() -> None:
    order = random.Random(7)
    text = "".join(order.choice(PIECES) for _ in range(20_000))
    begun = time.process_time()
    read(text)
    assert time.process_time() - begun < 1.5


@given(st.text(st.sampled_from("".join(map(chr, text._EVEN)) + "甲乙 \n12a(),"), max_size=80))
def test_widths_are_levelled_as_the_table_says(raw):
    assert text._levelled(raw) == raw.translate(text._EVEN)
