"""Reading one cell: dates, amounts, people, yes or no, in every shape that courts' spreadsheets show.

Each reader returns the value, None for an empty cell, or raises `UnreadableError` with a Chinese reason; the
caller keeps the original text. Amounts are integers in 分, dates are days.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from shenguan.rulebook.loaders.intake import Vocabulary, plain

EXCEL_EPOCH = date(1899, 12, 30)  # Excel's day 0, its fictitious 29 Feb 1900 included
SERIALS = (10000.0, 110000.0)  # 1927-05-18 … 2201-02-28: numbers outside are no day of a case
YEARS = (1900, 2200)
LONGEST_TEXT = 2000
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u200b]")
HALF = re.compile(r"[\ud800-\udfff]")  # half of a letter beyond the BMP: no database takes it
FORCED = re.compile(r'="(?P<text>[^"]*)"')  # how systems keep Excel from reading a number
SEPARATED = re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:$|[^\d])")
COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:\d{6})?$")
DOTTED = re.compile(
    r"^(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})\.?(?:$|[^\d])"
)  # 30. 9. 2021.: day first
SLASHED = re.compile(r"^(\d{1,2})\s*([/-])\s*(\d{1,2})\s*\2\s*(\d{4})(?:$|[^\d])")
NAMED_MONTH = re.compile(
    r"^(?:(\d{1,2})(?:st|nd|rd|th)?[\s-]+)?([A-Za-z]{3,9})\.?[\s-]+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})$"
)
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
CHINESE_DATE = re.compile(
    r"^([〇○零Oo一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
DIGITS = {d: i for i, d in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "O": 0, "o": 0}
AMOUNT = re.compile(
    r"^([-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)(亿元?|千万元?|百万元?|万元?|千元|元|角|分)?整?$"
)
UNITS = {"亿": 10**8, "千万": 10**7, "百万": 10**6, "万": 10**4, "千": 1000, "元": 1}
UNITS_IN_FEN = {"角": 10, "分": 1}
LARGEST_AMOUNT = 9 * 10**17  # 分; a 64-bit column holds no more


class UnreadableError(ValueError):
    """A cell that can't be read as what its column holds; the message is the Chinese reason."""


def cell_text(cell: object) -> str:
    """Return a cell as trimmed text; whole floats lose their `.0`, control characters go."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(" ") if cell.time().isoformat() != "00:00:00" else str(cell.date())
    text = HALF.sub("\ufffd", CONTROL.sub("", str(cell))).strip()
    forced = FORCED.fullmatch(text)
    return forced["text"] if forced else text


def read_text(cell: object, empty: Collection[str] = ()) -> str | None:
    """Return trimmed text with inner runs of white space made one space; None when empty."""
    text = " ".join(cell_text(cell).split())
    if not text or plain(text) in empty:
        return None
    if len(text) > LONGEST_TEXT:
        raise UnreadableError(f"文字过长（{len(text)} 字，上限 {LONGEST_TEXT} 字）")
    return text


def read_date(cell: object, empty: Collection[str] = ()) -> date | None:
    """Return a day from a date cell, an Excel serial or any usual way of writing it."""
    if isinstance(cell, datetime):
        return _in_range(cell.date())
    if isinstance(cell, date):
        return _in_range(cell)
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _from_number(float(cell))
    text = unicodedata.normalize("NFKC", cell_text(cell))
    if not text or plain(text) in empty:
        return None
    return _from_text(text)


def _from_number(number: float) -> date:
    if SERIALS[0] <= number <= SERIALS[1]:
        return EXCEL_EPOCH + timedelta(days=int(number))
    return _from_text(str(int(number)) if number.is_integer() else str(number))


def _from_text(text: str) -> date:
    match = SEPARATED.match(text) or COMPACT.match(plain(text))
    if match:
        return _day(int(match[1]), int(match[2]), int(match[3]), text)
    abroad = _from_abroad(text)
    if abroad:
        return abroad
    text = plain(text)
    match = CHINESE_DATE.match(text)
    if match:
        year = int("".join(str(DIGITS[digit]) for digit in match[1]))
        return _day(year, _tens(match[2]), _tens(match[3]), text)
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        return _from_number(float(text))
    raise UnreadableError("不是可识别的日期")


def _from_abroad(text: str) -> date | None:
    """Read a day as other countries write it: 30.9.2021., 25/12/2021, 3 February 2021."""
    match = DOTTED.match(text)
    if match:
        return _day(int(match[3]), int(match[2]), int(match[1]), text)
    match = SLASHED.match(text)
    if match:
        first, second = int(match[1]), int(match[3])
        if first != second and max(first, second) <= 12:
            raise UnreadableError("日、月的次序不明")
        day, month = (second, first) if second > 12 else (first, second)
        return _day(int(match[4]), month, day, text)
    match = NAMED_MONTH.match(text)
    month_name = match[2][:3].lower() if match else ""
    if match and month_name in MONTHS and (match[1] or match[3]):
        return _day(int(match[4]), MONTHS.index(month_name) + 1, int(match[1] or match[3]), text)
    return None


def day_first(cells: Iterable[object]) -> bool | None:
    """Say whether the slashed dates of a column put the day first; None where none of them tells."""
    for cell in cells:
        match = SLASHED.match(cell.strip()) if isinstance(cell, str) else None
        if match and (int(match[1]) > 12) != (int(match[3]) > 12):
            return int(match[1]) > 12
    return None


def in_order(cell: object, *, first_is_day: bool) -> object:
    """Return a slashed date with its parts in the order of its column told: 2021-02-11; else the cell."""
    match = SLASHED.match(cell.strip()) if isinstance(cell, str) else None
    if match is None:
        return cell
    day, month = (match[1], match[3]) if first_is_day else (match[3], match[1])
    return f"{match[4]}-{month}-{day}"


def _tens(text: str) -> int:
    left, ten, right = text.partition("十")
    if not ten:
        return DIGITS[text] if len(text) == 1 else 0
    return (DIGITS[left] if left else 1) * 10 + (DIGITS[right] if right else 0)


def _day(year: int, month: int, day: int, text: str) -> date:
    try:
        return _in_range(date(year, month, day))
    except ValueError as error:
        if isinstance(error, UnreadableError):
            raise
        raise UnreadableError(f"日历上没有这一天（{text}）") from None


def _in_range(day: date) -> date:
    if not YEARS[0] <= day.year < YEARS[1]:
        raise UnreadableError(f"年份不可能（{day.year} 年）")
    return day


def read_dates(cell: object, empty: Collection[str] = ()) -> list[date] | None:
    """Return the sorted days of a cell that may hold several, None when empty."""
    if not isinstance(cell, str):
        day = read_date(cell, empty)
        return None if day is None else [day]
    text = re.sub(
        r"\s+(?=\d{1,2}:\d{2})", "T", cell_text(cell)
    )  # keeps 2024-01-05 09:30 in one piece
    parts = [part for part in re.split(r"[;；,，、\s|]+", text) if part]
    days = [day for part in parts if (day := read_date(part, empty)) is not None]
    return sorted(set(days)) or None


def read_words(
    cell: object, canonical: Callable[[str], str], empty: Collection[str] = ()
) -> list[str] | None:
    """Return the words of a cell that may name several, each once, as we write them; None when empty."""
    parts = re.split(r"[;；,，、/|\s]+", cell_text(cell))
    words = [canonical(part) for part in parts if part and plain(part) not in empty]
    return list(dict.fromkeys(word[:20] for word in words)) or None


def read_amount(cell: object, empty: Collection[str] = (), unit: str = "元") -> int | None:
    """Return 分 from a number or text; `unit` (元 万元 亿元) is the heading's, a unit in the cell wins."""
    text = plain(cell_text(cell)).replace(",", "").replace("，", "")
    text = re.sub(r"^(人民币|RMB|CNY|[¥￥])+|(人民币)$", "", text, flags=re.IGNORECASE)
    if not text or text in empty:
        return None
    match = AMOUNT.match(text)
    if match is None:
        raise UnreadableError("不是可识别的金额")
    try:
        fen = Decimal(match[1]) * _fen_per(match[2] or unit)
        value = int(fen.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    except (InvalidOperation, OverflowError):
        raise UnreadableError("金额超出可记录的范围") from None
    if abs(value) > LARGEST_AMOUNT:
        raise UnreadableError("金额超出可记录的范围")
    return value


def _fen_per(unit: str) -> int:
    if unit in UNITS_IN_FEN:
        return UNITS_IN_FEN[unit]
    return UNITS.get(unit.removesuffix("元") or "元", 1) * 100


def read_number(cell: object, empty: Collection[str] = ()) -> int | None:
    """Return a small whole number (月数, 天数): `6`, `6个月`, `六个月`."""
    text = plain(cell_text(cell))
    if not text or text in empty:
        return None
    match = re.fullmatch(r"(\d{1,5})(?:个?[月天日年次])?", text)
    if match:
        return int(match[1])
    match = re.fullmatch(r"([一二三四五六七八九十两]{1,3})(?:个?[月天日年次])?", text)
    if match:
        return _tens(match[1].replace("两", "二"))
    raise UnreadableError("不是可识别的整数")


def read_flag(cell: object, words: Vocabulary) -> bool | None:
    """Return yes or no, None when empty."""
    if isinstance(cell, bool):
        return cell
    text = plain(cell_text(cell))
    if not text or text in ("-", "/", "—"):
        return None
    if text in words.yes:
        return True
    if text in words.no:
        return False
    raise UnreadableError("应填“是”或“否”")
