"""The registry's own judgments reach the index, but for those that must not be published."""

import hashlib

import pytest
from django.apps import apps
from django.conf import settings

from shenguan.programs.similar.index import JudgmentIndex
from shenguan.programs.similar.own import index_own
from shenguan.programs.similar.shelf import folder, reader, shelf
from shenguan.programs.similar.tests.factories import judgment
from shenguan.spine.tests.registry import NOW, add_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("SHENGUAN_HOME", str(tmp_path))
    return tmp_path


def keep(serial: int, *, said: str = "", **fields: object) -> None:
    case = add_case(f"（2024）示0102刑初{serial}号", {"2024-01-15": "立案"}, **fields)
    text = judgment("盗窃罪", serial)["text"].replace("销赃后挥霍", f"销赃后挥霍{said}")
    digest = hashlib.sha256(text.encode()).hexdigest()
    model = apps.get_model(settings.CASE_TEXTS["裁判文书"])
    model._default_manager.create(case=case, digest=digest, text=text)


def test_a_landed_judgment_is_found_from_the_next_morning_on_and_added_once(home):
    assert index_own(NOW.date(), NOW) == 0
    keep(1)
    assert index_own(NOW.date(), NOW) == 1
    assert index_own(NOW.date(), NOW) == 0
    keep(2)
    assert index_own(NOW.date(), NOW) == 1
    on = shelf()
    assert on is not None
    assert on.size == 2
    assert [each.causes for each in on.search.index.numbered("（2024）示0102刑初1号")] == [
        ("盗窃罪",)
    ]


def test_what_must_not_be_published_stays_out(home):
    keep(1, said="，本案涉及未成年人，依法不公开开庭审理")
    keep(2)
    model = apps.get_model(settings.CASE_TEXTS["裁判文书"])
    secret = model._default_manager.get(case__number="（2024）示0102刑初2号").case
    secret.confidentiality = 2
    secret.save()
    assert index_own(NOW.date(), NOW) == 0


def test_a_judgment_known_from_a_file_is_no_second_hit(home):
    keep(1)
    JudgmentIndex(folder()).add([reader().incoming(judgment("盗窃罪", 1), "")])
    assert index_own(NOW.date(), NOW) == 0
