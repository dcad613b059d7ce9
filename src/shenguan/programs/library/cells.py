"""The smaller cells of a row: interval, days, scope, weight. Each raises `IndicatorError` in words."""

from __future__ import annotations

import re
from datetime import date

from shenguan.core.indicator.facttable import CodeTables, IndicatorError
from shenguan.programs.library.parts import Scoping
from shenguan.rulebook.loaders.scopes import Scopes
from shenguan.rulebook.loaders.workbook import Words

_NUMBER = r"(\d+(?:\.\d+)?)\s*[%‰‱天件]?"
_BETWEEN = re.compile(
    rf"^[\[(【（]?\s*{_NUMBER}\s*(?:-|~|～|—|–|至|到|,|，)\s*{_NUMBER}\s*[\])】）]?$"
)
_LOW = re.compile(
    rf"^(?:≥|>=|不低于|不少于|大于等于|高于|>)\s*{_NUMBER}$|^{_NUMBER}\s*(?:以上|及以上)$"
)
_HIGH = re.compile(
    rf"^(?:≤|<=|不高于|不超过|不大于|小于等于|低于|<)\s*{_NUMBER}$|^{_NUMBER}\s*(?:以下|及以下|以内)$"
)
_DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
_EXCELLENT = re.compile(r"[；;，,]?\s*优异(?:区间)?\s*[:：]?\s*")
EARLIEST = date(2000, 1, 1)
"""A definition without a first day counts any period."""


def interval(text: str) -> dict[str, float]:
    """Return low, high, excellent_low, excellent_high as far as written: `85%-95%；优异 ≥95%`."""
    plain, *excellent = _EXCELLENT.split(text.strip(), maxsplit=1)
    found: dict[str, float | None] = {}
    if plain:
        found |= dict(zip(("low", "high"), _bounds(plain, text), strict=True))
    if excellent:
        found |= dict(
            zip(("excellent_low", "excellent_high"), _bounds(excellent[0], text), strict=True)
        )
    return {name: bound for name, bound in found.items() if bound is not None}


def _bounds(text: str, whole: str) -> tuple[float | None, float | None]:
    if both := _BETWEEN.match(text.strip()):
        low, high = map(float, both.groups())
        if low > high:
            raise IndicatorError(f"区间“{whole}”下限大于上限")
        return low, high
    if one := _LOW.match(text.strip()):
        return float(next(filter(None, one.groups()))), None
    if one := _HIGH.match(text.strip()):
        return None, float(next(filter(None, one.groups())))
    raise IndicatorError(f"区间“{whole}”读不懂；写法：85%-95%、≥90%、10%以下、85%-95%；优异≥95%")


def days(text: str) -> tuple[date | None, date | None]:
    """Return first and last day as far as written: `2024-01-01至2024-09-30`, `2024年1月1日起`."""
    if not text.strip():
        return None, None
    found = _DAY.findall(text)
    if not 1 <= len(found) <= 2:
        raise IndicatorError(f"起止日期“{text}”读不懂；写法：2024-01-01至2024-09-30、2024-01-01起")
    try:
        read = [date(*map(int, parts)) for parts in found]
    except ValueError:
        raise IndicatorError(f"起止日期“{text}”中有不存在的日子") from None
    if len(read) == 1:
        return (None, read[0]) if "止" in text and "起" not in text else (read[0], None)
    if read[0] > read[1]:
        raise IndicatorError(f"起止日期“{text}”起日晚于止日")
    return read[0], read[1]


def weight(text: str) -> float | None:
    """Return a weight as written, a share of 100 for `12%`."""
    if not text.strip():
        return None
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*[%分]?", text.strip())
    if not found:
        raise IndicatorError(f"权重“{text}”应为数字")
    return float(found.group(1))


class ScopeReader:
    """Reads 案件范围: a scope's name, class and instance (`民事一审`), or type codes (`民初、民终`)."""

    def __init__(self, scopes: Scopes, codes: CodeTables, words: Words) -> None:
        self.scopes, self.codes, self.words = scopes, codes, words

    def read(self, text: str) -> Scoping:
        """Return the scoping; raises `IndicatorError` naming what there is."""
        text = text.strip()
        if not text:
            return Scoping()
        plain = text.removesuffix("案件").removesuffix("类") or text
        for name in (text, plain):
            if name in self.scopes.names:
                return Scoping(text, scope=name, where=self._where(name))
        return self._types(text) or self._words(text, plain)

    def _where(self, name: str) -> str:
        """The scope as a condition, for atoms that have a scope of their own already."""
        wanted, left_out = self.scopes.type_codes(name), self.scopes.excluded(name)
        known = self.codes.tables["类型代字"]
        listed = sorted((left_out if wanted is None else wanted) & known.keys())
        names = ", ".join(f"'{type_code}'" for type_code in listed)
        return f"类型 {'not in' if wanted is None else 'in'} ({names})" if listed else ""

    def _types(self, text: str) -> Scoping | None:
        listed = [part for part in re.split(r"[、，,;；\s/]+", text) if part]
        if not all(part in self.codes.tables["类型代字"] for part in listed):
            return None
        names = ", ".join(f"'{part}'" for part in listed)
        return Scoping(text, where=f"类型 in ({names})")

    def _words(self, text: str, plain: str) -> Scoping:
        for written, ours in self.words.class_words.items():
            plain = plain.replace(written, ours)
        conditions = []
        for table in ("类别", "审级"):
            listed = [name for name in self.codes.tables[table] if name in plain]
            longest = [n for n in listed if not any(n != other and n in other for other in listed)]
            for name in longest:
                plain = plain.replace(name, "")
            if longest:
                names = ", ".join(f"'{name}'" for name in longest)
                conditions.append(f"{table} in ({names})")
        if plain.strip("、，,和及与 案件类诉讼") or not conditions:
            raise IndicatorError(
                f"案件范围“{text}”不认识；可写：{'、'.join(sorted(self.scopes.names))}，"
                "或“民事一审”这样的条线加审级，或类型代字“民初、民终”"
            )
        return Scoping(text, where=" and ".join(conditions))
