"""Causes of action 案由 and charges 罪名: look a printed name up, in the version its filing date asks for.

Civil causes were revised with effect from 2026-01-01 (法〔2025〕227号) and from 2021-01-01 (法〔2020〕347号).
A case keeps the cause of its filing day. Where the tree of that day isn't held, the name is kept, the node
is None and a flag says so: a case is never judged by a later tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

CIVIL, CRIMINAL, ADMINISTRATIVE = "民事", "刑事", "行政"
CIVIL_2025_IN_FORCE = date(2026, 1, 1)
CIVIL_VERSIONS = ((CIVIL_2025_IN_FORCE, "2025"), (date(2021, 1, 1), "2020"))
"""In force from → version, newest first; of what was in force before we know no more than that."""
BEFORE_2021 = "2020前"

_BLANK = re.compile(r"\s+")
_TAIL = re.compile(r"(?:纠纷|罪|案件|一案|案)$")
_SEPARATOR = re.compile(r"[、，,；;]|(?<=罪)和|(?<=罪)及")


@dataclass(frozen=True, slots=True)
class Cause:
    """A node of one tree; `code` is the compiler's, not official; `level` counts from 1."""

    code: str
    name: str
    level: int
    parent: str
    case_class: str
    version: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class NamedCause:
    """What a printed cause means: the name kept, the node if known, the version, a Chinese flag.

    `alike` is the node of the same name in the version in force, where the case's own is an older
    one: a help for grouping, never the case's cause.
    """

    name: str
    cause: Cause | None
    version: str | None
    flag: str | None = None
    alike: Cause | None = None

    @property
    def code(self) -> str | None:
        """Code of the node, None where the name stands alone."""
        return self.cause.code if self.cause else None


@dataclass(frozen=True, eq=False)
class Causes:
    """The trees of civil, criminal and administrative causes, frozen."""

    nodes: tuple[Cause, ...]
    _by_code: Mapping[str, Cause] = field(init=False, repr=False)
    _by_name: Mapping[tuple[str, str], Cause] = field(init=False, repr=False)
    _by_stem: Mapping[tuple[str, str], Cause] = field(init=False, repr=False)
    _selectives: tuple[Cause, ...] = field(init=False, repr=False)
    _civil_versions: frozenset[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        # Where a part and its only chapter share a name, the deeper node is the cause of a case.
        by_level = sorted(self.nodes, key=lambda n: n.level)
        stems = {(_tree(n), stem): n for n in by_level for stem in _stems(n.name)}
        charges = {n.name: n for n in by_level if n.case_class == CRIMINAL and "、" in n.name}
        object.__setattr__(self, "_by_code", {n.code: n for n in self.nodes})
        object.__setattr__(self, "_by_name", {(_tree(n), n.name): n for n in by_level})
        object.__setattr__(self, "_by_stem", stems)
        object.__setattr__(self, "_selectives", tuple(charges.values()))
        versions = frozenset(n.version for n in self.nodes if n.case_class == CIVIL)
        object.__setattr__(self, "_civil_versions", versions)

    @property
    def in_force(self) -> tuple[Cause, ...]:
        """The nodes of the trees in force: figures of all years are grouped by these."""
        return tuple(node for node in self.nodes if _tree(node) == node.case_class)

    def node(self, code: str) -> Cause | None:
        """The node of a code."""
        return self._by_code.get(code)

    def ancestors(self, cause: Cause) -> tuple[Cause, ...]:
        """The nodes above `cause`, nearest first."""
        above: list[Cause] = []
        node = self._by_code.get(cause.parent)
        while node:
            above.append(node)
            node = self._by_code.get(node.parent)
        return tuple(above)

    def names(self, case_class: str) -> frozenset[str]:
        """All names of a class, as the tree in force prints them."""
        return frozenset(n.name for n in self.nodes if _tree(n) == case_class)

    def lookup(self, name: str, case_class: str, filed_on: date | None = None) -> NamedCause:
        """Find the cause a case of `case_class` filed on `filed_on` means by `name`.

        With or without 纠纷, 罪, 案件; part of a selective charge (贩卖毒品罪) finds the whole one.
        """
        printed = _BLANK.sub("", name)
        found = self._find(printed, case_class)
        if case_class == CIVIL and (filed_on is None or filed_on < CIVIL_2025_IN_FORCE):
            return self._civil_before_2026(printed, found, filed_on)
        if found is None:
            return NamedCause(printed, None, None, f"案由“{printed}”不在{case_class}案由表中")
        flag = None if _stem(found.name) == _stem(printed) else f"选择性罪名，归入“{found.name}”"
        return NamedCause(printed, found, found.version, flag)

    def _civil_before_2026(
        self, name: str, alike: Cause | None, filed_on: date | None
    ) -> NamedCause:
        if filed_on is None:
            return NamedCause(name, None, None, "立案日期缺失，民事案由版本未定", alike)
        version = civil_version(filed_on)
        if not self.holds(version):
            told = "2026年前立案，适用2020年案由"
            if version == BEFORE_2021:
                told = "2021年前立案，适用2020年以前的案由"
            return NamedCause(name, None, version, f"{told}，本系统未载该版案由树", alike)
        cause = self._find(name, CIVIL + version)
        flag = None if cause else f"案由“{name}”不在{version}年民事案由表中"
        return NamedCause(name, cause, version, flag, alike)

    def holds(self, version: str) -> bool:
        """Whether the tree of a version of civil causes is held."""
        return version in self._civil_versions

    def knows(self, name: str, case_class: str, version: str) -> bool:
        """Whether a printed name stands in the tree in force, or in that of a version of civil causes."""
        printed = _BLANK.sub("", name)
        return bool(self._find(printed, case_class) or self._find(printed, case_class + version))

    def charges(self, text: str) -> tuple[NamedCause, ...]:
        """Take several charges in one cell apart: 盗窃罪、掩饰、隐瞒犯罪所得罪 are two."""
        pieces = [p for p in _SEPARATOR.split(_BLANK.sub("", text)) if p]
        found: list[NamedCause] = []
        while pieces:
            size = self._longest_charge(pieces)
            found.append(self.lookup("、".join(pieces[:size]), CRIMINAL))
            pieces = pieces[size:]
        return tuple(found)

    def _longest_charge(self, pieces: list[str]) -> int:
        for size in range(len(pieces), 1, -1):
            if self._find("、".join(pieces[:size]), CRIMINAL):
                return size
        return 1

    def _find(self, printed: str, case_class: str) -> Cause | None:
        exact = self._by_name.get((case_class, printed))
        found = exact or self._by_stem.get((case_class, _stem(printed)))
        if found is None and case_class == CRIMINAL:
            return self._selective(_stem(printed))
        return found

    def _selective(self, stem: str) -> Cause | None:
        """The shortest selective charge of which `stem` takes some parts; None when two tie."""
        letters = stem.replace("、", "")
        fits = [n for n in self._selectives if _runs(letters, _stem(n.name), 0)]
        fits.sort(key=lambda n: len(n.name))
        tie = len(fits) > 1 and len(fits[0].name) == len(fits[1].name)
        return None if tie or not fits else fits[0]


def civil_version(filed_on: date) -> str:
    """The version of civil causes a case filed on this day has."""
    return next((version for since, version in CIVIL_VERSIONS if filed_on >= since), BEFORE_2021)


def _tree(node: Cause) -> str:
    """The tree in force goes by its class alone, older ones by class and version."""
    if node.case_class == CIVIL and node.version != CIVIL_VERSIONS[0][1]:
        return CIVIL + node.version
    return node.case_class


def _stem(name: str) -> str:
    return _TAIL.sub("", name) or name


def _stems(name: str) -> tuple[str, ...]:
    """The stem, and 偷越国境, 偷越边境 of 偷越国（边）境."""
    stem = _stem(name)
    if "国（" not in stem:
        return (stem,)
    return (stem, re.sub("（.）", "", stem), re.sub("国（(.)）", r"\1", stem))


def _runs(stem: str, whole: str, start: int) -> bool:
    """Whether `stem` leaves parts of `whole` out, keeping runs of two letters or more."""
    if not stem:
        return True
    for size in range(len(stem), 1, -1):
        at = whole.find(stem[:size], start)
        if at >= 0 and _runs(stem[size:], whole, at + size):
            return True
    return False


def merged(trees: Iterable[Iterable[Cause]]) -> Causes:
    """One `Causes` of several trees; of one code the first given wins."""
    nodes: dict[str, Cause] = {}
    for tree in trees:
        for node in tree:
            nodes.setdefault(node.code, node)
    return Causes(tuple(nodes.values()))
