"""The words of import: each means one thing, and what they lead to exists."""

from __future__ import annotations

from collections import Counter

import pytest

from shenguan.rulebook import DATA
from shenguan.rulebook.loaders.events import load as load_events
from shenguan.rulebook.loaders.intake import load, plain

WORDS = load(DATA)


@pytest.mark.parametrize("specs", [WORDS.case, WORDS.event], ids=["case", "event"])
def test_no_heading_means_two_fields(specs):
    words = Counter(word for spec in specs for word in (spec.name, *spec.synonyms))
    assert [word for word, count in words.items() if count > 1] == []


def test_every_exclusion_opens_and_closes_with_known_events():
    kinds = load_events(DATA)
    for opening, closing in WORDS.exclusion_events.values():
        assert kinds[opening].name == opening
        assert kinds[closing].name == closing


def test_every_reason_of_exclusion_has_its_events():
    assert set(WORDS.values["exclusions"].values()) <= set(WORDS.exclusion_events)


def test_yes_and_no_share_no_word():
    assert not WORDS.yes & WORDS.no


def test_coded_columns_name_a_table_of_values_that_exists():
    assert {spec.values for spec in WORDS.case if spec.kind == "code"} <= set(WORDS.values)


def test_width_and_blanks_make_no_difference():
    assert plain(" 案　号（Ａ） ") == "案号(A)"
    assert WORDS.canonical("procedures", "简易 程序（小额诉讼）") == "小额诉讼程序"


def test_a_court_s_own_words_go_before_the_nation_s(tmp_path):
    folder = tmp_path / "intake"
    folder.mkdir()
    (folder / "headings.yaml").write_text(
        "case:\n  - {field: undertaker, name: 承办人, kind: text, synonyms: [谁办的]}\n",
        encoding="utf-8",
    )
    (folder / "values.yaml").write_text("procedures:\n  速裁程序: [快审]\n", encoding="utf-8")
    words = load(DATA, tmp_path)
    spec = next(spec for spec in words.case if spec.field == "undertaker")
    assert spec.synonyms[0] == "谁办的"
    assert "承办法官" in spec.synonyms
    assert words.canonical("procedures", "快审") == "速裁程序"
    assert words.canonical("procedures", "小额") == "小额诉讼程序"
