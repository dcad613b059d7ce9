"""The shape of a Chinese case number 案号: read it, write it in one form, find it in running text.

Two styles exist. Since 2016-01-01 (法〔2015〕137号, amended by 法〔2018〕335号):
`（年度）法院代字[专门审判代字]类型代字编号号`, as in （2024）沪0115知民初123号. Before that every
court had an abbreviation of its own: （2015）嘉桐刑初字第328号; it is kept as printed and never turned
into a court by guessing. No table is needed here; `tables.resolve` looks the parts up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from shenguan.core.casenumber.oldtype import split_old_body

# 示 is no province: it is the mark of the invented courts of the demo city (示01, 示0102).
DEMO_PROVINCE = "示"
PROVINCES = "京津冀晋内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔云藏陕甘青宁新兵军" + DEMO_PROVINCE
FIRST_MODERN_YEAR = 2016

_OPEN, _CLOSE = "(（〔［[【﹝〈＜<｛{「『", ")）〕］]】﹞〉＞>｝}」』"
_TIDY = str.maketrans(
    {
        **dict.fromkeys(_OPEN, "（"),
        **dict.fromkeys(_CLOSE, "）"),
        **{chr(0xFF10 + i): str(i) for i in range(10)},
        **dict.fromkeys("－—–‐‑‒−﹣", "-"),
    }
)
_BLANK = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")
_LABEL = re.compile(r"^案号[:：]?")
_TRAILING = "。,，;；、.：:"
_DIGITS = "0-9OoQ〇○lI|"  # what scanned pages make of 0 and 1
_AS_DIGIT = str.maketrans("OoQ〇○lI|", "00000111")
_NUMERALS = "一二三四五六七八九十"

# First character of every 类型代字 of the annex; keeps notaries, police and prosecutors out.
_LEADS = "(?:[刑民行赔法委司认请台港澳助协执清破强诉]|[财证]保)"
_LETTER = "[一-\u5b56\u5b58-\u7b2b\u7b2d-龥]"  # any Han letter but 字 and 第
_SUFFIX = rf"(?:(?:之|-)(?P<suffix>[{_NUMERALS}]+|\d{{1,2}}))?"
_TAIL = rf"(?P<serial>[{_DIGITS}]{{1,10}})(?:{_SUFFIX}号|号{_SUFFIX.replace('suffix', 'after')})"
_COURT = rf"(?P<court>最高法|[{PROVINCES}](?:[{_DIGITS}]{{4}}|[{_DIGITS}]{{2}})?)"
_YEAR = rf"（?(?P<year>[12][{_DIGITS}]{{3}})年?）?"
_MODERN = re.compile(
    rf"{_YEAR}{_COURT}）?(?P<special>知|少)?"
    rf"(?P<type>{_LEADS}{_LETTER}{{0,5}})字?第*{_TAIL}"
)
_OLD = re.compile(rf"{_YEAR}(?P<body>[一-龥（）]{{1,18}}?)(?P<zi>字)?第*{_TAIL}")
# The shape nearly every modern number has once tidied; tried before anything dearer.
_PLAIN = re.compile(
    rf"（(20(?:1[6-9]|[2-9]\d))）(最高法|[{PROVINCES}](?:\d{{4}}|\d{{2}})?)(知)?"
    rf"({_LEADS}{_LETTER}{{0,4}})([1-9]\d{{0,8}})号"
    rf"(?:之([{_NUMERALS}]+))?"
)
_MISREAD = re.compile(r"[邢型](?=初|终|再|更|申|监)")
_CANDIDATE = re.compile(
    rf"[{re.escape(_OPEN)}]\s*[12１２][0-9０-９OoQ〇○lI\s]{{3,6}}年?\s*[{re.escape(_CLOSE)}]"
    rf"[^。，；：？！、“”《》]{{2,40}}?号(?:\s*之\s*[{_NUMERALS}]+)?"
)

Style = Literal["modern", "old"]


class CaseNumberError(ValueError):
    """The text is not a court's case number; the Chinese message says what is wrong with it."""

    def __init__(self, text: str, reason: str) -> None:
        self.text_given, self.reason = text, reason
        super().__init__(f"案号“{text[:60]}”无法识别：{reason}")


@dataclass(frozen=True, slots=True)
class CaseNumber:
    """The parts of one 案号. Equality ignores `raw`: two prints of one number are one number.

    `type_code` is the 类型代字 (民初); for the old style the printed letters without 字 (民三终).
    `abbreviation` (old style only) is the court's own letters as printed, None where it has none.
    """

    year: int
    court_code: str | None
    special: str | None
    type_code: str
    serial: int
    suffix: str | None
    style: Style
    abbreviation: str | None
    raw: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CaseNumber) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    @property
    def text(self) -> str:
        """The canonical print, full-width brackets, no padding: （2024）示0102民初123号."""
        tail = f"{self.serial}号{self.suffix or ''}"
        if self.style == "old":
            return f"（{self.year}）{self.abbreviation or ''}{self.type_code}字第{tail}"
        return f"（{self.year}）{self.court_code}{self.special or ''}{self.type_code}{tail}"

    @property
    def main(self) -> str:
        """The number of the case itself, without 之一, 之二 of a later document."""
        return self.text.partition("号")[0] + "号"

    def _key(self) -> tuple[object, ...]:
        return (
            self.year,
            self.court_code,
            self.special,
            self.type_code,
            self.serial,
            self.suffix,
            self.abbreviation,
        )

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Found:
    """A case number in running text, with the half-open span of its print."""

    number: CaseNumber
    start: int
    end: int


@lru_cache(maxsize=1 << 16)
def parse(text: str) -> CaseNumber:
    """Read one case number; raise `CaseNumberError` when `text` is anything else.

    Full or half width, any bracket, blanks, padding zeros, 字第 in a modern number, a missing 号
    and the usual misreadings (O for 0, l for 1, 邢初 for 刑初) are accepted.
    """
    plain = _PLAIN.fullmatch(text)
    return _plain(plain, text) if plain else _parse_with_care(text)


def normalise(text: str) -> str:
    """Return the canonical print, the key under which a case is known; raises `CaseNumberError`."""
    return parse(text).text


def find(text: str) -> Iterator[Found]:
    """Yield the court case numbers in running text in order, skipping numbers of other offices."""
    for match in _CANDIDATE.finditer(text):
        try:
            yield Found(parse(match.group()), match.start(), match.end())
        except CaseNumberError:
            continue


def _plain(match: re.Match[str], raw: str) -> CaseNumber:
    year, court, special, kind, serial, suffix = match.groups()
    after = f"之{suffix}" if suffix else None
    return CaseNumber(int(year), court, special, kind, int(serial), after, "modern", None, raw)


def _parse_with_care(raw: str) -> CaseNumber:
    text = _tidy(raw)
    if not text:
        raise CaseNumberError(raw, "内容为空")
    plain = _PLAIN.fullmatch(text)
    if plain:
        return _plain(plain, raw)
    modern = _MODERN.fullmatch(text)
    if modern and not _is_old(modern):
        return _modern(modern, raw)
    old = _OLD.fullmatch(text)
    if old is None:
        raise CaseNumberError(raw, "不是“（年度）法院代字类型代字编号号”或旧字号的形式")
    return _old(old, raw)


def _tidy(raw: str) -> str:
    text = _LABEL.sub("", _BLANK.sub("", raw)).translate(_TIDY).rstrip(_TRAILING)
    if text and "号" not in text[-6:]:
        text += "号"
    return _MISREAD.sub("刑", text).replace("）-中", "）一中")


def _is_old(match: re.Match[str]) -> bool:
    """A bare province sign before 2016 is an old abbreviation: （2009）川民终字第1号."""
    return int(_number(match["year"])) < FIRST_MODERN_YEAR and len(match["court"]) == 1


def _modern(match: re.Match[str], raw: str) -> CaseNumber:
    court = match["court"]
    if court != "最高法":
        court = court[0] + _number(court[1:])
    return CaseNumber(
        year=_year(match, raw),
        court_code=court,
        special=match["special"],
        type_code=match["type"],
        serial=_serial(match, raw),
        suffix=_suffix(match),
        style="modern",
        abbreviation=None,
        raw=raw,
    )


def _old(match: re.Match[str], raw: str) -> CaseNumber:
    split = split_old_body(match["body"])
    if split is None:
        raise CaseNumberError(
            raw, "没有可识别的案件类型代字，可能是公证、鉴定、检察或行政机关的文号"
        )
    abbreviation, kind = split
    return CaseNumber(
        year=_year(match, raw),
        court_code=None,
        special=None,
        type_code=kind,
        serial=_serial(match, raw),
        suffix=_suffix(match),
        style="old",
        abbreviation=abbreviation or None,
        raw=raw,
    )


def _year(match: re.Match[str], raw: str) -> int:
    year = int(_number(match["year"]))
    if not 1949 <= year <= 2099:
        raise CaseNumberError(raw, f"年度{year}不在1949至2099之间")
    return year


def _serial(match: re.Match[str], raw: str) -> int:
    serial = int(_number(match["serial"]))
    if not serial:
        raise CaseNumberError(raw, "编号为零")
    return serial


def _suffix(match: re.Match[str]) -> str | None:
    found = match["suffix"] or match["after"]
    if not found:
        return None
    return f"之{_numeral(int(found)) if found.isdigit() else found}"


def _numeral(n: int) -> str:
    """1 to 99 in Chinese numerals; 0 stays a zero."""
    tens, ones = divmod(n, 10)
    digits = "零" + _NUMERALS[:9]
    if not tens:
        return digits[ones]
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")


def _number(text: str) -> str:
    return text.translate(_AS_DIGIT)
