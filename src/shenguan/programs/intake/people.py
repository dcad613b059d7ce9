"""Reading cells that name people: parties with their standing, members of a panel."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from shenguan.programs.intake.values import cell_text
from shenguan.rulebook.loaders.intake import plain

BETWEEN = re.compile(r"[;；、\n\r|]+")
HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


def split_people(cell: object, empty: Collection[str] = ()) -> list[str]:
    """Return the names in a cell. A comma parts names only where no Latin name could hold it."""
    names: list[str] = []
    for part in BETWEEN.split(cell_text(cell)):
        pieces = re.split(r"[,，]", part) if _commas_part(part) else [part]
        names += [" ".join(piece.split()) for piece in pieces]
    return [name for name in names if name and plain(name) not in empty]


def _commas_part(text: str) -> bool:
    """`Foo Co., Ltd.` is one name; `甲某,乙某` are two, but not when the comma stands in brackets."""
    return bool(HAN.search(text)) and not re.search(r"[A-Za-z]\.?\s*[,，]|[（(][^）)]*[,，]", text)


def read_parties(
    cell: object, roles: Sequence[str], empty: Collection[str] = (), role: str = ""
) -> list[dict[str, str]]:
    """Return `[{"role", "name"}]`; a role printed before a colon or in brackets goes for its names.

    `原告：甲某、乙某；被告：丙某` gives three; `甲某（原告）` gives one. `role` is the column's, if it has one.
    """
    parties: list[dict[str, str]] = []
    current = role
    for name in split_people(cell, empty):
        head, colon, rest = re.sub(":", "：", name, count=1).partition("：")
        if colon and _role(head, roles):
            current, name = _role(head, roles), rest.strip()  # noqa: PLW2901 - the role is taken off
        bracket = re.fullmatch(r"(.+?)[（(]([^（）()]{2,8})[）)]", name)
        if bracket and _role(bracket[2], roles):
            parties.append({"role": _role(bracket[2], roles), "name": bracket[1].strip()})
        elif name:
            parties.append({"role": current, "name": name})
    return parties


def _role(text: str, roles: Sequence[str]) -> str:
    word = plain(text)
    return word if word in roles else ""
