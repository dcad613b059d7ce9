"""The registry's own judgments in the index: night by night those that came in since.

All who see cases find them, so what must not be published stays out: minors, mediation, divorce and
children (法释〔2016〕19号 art 4), whatever was heard in private, and every sensitive case.
"""

from __future__ import annotations

import json
import logging
import os
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import QuerySet

from shenguan.core.similar.model import Entry
from shenguan.programs.similar.index import BrokenIndexError, Incoming, JudgmentIndex
from shenguan.programs.similar.shelf import folder, reader

A_NIGHT = 5_000
_TEXTS = "裁判文书"
_REACHED = "own.json"
_UNPUBLISHED = re.compile("不公开|未成年|民事调解书|离婚|抚养|监护|收养|探望")
_logger = logging.getLogger(__name__)


def index_own(_on: date, _now: datetime) -> int:
    """Add judgments landed since the last time; return how many. Done again, it changes nothing."""
    rows = _behind(_reached())
    if not rows:
        return 0
    try:
        index = JudgmentIndex(folder())
        added = index.add(_entries(rows, index))
    except (BrokenIndexError, OSError, ValueError) as error:  # ValueError: another one writes
        _logger.warning("本院裁判文书未能加入类案索引，下一夜再加入：%s", error)
        return 0
    _remember(rows[-1].pk)
    return added


def _behind(last: int) -> list[Any]:
    texts: QuerySet[Any] = apps.get_model(settings.CASE_TEXTS[_TEXTS])._default_manager.all()
    return list(texts.filter(pk__gt=last).select_related("case").order_by("pk")[:A_NIGHT])


def _entries(rows: list[Any], index: JudgmentIndex) -> Iterator[Incoming]:
    reads = reader()
    for row in rows:
        if row.case.confidentiality > 0 or _UNPUBLISHED.search(row.text):
            continue
        made = reads.incoming({"id": f"本院{row.digest}", "text": row.text}, "")
        if not _known(made.entry, index):
            yield made


def _known(entry: Entry, index: JudgmentIndex) -> bool:
    """Whether the decision is there already, from a file of judgments."""
    same = index.numbered(entry.number) if entry.number else ()
    return any(each.court == entry.court and each.id != entry.id for each in same)


def _reached() -> int:
    try:
        return int(json.loads((folder() / _REACHED).read_text(encoding="utf-8"))["last"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0


def _remember(last: int) -> None:
    """Behind the commit: a crash in between adds the same judgments once more."""
    part = folder() / f"{_REACHED}.part"
    part.write_text(json.dumps({"last": last}), encoding="utf-8")
    os.replace(part, folder() / _REACHED)
