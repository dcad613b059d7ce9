"""Whose case a row is: court + normalised number, even where neither is official.

An identity is always found where there is a number at all; what is odd about it becomes a flag.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from shenguan.core.casenumber import CaseNumber, CaseNumberError, Codes, Court, parse
from shenguan.rulebook.loaders.intake import plain

OFFICIAL, OLD, OTHER = "规范案号", "旧式案号", "其他编号"
NO_COURT = "法院不详"
MAX_NUMBER = 120
MAX_COURT = 110


@dataclass(frozen=True, slots=True)
class CourtRef:
    """A court as a row means it: `code` of the table, or None for one outside it."""

    name: str
    code: str | None

    @property
    def in_table(self) -> bool:
        """Say whether the court stands in the code table."""
        return self.code is not None

    @property
    def key(self) -> str:
        """The court's key in the registry: its code, or `x:` and its name."""
        return self.code or f"x:{self.name}"


@dataclass(frozen=True, slots=True)
class NumberRef:
    """A case number as a row prints it and the key it is known by."""

    text: str
    key: str
    kind: str
    parts: CaseNumber | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """Court and number of one row with the flags `(栏目, 原文, 说明)` that arose in telling them."""

    court: CourtRef
    number: NumberRef
    flags: tuple[tuple[str, str, str], ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """The key of the case: court and normalised number."""
        return self.court.key, self.number.key


class NoIdentityError(ValueError):
    """The row names no case; the message is the Chinese reason for its rejection."""


def read_number(text: str) -> NumberRef:
    """Return the number of a row; an id that is no 案号 keeps its own letters as key."""
    if not plain(text):
        raise NoIdentityError("案号为空，无法确定是哪一件案件")
    if len(plain(text)) > MAX_NUMBER:
        raise NoIdentityError(f"案号过长（{len(text)} 字），不是可用的编号")
    try:
        parts = parse(text)
    except CaseNumberError:
        return NumberRef(" ".join(text.split()), plain(text), OTHER)
    kind = OFFICIAL if parts.style == "modern" else OLD
    return NumberRef(parts.text, parts.text, kind, parts)


@dataclass(eq=False)
class CourtFinder:
    """Finds the court a row means from its printed name, its number or the file's own court."""

    codes: Codes
    default: str = ""
    expected: bool = True
    """Whether the file has a court column, so that an empty cell of it is worth a flag."""
    _named: dict[str, tuple[Court, ...]] = field(default_factory=dict)

    def identify(self, number_text: str, court_text: str) -> Identity:
        """Return the identity of a row; raises `NoIdentityError` when it has no usable number."""
        number = read_number(number_text)
        flags: list[tuple[str, str, str]] = []
        if number.kind == OTHER:
            flags.append(("案号", number_text, "不是规范案号，按原编号登记"))
        court = self._court(number.parts, court_text or self.default, flags)
        return Identity(court, number, tuple(flags))

    def _court(
        self, parts: CaseNumber | None, name: str, flags: list[tuple[str, str, str]]
    ) -> CourtRef:
        coded = self._coded(parts)
        if not name:
            return self._unnamed(coded, flags)
        found = self._lookup(name)
        if coded and any(court.code == coded.code for court in found):
            return self._ref(coded)
        if len(found) == 1:
            return CourtRef(found[0].name, found[0].code or None)
        if coded and self._short_for(name, coded):
            return self._ref(coded)
        reason = "可指多个法院，按所印名称登记" if found else "不在法院代字表中，按所印名称登记"
        flags.append(("法院", name, reason))
        return CourtRef(" ".join(name.split())[:MAX_COURT], None)

    def _unnamed(self, coded: Court | None, flags: list[tuple[str, str, str]]) -> CourtRef:
        if coded:
            if self.expected:
                flags.append(("法院", "", "未填法院，据案号代字补足"))
            return self._ref(coded)
        flags.append(("法院", "", "未填法院，案号也不能确定法院"))
        return CourtRef(NO_COURT, None)

    def _coded(self, parts: CaseNumber | None) -> Court | None:
        if parts is None or parts.court_code is None:
            return None
        return self.codes.court(parts.court_code, parts.year)

    def _ref(self, court: Court) -> CourtRef:
        """A court known under several codes is one court: the best-seen code stands for it."""
        same = self._lookup(court.name)
        best = same[0] if len(same) == 1 and same[0].code else court
        return CourtRef(best.name, best.code)

    def same_court(self, code: str, ref: CourtRef) -> bool:
        """Say whether a number's court code means the court a case stands under."""
        court = self.codes.court(code)
        return court is not None and self._ref(court).code == ref.code

    def _lookup(self, name: str) -> tuple[Court, ...]:
        if name not in self._named:
            coded = self.codes.court(plain(name))
            self._named[name] = (coded,) if coded else self.codes.courts_named(name)
        return self._named[name]

    def _short_for(self, name: str, court: Court) -> bool:
        """东城法院 is short for 北京市东城区人民法院 when the number bears that court's code."""
        return _core(name) != "" and _core(name) in court.name


@cache
def _core(name: str) -> str:
    core = plain(name).removesuffix("法院").removesuffix("人民").removesuffix("中级")
    return core if len(core) >= 2 else ""
