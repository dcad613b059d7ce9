"""Identity numbers link cases and are kept nowhere: neither in the log nor among rejected rows, nor as extras."""

import pytest

from shenguan.base.org.scope import Scope
from shenguan.programs.intake import identities
from shenguan.programs.intake.selectors import rejected_rows
from shenguan.programs.intake.tests.conftest import case
from shenguan.spine.cases.models import Case, Event, Party

PERSON, OTHER, COMPANY = "110101199001010011", "110101198505050029", "91110000100000000X"


@pytest.fixture(autouse=True)
def _own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("SHENGUAN_HOME", str(tmp_path / "home"))


def parties_of(serial):
    return dict(
        Party.objects.filter(case__number_key=f"（2026）京0101民初{serial}号").values_list(
            "name", "key"
        )
    )


def test_the_same_number_gives_parties_of_two_cases_the_same_hash(bring):
    numbers = {"原告身份证号码": PERSON, "被告统一社会信用代码": COMPANY}
    one = case(1, 当事人="", 原告="甲某", 被告="示范公司", **numbers)
    numbers["被告统一社会信用代码"] = OTHER
    bring([one, case(2, 当事人="", 原告="甲某某", 被告="乙某", **numbers)])
    first, second = parties_of(1), parties_of(2)
    assert first["甲某"] == second["甲某某"] != ""
    assert len({*first.values(), *second.values()}) == 3


def test_numbers_go_to_all_parties_in_their_order_or_to_none(bring):
    bring(
        [
            case(
                1, 当事人="原告：甲某、乙某；被告：丙某", 证件号码=f"{PERSON}；{OTHER}；{COMPANY}"
            ),
            case(2, 当事人="原告：甲某、乙某；被告：丙某", 证件号码=f"{PERSON}；{OTHER}"),
        ]
    )
    assert parties_of(1) == dict(
        zip(("甲某", "乙某", "丙某"), identities.hashes(f"{PERSON},{OTHER},{COMPANY}"), strict=True)
    )
    assert set(parties_of(2).values()) == {""}


def test_no_number_is_kept_anywhere(bring):
    broken = case(2, 原告="乙某", 原告身份证号码=OTHER)
    broken["案号"] = "看不懂"
    report = bring([case(1, 原告="甲某", 原告身份证号码=PERSON, 立案日期="无此日"), broken])
    kept = [str(event.payload) for event in Event.objects.all()]
    kept += [str(c.__dict__) for c in Case.objects.all()]
    batch = report.files[0].batches[0]
    kept += [str(row.__dict__) for row in rejected_rows(Scope.everything("测试"), batch)]
    kept.append(repr(report))
    assert not [text for text in kept if PERSON in text or OTHER in text]


def test_a_later_file_without_numbers_leaves_the_hashes(bring):
    bring([case(1, 当事人="", 原告="甲某", 原告身份证号码=PERSON)])
    bring([case(1, 当事人="", 原告="甲某")])
    assert parties_of(1)["甲某"]
    assert not Event.objects.filter(kind="登记变更").exists()


@pytest.mark.parametrize(
    "cell", ["", None, "无", "1101**********0011", "000000000000000000", 1.1e17]
)
def test_what_is_no_whole_number_is_no_hash(cell):
    assert not any(identities.hashes(cell))


def test_another_installation_makes_other_hashes(monkeypatch, tmp_path):
    here = identities.hashes(PERSON)
    monkeypatch.setenv("SHENGUAN_HOME", str(tmp_path / "elsewhere"))
    assert identities.hashes(PERSON) != here
    assert (tmp_path / "elsewhere" / identities.FILE).stat().st_mode & 0o077 == 0


def test_a_line_whose_columns_shifted_hides_what_looks_like_a_number():
    assert identities.hidden(f"甲某{PERSON}，乙某") == f"甲某{identities.HIDDEN}，乙某"
    assert identities.hidden("（2026）京0101民初1号") == "（2026）京0101民初1号"
