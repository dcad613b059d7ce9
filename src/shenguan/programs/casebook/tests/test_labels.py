"""No field of an event stands on a page under its code name."""

from __future__ import annotations

import re

from shenguan.programs.casebook.labels import QUIET
from shenguan.programs.casebook.telling import label
from shenguan.rulebook import load

CHINESE = re.compile("[\u3400-\u9fff]")


def test_every_field_of_every_event_has_a_chinese_name():
    book = load()
    nameless = {
        (kind.name, key)
        for kind in book.events
        for key in kind.payload
        if key not in QUIET and not CHINESE.search(label(kind.name, key, book))
    }
    assert nameless == set()
