"""On an English page coded words are English, data stays, and forms send what they would have sent."""

from __future__ import annotations

import pytest
from django.utils import translation

from shenguan.base.ui.wording import in_english


def said(page: str) -> str:
    with translation.override("en"):
        return in_english(page)


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("<td>已销号</td>", "<td>Closed off</td>"),
        ("<td> ● 已超审限 </td>", "<td> ● Overdue </td>"),
        ("<td>12件</td>", "<td>12</td>"),
        ("<td>1,203.5天</td>", "<td>1,203.5 d</td>"),
        ("<td>改判、发回重审</td>", "<td>Changed, Remanded</td>"),
        ("<td>甲某（院长）</td>", "<td>甲某 (Court president)</td>"),
        ('<a title="审限届满">x</a>', '<a title="Due date">x</a>'),
    ],
)
def test_a_coded_word_is_said_in_english(chinese: str, english: str):
    assert said(chinese) == english


@pytest.mark.parametrize(
    "page",
    [
        "<td>张示范</td>",
        "<td>被告已付清全部货款</td>",
        "<td>同意，张示范已排期</td>",
        "<textarea>催办</textarea>",
        '<b translate="no">催办<b>督办</b></b>',
        "<script>const level = '催办';</script>",
        '<input name="word" value="催办">',
    ],
)
def test_what_people_wrote_and_data_stay(page: str):
    assert said(page) == page


def test_what_follows_something_left_as_it_is_is_read_again():
    page = '<p translate="no">催办<br>督办</p><p>催办</p>'
    assert said(page) == '<p translate="no">催办<br>督办</p><p>Urge</p>'


def test_an_option_sends_the_word_it_always_sent():
    assert said("<option>催办</option><option selected>张示范</option>") == (
        '<option value="催办">Urge</option><option selected>张示范</option>'
    )
    assert said('<option value="1">催办</option>') == '<option value="1">Urge</option>'


def test_quotes_and_brackets_stay_escaped():
    assert said("<td>&lt;b&gt; · 催办</td>") == "<td>&lt;b&gt; · Urge</td>"
