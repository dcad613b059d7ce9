"""Courts by code and name, case types by 类型代字, and the look-up of a case number in both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from shenguan.core.casenumber.courtname import NameParts, parts_of, tidy, without_province
from shenguan.core.casenumber.number import CaseNumber
from shenguan.core.casenumber.oldtype import modern_type

_SEEN = frozenset({"rule", "both_agree", "observed_only"})


@dataclass(frozen=True, slots=True)
class Court:
    """One court under one code; `status` says how well the pair is known.

    `code` is empty for a court dissolved before codes existed (2016). `year_from`, `year_to`: the
    years in which the pair holds, both inclusive, None for open.
    """

    code: str
    name: str
    level: str
    province: str
    parent_code: str
    status: str
    weight: int = 0
    year_from: int | None = None
    year_to: int | None = None
    aliases: tuple[str, ...] = ()

    def holds_in(self, year: int | None) -> bool:
        """Whether the pair of code and name holds in `year` (None: any)."""
        if year is None:
            return self.year_to is None
        return (self.year_from or 0) <= year <= (self.year_to or 9999)

    @property
    def verified(self) -> bool:
        """Seen printed in a document or given by the rule itself."""
        return self.status in _SEEN


@dataclass(frozen=True, slots=True)
class CaseType:
    """One 类型代字; several official names can share it (破: 清算, 重整, 和解), see `names`.

    `case_class`: 刑事 民事 行政 赔偿 执行 …; `instance`: 一审 二审 再审 审查 执行 …;
    `family`: procedure family, the unit of 案件范围; `official_class`: one of the annex's classes.
    """

    code: str
    name: str
    case_class: str
    instance: str
    family: str
    official_class: str = ""
    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    status: str = "derived"


@dataclass(frozen=True, slots=True)
class Resolved:
    """A number with what the tables know of it; `notes` say in Chinese what is missing or why."""

    number: CaseNumber
    court: Court | None
    case_type: CaseType | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Codes:
    """The tables, frozen. Look courts up by code (and year) or by printed name."""

    courts: tuple[Court, ...]
    case_types: Mapping[str, CaseType]
    _by_code: Mapping[str, tuple[Court, ...]] = field(init=False, repr=False)
    _by_name: Mapping[str, tuple[Court, ...]] = field(init=False, repr=False)
    _by_core: Mapping[tuple[str, str], tuple[Court, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        cores = _index(self.courts, lambda c: (_core_key(parts_of(n)) for n in _names(c)))
        object.__setattr__(self, "_by_code", _index(self.courts, lambda c: (c.code,)))
        object.__setattr__(self, "_by_name", _index(self.courts, _names))
        object.__setattr__(self, "_by_core", cores)

    def court(self, code: str, year: int | None = None) -> Court | None:
        """The court of `code` in `year` (None: today's), None when the table doesn't hold it."""
        held = self._by_code.get(code, ()) if code else ()
        return next((c for c in held if c.holds_in(year)), held[0] if held else None)

    def courts_named(self, name: str) -> tuple[Court, ...]:
        """Courts a printed name can mean: one when clear, none unknown, several when ambiguous.

        The exact name first, then the name without province, prefecture and the words 省 市 县 区
        that come and go; what is printed of them must agree. A court known under several codes is
        one court: the best-seen code stands for it.
        """
        printed = tidy(name)
        exact = self._by_name.get(printed, ())
        parts = parts_of(printed)
        loosely = () if exact and not parts.bare else self._named_loosely(parts)
        return _one_per_court((*exact, *loosely))

    def case_type(self, code: str) -> CaseType | None:
        """The case type of a 类型代字, None when the annex doesn't have it."""
        return self.case_types.get(code)

    def _named_loosely(self, printed: NameParts) -> tuple[Court, ...]:
        found = self._by_core.get(_core_key(printed), ())
        agreeing = [c for c in found if self._agrees(c, printed)]
        same_unit = [c for c in agreeing if parts_of(c.name).unit == printed.unit]
        return tuple(same_unit or agreeing)

    def _agrees(self, court: Court, printed: NameParts) -> bool:
        if printed.province and not court.province.startswith(printed.province):
            return False
        parent = self.court(court.parent_code)
        around = court.name + (parent.name if parent else "")
        return all(place in around for place in printed.above)


def resolve(number: CaseNumber, codes: Codes, court_name: str | None = None) -> Resolved:
    """Look court and type up; an old number gets its court from the printed name alone."""
    court, notes = _court_of(number, codes, court_name)
    case_type = _type_of(number, codes)
    if case_type is None:
        notes = (*notes, f"类型代字“{number.type_code}”不在案件类型表中")
    return Resolved(number, court, case_type, notes)


def _court_of(
    number: CaseNumber, codes: Codes, court_name: str | None
) -> tuple[Court | None, tuple[str, ...]]:
    if number.court_code is not None:
        court = codes.court(number.court_code, number.year)
        return court, () if court else (f"法院代字“{number.court_code}”不在法院代码表中",)
    if not court_name:
        return None, ("旧字号不据简称推定法院，须以同一文书所印法院名称确定",)
    named = codes.courts_named(court_name)
    if len(named) == 1:
        return named[0], ()
    reason = "不在法院代码表中" if not named else f"可指{len(named)}个法院，不作推定"
    return None, (f"法院名称“{court_name}”{reason}",)


def _type_of(number: CaseNumber, codes: Codes) -> CaseType | None:
    """By the annex; else by today's name of an old type (some write 刑再终 after 2016 still)."""
    if number.style == "modern" and number.type_code in codes.case_types:
        return codes.case_types[number.type_code]
    today = modern_type(number.type_code)
    return codes.case_type(today) if today else None


def _core_key(parts: NameParts) -> tuple[str, str]:
    return parts.level or "基层", parts.core


def _names(court: Court) -> tuple[str, ...]:
    return (court.name, *court.aliases)


def _index(
    courts: Iterable[Court], keys: Callable[[Court], Iterable[Hashable]]
) -> dict[Any, tuple[Court, ...]]:
    groups: dict[Hashable, list[Court]] = defaultdict(list)
    for court in courts:
        for key in dict.fromkeys(keys(court)):
            groups[key].append(court)
    return {key: tuple(group) for key, group in groups.items()}


def _one_per_court(found: Iterable[Court]) -> tuple[Court, ...]:
    """Of the rows of one court keep the best evidence; different courts stay side by side.

    Rows of one province are of one court when a name of theirs agrees, printed with it or without.
    """
    best: list[tuple[frozenset[tuple[str, str]], Court]] = []
    for court in sorted(found, key=lambda c: (not c.verified, -c.weight, c.code)):
        names = frozenset((court.province, without_province(n)) for n in _names(court))
        if not any(names & known for known, _ in best):
            best.append((names, court))
    return tuple(court for _, court in best)
