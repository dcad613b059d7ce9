"""The posts: closed words, nobody who decides for others."""

from __future__ import annotations

import pytest

from shenguan.rulebook import load
from shenguan.rulebook.loaders.posts import UnknownPost

POSTS = load().posts


def test_no_post_may_edit_a_decision():
    assert not any({"改判", "修改裁判", "签发裁判"} & set(post.does) for post in POSTS)


def test_the_three_administrators_see_no_case():
    for name in ("系统管理员", "安全管理员", "审计管理员"):
        assert POSTS[name].sees == "none"


def test_assistants_and_clerks_approve_nothing():
    assert not {"审批", "一级审批"} & {*POSTS["法官助理"].does, *POSTS["书记员"].does}


def test_a_post_outside_the_table_is_refused_in_chinese():
    with pytest.raises(UnknownPost, match="职务“局外人”不在职务表中"):
        POSTS["局外人"]
