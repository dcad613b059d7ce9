"""Role × endpoint for home pages, load, instructions and the wall; each within its budget of queries."""

from __future__ import annotations

import pytest
import time_machine

from shenguan.base.accounts.tests.doors import signed_in
from shenguan.base.org.models import Court
from shenguan.programs.load.sight import OF_THEMSELVES, OVER_OTHERS
from shenguan.rulebook import load
from shenguan.web.homes import HOMES
from shenguan.web.tests.test_matrix import SEEN, cases, client_of, shown  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
MOST_QUERIES = 75


@pytest.fixture(autouse=True)
def july(settings, tmp_path):
    settings.HOME = tmp_path
    with time_machine.travel("2026-07-10T01:00:00Z", tick=False):
        yield


@pytest.mark.parametrize("post", sorted(SEEN))
def test_a_home_names_no_case_that_its_post_may_not_see(post, cases, django_assert_max_num_queries):  # noqa: F811
    client = client_of(post)
    client.get("/")  # the first page after an import makes the figures
    with django_assert_max_num_queries(MOST_QUERIES):
        answer = client.get("/")
    assert answer.status_code == 200
    assert shown(answer.content.decode()) <= SEEN[post]
    assert answer.context["home"] == load().posts[post].home


def test_every_home_of_the_rulebook_is_composed():
    assert {post.home for post in load().posts} <= set(HOMES)
