"""案由 as integers: made of the tree's own code, so that a subtree is one stretch of numbers.

`CC-1-2-3` is class 1, part 1, chapter 2, cause 3, nothing below. The number doesn't move when lines are
added to the tree, and every number of a subtree lies in `[number, end_of(number)]`.
"""

from __future__ import annotations

from shenguan.core.causes import ADMINISTRATIVE, CIVIL, CRIMINAL, Causes

_TREES = {"CC": 1, "CR": 2, "AD": 3}
_RADIX = (16, 64, 1024, 64)
"""How many nodes each level of a tree can hold, 0 among them for "none"."""

_CLASSES = {
    "刑事": (CRIMINAL,),
    "民事": (CIVIL,),
    "行政": (ADMINISTRATIVE,),
    "赔偿": (ADMINISTRATIVE, CIVIL),
}
_ANY = (CIVIL, ADMINISTRATIVE, CRIMINAL)
_REMEMBERED = 50_000


def number_of(code: str) -> int:
    """Return the number of a tree's code; raises `ValueError` for one that doesn't fit."""
    tree, *parts = code.split("-")
    if tree not in _TREES or len(parts) > len(_RADIX) or not all(p.isdecimal() for p in parts):
        raise ValueError(f"案由代码“{code}”不是 CC/CR/AD 加各级序号的写法")
    levels = [int(part) for part in parts] + [0] * (len(_RADIX) - len(parts))
    number = _TREES[tree]
    for level, radix in zip(levels, _RADIX, strict=True):
        if level >= radix:
            raise ValueError(f"案由代码“{code}”的序号 {level} 超出编号范围")
        number = number * radix + level
    return number


def end_of(number: int) -> int:
    """Return the last number of the subtree that begins at `number`."""
    span = 1
    for radix in reversed(_RADIX):
        if number // span % radix:
            break
        span *= radix
    return number + span - 1


class CauseNumbers:
    """Numbers of printed causes, each looked up once."""

    def __init__(self, causes: Causes) -> None:
        self._causes = causes
        self._known: dict[tuple[str, str], int] = {}

    def number(self, name: str, case_class: str) -> int:
        """Return the number of a printed cause, 0 for a blank or unknown one.

        Of several charges in one cell the first counts.
        """
        if not name:
            return 0
        asked = (name, case_class)
        found = self._known.get(asked)
        if found is None:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            found = self._known[asked] = self._look_up(name, case_class)
        return found

    def _look_up(self, name: str, case_class: str) -> int:
        for tree in _CLASSES.get(case_class, _ANY):
            if tree == CRIMINAL:
                found = [charge.cause for charge in self._causes.charges(name) if charge.cause]
                node = found[0] if found else None
            else:
                named = self._causes.lookup(name, tree)
                node = named.cause or named.alike
            if node is not None:
                return number_of(node.code)
        return 0
