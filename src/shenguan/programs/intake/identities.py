"""Numbers that tell who a party is: hashed where they are read, with a key that never leaves this installation.

The hash links cases of one person or company; the number itself is kept nowhere, neither in the log nor among
rejected rows (个人信息保护法 arts 6, 51: no more than the purpose needs, de-identified).
"""

from __future__ import annotations

import hmac
import os
import re
import secrets
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from shenguan.base.ops import home
from shenguan.programs.intake.people import BETWEEN
from shenguan.programs.intake.values import cell_text

FILE = "identity.key"
HIDDEN = "（证件号码，不保存）"
_LENGTH = 32
_NUMBER = re.compile(r"[0-9A-Z]{6,20}")
_IN_TEXT = re.compile(r"(?<![0-9A-Za-z])(?:\d{17}[0-9Xx]|[0-9A-Z]{18}|\d{15})(?![0-9A-Za-z])")
_EXACT = 10**15
"""A spreadsheet keeps fifteen digits of a number; of a longer one the rest is lost."""


def hashes(cell: Any) -> list[str]:
    """Return a hash for each number of a cell, "" for one that is masked, lost or no number."""
    if isinstance(cell, int | float) and abs(cell) >= _EXACT:
        return [""]
    parts = [part.strip() for part in re.split(rf"{BETWEEN.pattern}|[,，]", cell_text(cell))]
    return [_hash(part) for part in parts if part]


def _hash(printed: str) -> str:
    number = re.sub(r"[\s\-—]", "", printed).upper()
    if not _NUMBER.fullmatch(number) or len(set(number)) < 3:
        return ""
    return hmac.new(_key(home.current() / FILE), number.encode(), "sha256").hexdigest()[:_LENGTH]


@lru_cache(maxsize=2)
def _key(file: Path) -> bytes:
    """Return this installation's key, made on first use and readable by its owner alone."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
            handle.write(secrets.token_bytes(32))
    return file.read_bytes()


def keyed(
    parties: Sequence[Mapping[str, Any]], found: Sequence[tuple[str, Sequence[str]]]
) -> list[dict[str, Any]]:
    """Give parties their hashes: a column's numbers to the parties of its role (or all), one each in order.

    Where there are more or fewer numbers than parties nobody gets one: it would be a guess.
    """
    by_role: dict[str, list[str]] = defaultdict(list)
    for role, numbers in found:
        by_role[role] += numbers
    made = [dict(party) for party in parties]
    for role, numbers in by_role.items():
        mine = [party for party in made if not role or party.get("role") == role]
        names = dict.fromkeys(party["name"] for party in mine)
        if len(names) == len(numbers):
            number_of = dict(zip(names, numbers, strict=True))
            for party in mine:
                party.update({"key": key} if (key := number_of[party["name"]]) else {})
    return made


def hidden(text: str) -> str:
    """Return a text without anything that looks like such a number."""
    return _IN_TEXT.sub(HIDDEN, text)
