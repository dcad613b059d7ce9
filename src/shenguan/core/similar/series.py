"""系列案: cases of one party or one court and cause whose facts are nearly the same text.

Party names and numbers are masked first: they are what differs within a series. A prosecutor's
template alone makes no series, so a pair must also share a party, or both court and cause.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

# One party makes a series of texts that share a template; without one only near-duplicates count.
WITH_PARTY, WITHOUT_PARTY = 0.25, 0.45
SHINGLE = 4
NEIGHBOURS = 20

_NUMBERS = re.compile(
    r"[0-9０-９]+(?:[,，.．:：][0-9０-９]+)*|[零〇一二三四五六七八九十百千万亿两]{2,}"
)
_BLANK = re.compile(r"[\s，。、；：,.;:“”\"'（）()《》]+")
_FORM = re.compile(r"(?:股份)?有限(?:责任)?公司|集团|公司|[\s（）()·•]|中华人民共和国")
_AROUND = re.compile(r"[\s（）()·•]")
_CLAIMING, _ANSWERING = ("原告", "申请人", "上诉人"), ("被告", "被申请人", "被上诉人")


@dataclass(frozen=True, slots=True)
class Litigant:
    """A party as far as it tells cases apart; `key`: hash of an identity number where given."""

    name: str
    role: str = ""
    key: str = ""

    @property
    def marks(self) -> frozenset[str]:
        """What two mentions of one party may have in common: the bare name, and the key where given."""
        return frozenset({party_name(self.name), self.key} - {""})

    def is_one_with(self, other: Litigant) -> bool:
        """One party by its key where both have one; else the bare name is all there is.

        Keys that differ tell people apart. A firm has its name to itself: then one key is mistyped.
        """
        if self.key and other.key and self.key != other.key:
            return _firm(self.name) != "" and _firm(self.name) == _firm(other.name)
        return self.has_name_of(other) or (self.key != "" and self.key == other.key)

    def has_name_of(self, other: Litigant) -> bool:
        """Whether the bare names are the same."""
        return party_name(self.name) == party_name(other.name)


@dataclass(frozen=True, slots=True)
class Filed:
    """A case as the detector needs it."""

    id: str
    facts: str
    court: str = ""
    cause: str = ""
    litigants: tuple[Litigant, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two cases of one series, how alike their masked facts are, and why they belong together."""

    first: str
    second: str
    likeness: float
    because: str


def party_name(printed: str) -> str:
    """A name without legal form, brackets and blanks; one that is nothing else stays whole."""
    return _FORM.sub("", printed) or printed


def _firm(printed: str) -> str:
    """The full name of a company however it is printed, "" for a name that is none."""
    name = _AROUND.sub("", printed).replace("有限责任公司", "有限公司")
    return name if name.endswith("公司") else ""


def masked(case: Filed) -> str:
    """The facts without party names, numbers, blanks and punctuation."""
    text = case.facts
    named = {n for each in case.litigants for n in (each.name, party_name(each.name)) if len(n) > 1}
    for name in sorted(named, key=len, reverse=True):
        text = text.replace(name, "某")
    return _BLANK.sub("", _NUMBERS.sub("0", text))


def shingles(text: str) -> frozenset[str]:
    """Runs of four characters of a masked text."""
    return frozenset(text[i : i + SHINGLE] for i in range(len(text) - SHINGLE + 1))


def likeness(first: frozenset[str], second: frozenset[str]) -> float:
    """Jaccard index; 0 where one is empty."""
    both = len(first & second)
    return both / (len(first) + len(second) - both) if both else 0.0


def shared(
    first: Iterable[Litigant], second: Iterable[Litigant]
) -> list[tuple[Litigant, Litigant]]:
    """The parties of both sides that are one, each mention with its first counterpart."""
    others = tuple(second)
    pairs = ((one, next(filter(one.is_one_with, others), None)) for one in first)
    return [(one, other) for one, other in pairs if other is not None]


def names(of: Iterable[tuple[Litigant, Litigant]]) -> str:
    """The bare names of shared parties as both sides print them, each once."""
    return "、".join(sorted({party_name(each.name) for pair in of for each in pair}))


def belonging(first: Filed, second: Filed) -> tuple[str, float] | None:
    """Why two cases may be of one series (Chinese), and how alike they must be; None: they may not."""
    for sides in (_CLAIMING, _ANSWERING, None):
        if same := shared(_of_side(first, sides), _of_side(second, sides)):
            return f"同一当事人：{names(same)}", WITH_PARTY
    if first.court and first.cause and (first.court, first.cause) == (second.court, second.cause):
        return f"同一法院同一案由：{first.cause}", WITHOUT_PARTY
    return None


def _of_side(case: Filed, sides: Sequence[str] | None) -> list[Litigant]:
    return [each for each in case.litigants if sides is None or each.role in sides]


def pairs(
    cases: Mapping[str, Filed], neighbours: Callable[[Filed, str], Iterable[str]]
) -> list[Pair]:
    """All pairs of a series. `neighbours(case, masked)`: ids of the closest by words."""
    masks = {key: masked(case) for key, case in cases.items()}
    runs = {key: shingles(text) for key, text in masks.items()}
    found: dict[tuple[str, str], Pair] = {}
    for key, case in cases.items():
        for other in neighbours(case, masks[key]):
            ids = (min(key, other), max(key, other))
            if other == key or other not in cases or ids in found:
                continue
            if (belongs := belonging(case, cases[other])) is None:
                continue
            because, least = belongs
            alike = likeness(runs[key], runs[other])
            if alike >= least:
                found[ids] = Pair(*ids, round(alike, 4), because)
    return [found[ids] for ids in sorted(found)]


def groups(found: Iterable[Pair]) -> list[tuple[str, ...]]:
    """Connected cases as groups, the largest first, ids sorted."""
    leader: dict[str, str] = {}

    def lead(key: str) -> str:
        while leader.setdefault(key, key) != key:
            leader[key] = leader[leader[key]]
            key = leader[key]
        return key

    for pair in found:
        leader[lead(pair.first)] = lead(pair.second)
    together: dict[str, list[str]] = {}
    for key in list(leader):
        together.setdefault(lead(key), []).append(key)
    return sorted((tuple(sorted(each)) for each in together.values()), key=lambda g: (-len(g), g))
