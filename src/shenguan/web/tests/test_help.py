"""Help: every page of every menu has its answer, its links lead somewhere, and it can be searched."""

from __future__ import annotations

import pytest
from django.urls import resolve

from shenguan.web.helping import ANSWERS
from shenguan.web.menu import GROUPS
from shenguan.web.tests.test_matrix import cases, client_of  # noqa: F401

pytestmark = pytest.mark.django_db
MENU = [entry for group in GROUPS for entry in group.entries]


def test_every_page_of_the_menu_is_answered_for_and_no_answer_is_left_over():
    assert {entry.key for entry in MENU} == set(ANSWERS)


def test_no_page_of_the_menu_is_a_dead_link():
    assert all(resolve(entry.address) for entry in MENU)


def test_help_shows_the_menu_of_the_post_and_finds_a_word_in_either_language(cases):  # noqa: F811
    client = client_of("法官")
    whole = client.get("/help/").content.decode()
    assert 'href="/cases/"' in whole
    assert "/register/mode/" not in whole
    found = client.get("/help/", {"q": "Exclusion"}).content.decode()
    assert "扣除审限" in found
    assert "督办单" not in found.split('<main id="main">')[1]
