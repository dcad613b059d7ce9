"""The dated course of a case: prosecuted, filed, heard; and the date under the judgment."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from shenguan.core.judgment.model import Field, Span
from shenguan.core.judgment.numerals import CHINESE_DATE, ZEROS, make_date
from shenguan.core.judgment.text import Text

_N = rf"[0-9一二三四五六七八九十廿{ZEROS}l]"
_DAY = re.compile(
    rf"(?:(?P<year>{_N}{{4}}|同|本|当|次|翌)年)?(?:(?P<month>{_N}{{1,3}}|同|当|本|次)月(?:份)?)?"
    rf"(?:(?P<day>{_N}{{1,4}})[日号]|(?P<same>同日|当日|当天|同天)|(?P<next>次日|翌日|第二天))"
)
_JOIN = re.compile(
    r"(?:上午|下午|晚上|晚|星期.)?(?:[、和及与,;]|以及|,并于|并于|,又于)?(?:先后|分别|于)?"
)
_RANGE = re.compile("(?:上午|下午)?(?:至|到|-|—|－|～|~)")
_LONGEST_HEARING = 15  # days; a longer stretch between two dates is no single hearing

_FILED = re.compile("^[^,。;]{0,24}?(?:受理|立案|收案)")
_NOT_FILED = re.compile(
    "^[^,。;]{0,24}?(?:侦查|附带民事|不予|建议|起诉|决定逮捕|刑事拘留|上诉|申请|移送|恢复)"
)
_PROSECUTED = re.compile(
    "提起公诉|提起控诉|提起自诉|提起诉讼|提出自诉|提出控诉|起诉|诉至|控告|诉来"
)
_NOT_PROSECUTED = re.compile(
    "追加|变更|补充|附带民事|公益|撤回|量刑建议|审查起诉|立案|受理|刑初|决定逮捕"
)
_HEARD = re.compile(
    "(?<!召)开庭(?!前)|公开(?:进行|对本案)?(?:了)?(?:合并)?审理|(?:进行|参加)了?(?:法庭|当庭)?(?:庭审|审理)"
)
_NOT_HEARD = re.compile(
    "提起|受理|立案|庭前会议|证据交换|决定|建议|申请|作出|转为|变更|转换|恢复[^。]{0,4}理|羁押|送达|宣[判告]|通知|追加|"
    "移送|阅卷|撤回|补充|中止|收到|延期|传唤|公告|裁定|指控|逮捕|起诉|报请|批准|组成合议庭|质证|调查|询问|出具|鉴定"
)
_BROKEN_DATE = re.compile(
    rf"[二一][{ZEROS}一二三四五六七八九\n]{{1,6}}年?[一二三四五六七八九十]{{1,2}}月[^\n]{{0,3}}日"
)
_CUT = re.compile("[。;\n]")
_REMAND = re.compile("发回[^。;]{0,12}(?:重新|重审)")
_OTHER_COURT = re.compile("(本院|我院)|(?:人民|中级|高级)法院")


@dataclass(frozen=True, slots=True)
class Mention:
    """One date, or several named together, and what is said of it up to the next date."""

    days: tuple[date, ...]
    start: int
    end: int
    after: str
    before: str


def mentions(text: str, start: int, end: int) -> list[Mention]:
    """The dates of a stretch, relative ones resolved (同年, 同日), those listed together as one."""
    found: list[Mention] = []
    groups = list(_groups(text, start, end))
    for index, (days, a, b) in enumerate(groups):
        follow = groups[index + 1][1] if index + 1 < len(groups) else end
        cut = _CUT.search(text, b, follow)
        back = max(text.rfind(mark, start, a) for mark in "。;\n")
        before = text[max(back + 1, start, groups[index - 1][2] if index else start) : a]
        found.append(Mention(tuple(days), a, b, text[b : cut.start() if cut else follow], before))
    return found


def _groups(text: str, start: int, end: int) -> Iterator[tuple[list[date], int, int]]:
    days: list[date] = []
    last: date | None = None
    opened = closed = -1
    for each in _DAY.finditer(text, start, end):
        day = _resolve(each, last)
        if day is None:
            continue
        gap = text[closed : each.start()] if closed >= 0 else ""
        if days and _JOIN.fullmatch(gap) and len(gap) < 8 and not each["same"]:
            days.append(day)
        elif days and _RANGE.fullmatch(gap) and 0 < (day - days[-1]).days <= _LONGEST_HEARING:
            days.extend(_through(days[-1], day))
        elif each["year"] or each["month"] or each["same"] or each["next"]:
            if days:
                yield days, opened, closed
            days, opened = [day], each.start()
        else:
            continue
        last, closed = day, each.end()
    if days:
        yield days, opened, closed


def _through(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]


def _resolve(each: re.Match[str], last: date | None) -> date | None:
    if each["same"] and not each["year"]:
        return last
    if each["next"]:
        return last + timedelta(days=1) if last else None
    year, month, day = each["year"], each["month"], each["day"] or ""
    if not (year or month) and last is None:
        return None
    if year in ("同", "本", "当", None):
        year = str(last.year) if last else ""
    elif year in ("次", "翌"):
        year = str(last.year + 1) if last else ""
    if month in ("同", "当", "本", None):
        month = str(last.month) if last else ""
    elif month == "次":
        return None
    return make_date(year.replace("l", "1"), month.replace("l", "1"), day.replace("l", "1"))


def _own(mention: Mention) -> bool:
    """Is it this court that acts, not the one below?"""
    named = list(_OTHER_COURT.finditer(mention.before))
    return not named or named[-1][1] is not None


def filed_on(text: Text, found: list[Mention], after: int) -> Field[date]:
    """受理 or 立案 by this court; the day of prosecution isn't one."""
    for each in _latest(found, after):
        if _FILED.search(each.after) and not _NOT_FILED.search(each.after) and _own(each):
            return Field(each.days[-1], (text.span(each.start, each.end),))
    return Field(why="审理经过未写明本院受理或立案日期")


def prosecuted_on(text: Text, found: list[Mention]) -> Field[date]:
    """The day of 提起公诉 or of the private prosecution; the first where charges were added."""
    for each in found:
        hit = _PROSECUTED.search(each.after)
        if hit and not _NOT_PROSECUTED.search(each.after[: hit.end()]):
            return Field(each.days[0], (text.span(each.start, each.end),))
    return Field(why="审理经过未写明提起公诉（自诉）日期")


def hearings(text: Text, found: list[Mention], after: int) -> Field[tuple[date, ...]]:
    """Every day in court, in order."""
    days: set[date] = set()
    spans: list[Span] = []
    for each in _latest(found, after):
        hit = _HEARD.search(each.after)
        if hit and not _NOT_HEARD.search(each.after[: hit.start()]) and _own(each):
            days.update(each.days)
            spans.append(text.span(each.start, each.end))
    if not days:
        return Field(why="审理经过未写明开庭日期")
    return Field(tuple(sorted(days)), tuple(spans))


def _latest(found: list[Mention], after: int) -> list[Mention]:
    return [each for each in found if each.start >= after]


def remanded(text: str, start: int, end: int) -> int:
    """Where the course of a remanded case begins anew, or `start`."""
    last = start
    for each in _REMAND.finditer(text, start, end):
        last = each.end()
    return last


def judged_on(text: Text, start: int, end: int) -> Field[date]:
    """The date in Chinese numerals under the judgment; an impossible one is refused."""
    for each in CHINESE_DATE.finditer(text.even, start, end):
        day = make_date(each[1], each[2], each[3])
        span = (text.span(*each.span()),)
        if day is None:
            return Field(None, span, f"落款日期“{text.printed(*each.span())}”不是有效日期")
        return Field(day, span)
    broken = _BROKEN_DATE.search(text.even, start, end)
    if broken:
        printed = text.printed(*broken.span())
        return Field(None, (text.span(*broken.span()),), f"落款日期“{printed}”不完整")
    return Field(why="落款处未见裁判日期")
