"""Chinese numerals and dates, with the look-alikes that stand for zero in judgments."""

import re
from datetime import date

ZEROS = "〇○零0OoОоΟο◯０ＯＱQ"
_DIGITS = {char: str(i) for i, char in enumerate("〇一二三四五六七八九")}
_DIGITS |= dict.fromkeys(ZEROS, "0") | {"元": "1", "两": "2"} | {str(i): str(i) for i in range(10)}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_TENS = {"廿": "二十", "卅": "三十"}

NUMBER = "[一二三四五六七八九十百千两〇○零0-9]"
CHINESE_DATE = re.compile(
    rf"([一二三四五六七八九0-9{ZEROS}]{{4}})年([一二三四五六七八九十元0-9{ZEROS}]{{1,3}})月"
    rf"([一二三四五六七八九十廿卅0-9{ZEROS}]{{1,4}})日?"
)


def number(text: str) -> int | None:
    """二十三 -> 23, 一百三十三 -> 133, 二〇 -> 20, 15 -> 15; None if it is no number."""
    if not text:
        return None
    if text.isascii() and text.isdigit():
        return int(text)
    for short, long in _TENS.items():
        text = text.replace(short, long)
    if not any(unit in text for unit in _UNITS):
        digits = "".join(_DIGITS.get(char, "x") for char in text)
        return int(digits) if digits.isdigit() else None
    total, digit = 0, 0
    for char in text:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        elif char in _DIGITS:
            digit = int(_DIGITS[char])
        else:
            return None
    return total + digit


def make_date(year: str, month: str, day: str) -> date | None:
    """A date from its printed parts, or None where no such day exists."""
    parts = number(year), number(month), number(day)
    if None in parts:
        return None
    y, m, d = parts
    try:
        return date(y or 0, m or 0, d or 0)
    except ValueError:
        return None
