"""周提醒 answered: each item has a number; answers come back by page or in the message gateway's workbook.

The number of an item is `<case>-<rule>-<day the rung began, yyyymmdd>`. A rung may have moved on since the
sheet was printed: the answer is still meant for that rule on that case.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any
from zipfile import BadZipFile

import openpyxl
from django.db.models import Q, QuerySet
from openpyxl.utils.exceptions import InvalidFileException

from shenguan.base.inbox import selectors, services
from shenguan.base.inbox.models import Answer, Watch
from shenguan.base.org.scope import Scope

ITEM = re.compile(r"(?P<case>\d{1,18})-(?P<kind>[a-z][a-z0-9_]{0,39})-(?P<since>\d{8})")
_COLUMNS = {"item": "事项编号", "person": "收件人", "choice": "答复", "text": "说明"}


@dataclass(frozen=True, slots=True)
class Answered:
    """How an item was answered: `state` is what has become of it (待认定, 属实 …), else the choice."""

    choice: str
    text: str
    on: date
    person: str
    state: str


@dataclass(slots=True)
class Taken:
    """What a workbook brought: answers taken in, and rows refused with line and reason."""

    answers: list[Answer] = field(default_factory=list)
    refused: list[tuple[int, str, str]] = field(default_factory=list)


def item_of(watch: Watch) -> str:
    """Return the number of a case's warning on the weekly sheet, empty for what isn't about a case."""
    about = watch.case_id
    return f"{about}-{watch.kind}-{watch.since:%Y%m%d}" if about and watch.since else ""


def watches_of(scope: Scope, item: str) -> QuerySet[Watch]:
    """Return the standing warnings an item speaks of; raises `ValueError` for what is no number."""
    case, kind = _read(item)
    return selectors.standing(scope).filter(subject=f"case:{case}", kind=kind)


def answers(scope: Scope, since: date, until: date) -> QuerySet[Answer]:
    """Return the answers of days in `[since, until)` to what the scope shows, in order."""
    rows = Answer.objects.filter(watch__in=selectors.watches(scope), on__gte=since, on__lt=until)
    return rows.select_related("watch", "person", "correction").order_by("on", "pk")


def answered(items: Collection[str]) -> dict[str, Answered]:
    """Return how items were answered last since their rung began; unanswered ones are left out.

    For next week's sheet, whose maker has read the items within a scope already.
    """
    wanted = {item: _read(item) for item in items}
    matters = Q(pk__in=[])
    for case, kind in set(wanted.values()):
        matters |= Q(watch__subject=f"case:{case}", watch__kind=kind)
    rows = Answer.objects.filter(matters).select_related("watch", "person").order_by("pk")
    last: dict[tuple[str, str], Answer] = {}
    for row in rows:
        last[row.watch.subject.partition(":")[2], row.watch.kind] = row
    found = {item: last[matter] for item, matter in wanted.items() if matter in last}
    return {item: _said(row) for item, row in found.items() if row.on >= _since(item)}


def take_in(scope: Scope, file: Path | IO[bytes], *, on: date, now: datetime) -> Taken:
    """Take the answers of a workbook in: each row stands or falls by itself, empty ones are passed over.

    The answer is the recipient's; a row whose 收件人 isn't in charge of the matter is refused. Raises
    `ValueError` when no sheet has the columns 事项编号, 收件人, 答复.
    """
    taken = Taken()
    for number, row in _rows(file):
        try:
            taken.answers += _take(scope, row, on, now)
        except ValueError as refused:
            taken.refused.append((number, row["item"], str(refused)))
    return taken


def _take(scope: Scope, row: dict[str, str], on: date, now: datetime) -> list[Answer]:
    watches = list(watches_of(scope, row["item"]))
    if not watches:
        raise ValueError("没有这一事项，或者预警已经解除")
    made = []
    for watch in watches:
        if watch.owner is None or watch.owner.name != row["person"]:
            raise ValueError(f"收件人“{row['person']}”不是这一事项的承办人")
        made.append(
            services.answer(
                watch=watch, choice=row["choice"], text=row["text"], actor=watch.owner, on=on,
                now=now, item=row["item"], channel=services.BY_FILE,
            )
        )  # fmt: skip
    return made


def _rows(file: Path | IO[bytes]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line, values) of the rows with an answer on the first sheet that has the columns."""
    try:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, OSError) as error:
        raise ValueError("文件不是可读的 xlsx") from error
    for sheet in book.worksheets:
        places: dict[str, int] = {}
        for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
            words = ["" if cell is None else str(cell).strip() for cell in cells]
            if not places:
                places = _places(words)
                continue
            row = {name: _at(words, at) for name, at in places.items()}
            if row["choice"]:
                yield number, {"text": "", **row}
        if places:
            return
    raise ValueError(f"表中没有 {'、'.join(_COLUMNS.values())} 各栏")


def _places(words: Sequence[str]) -> dict[str, int]:
    """Return where each column stands, by the beginning of its heading; empty for another line."""
    found = {
        name: next((at for at, word in enumerate(words) if word.startswith(heading)), -1)
        for name, heading in _COLUMNS.items()
    }
    if any(found[name] < 0 for name in ("item", "person", "choice")):
        return {}
    return {name: at for name, at in found.items() if at >= 0}


def _at(words: Sequence[Any], at: int) -> str:
    return str(words[at]) if at < len(words) else ""


def _read(item: str) -> tuple[str, str]:
    found = ITEM.fullmatch(item)
    if found is None:
        raise ValueError(f"事项编号“{item}”不可读")
    return found["case"], found["kind"]


def _since(item: str) -> date:
    return datetime.strptime(item[-8:], "%Y%m%d").date()  # noqa: DTZ007 - a day, not a moment


def state_of(row: Answer) -> str:
    """Return what has become of an answer: 待认定, 已更正 … of 数据有误, else the answer itself."""
    return row.correction.state if hasattr(row, "correction") else row.choice


def _said(row: Answer) -> Answered:
    return Answered(row.choice, row.text, row.on, str(row.person), state_of(row))
