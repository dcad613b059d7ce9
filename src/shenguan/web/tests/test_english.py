"""With the language switched to English the menu and what frames the data of its pages are English."""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.html
import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from shenguan.base.org.models import Person, Unit
from shenguan.web.tests.test_matrix import cases, client_of

__all__ = ["cases"]
pytestmark = pytest.mark.django_db
CHINESE = re.compile(r"[\u3400-\u9fff]")
NUMBER = re.compile(r"[（(]\d{4}[）)]\w+号|〔\d{4}〕\w+号")
POSTS = ("审管办主任", "院长", "法官", "系统管理员")
# Law and other sources, cited as they are called.
CITED = re.compile(r"第\d+条|[〔《]|人民法院案例库|中院\d{4}年|清单（试行）|有的法院|本项目建议")
DATA = (
    "示范市中级人民法院",
    "示范市甲区人民法院",
    "示范市乙区人民法院",
    "合同纠纷",
    "民初",
    "测试",
    "中文",
)
# The library of the interface has no other language.
ELSEWHERE = ("/api/",)
# What frames data: never data itself.
FRAME = ("nav", "h1", "h2", "h3", "thead", "caption", "legend", "label", "button", "summary", "dt")


@pytest.fixture(autouse=True)
def language_of_others() -> Iterator[None]:
    """What a request switches on stays on in its thread until the next one."""
    yield
    translation.activate(settings.LANGUAGE_CODE)


def test_the_pages_of_the_menu_are_english_but_for_data(cases):
    left: dict[str, list[str]] = {}
    seen: set[str] = set()
    for post in POSTS:
        client = client_of(post)
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        names = {*Person.objects.values_list("name", flat=True), *DATA}
        names |= set(Unit.objects.values_list("name", flat=True))
        own = [f"/cases/{cases['（2026）示0101民初1号']}/"]
        for address in [*menu(client), *own]:
            if address not in seen and not address.startswith(ELSEWHERE):
                seen.add(address)
                page = client.get(address).content.decode()
                left.update({text: [post, address] for text in chinese(page, names)})
    assert len(seen) > 30
    assert left == {}, "\n".join(left)


def menu(client: Client) -> list[str]:
    page = lxml.html.fromstring(client.get("/").content.decode())
    return [link.get("href") for link in page.xpath("//aside//nav//a")]


def chinese(page: str, names: set[str]) -> Iterator[str]:
    """Yield what frames the data in Chinese, without names and numbers."""
    root = lxml.html.fromstring(page)
    for one in root.xpath('//*[@translate="no"] | //script | //style | //textarea'):
        one.drop_tree()
    texts = [text for one in FRAME for text in root.xpath(f"//{one}//text()")]
    for text in texts:
        rest = NUMBER.sub("", text)
        for name in sorted(names, key=len, reverse=True):
            rest = rest.replace(name, "")
        if CHINESE.search(rest) and not CITED.search(text):
            yield " ".join(text.split())
