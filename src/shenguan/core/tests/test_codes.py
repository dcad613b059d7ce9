"""Look-ups on a small invented table: evidence, years, ambiguity."""

from shenguan.core.casenumber import CaseType, Codes, Court, parse, resolve


def court(code: str, name: str, status: str = "both_agree", **more) -> Court:
    defaults = {"level": "基层", "province": "河北省", "parent_code": code[:3]}
    return Court(code=code, name=name, status=status, **{**defaults, **more})


HIGHER = court("冀90", "河北省示范市中级人民法院", level="中级", parent_code="冀")
COURTS = (
    HIGHER,
    court("冀9001", "河北省示范市甲区人民法院", weight=3),
    court("冀9002", "河北省示范市乙区人民法院", "derived_only"),
    court("冀9021", "河北省乙县人民法院", "observed_only", aliases=("河北省示范市乙区人民法院",)),
    court("冀9101", "河北省典型市甲区人民法院"),
    court("冀9003", "河北省示范市丙区人民法院", year_to=2020),
    court("冀9003", "河北省示范市丁区人民法院", year_from=2021),
)
CODES = Codes(COURTS, {"民初": CaseType("民初", "民事一审案件", "民事", "一审", "诉讼一审")})


def test_seen_rows_win_over_derived_ones_of_the_same_court():
    assert [c.code for c in CODES.courts_named("河北省示范市乙区人民法院")] == ["冀9021"]


def test_what_is_printed_of_the_places_above_must_agree():
    assert [c.code for c in CODES.courts_named("示范市甲区人民法院")] == ["冀9001"]
    assert len(CODES.courts_named("甲区人民法院")) == 2
    assert CODES.courts_named("山东省示范市甲区人民法院") == ()


def test_one_code_means_two_courts_over_the_years():
    names = [CODES.court("冀9003", year) for year in (2016, 2020, 2021, None)]
    assert [c.name[6:8] for c in names if c] == ["丙区", "丙区", "丁区", "丁区"]


def test_a_number_resolves_or_says_what_is_missing():
    found = resolve(parse("（2024）冀9001民初1号"), CODES)
    assert (found.court, found.notes) == (COURTS[1], ())
    lost = resolve(parse("（2024）冀9999民特1号"), CODES)
    assert lost.notes == (
        "法院代字“冀9999”不在法院代码表中",
        "类型代字“民特”不在案件类型表中",
    )


def test_an_old_number_asks_for_the_printed_name():
    number = parse("（2014）示甲民一初字第9号")
    assert resolve(number, CODES).court is None
    named = resolve(number, CODES, "示范市甲区人民法院")
    assert (named.court, named.case_type) == (COURTS[1], CODES.case_type("民初"))
    assert "可指2个法院" in resolve(number, CODES, "甲区人民法院").notes[0]
    assert "不在法院代码表中" in resolve(number, CODES, "无此法院").notes[0]
