"""The sentences of a derivation, in the words a judge would use."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from shenguan.core.timelimit.flags import MEANINGS


class Told(Protocol):
    """What a sentence needs of a suspension."""

    begin: date
    begin_name: str
    kind: str | None
    counting_from: date


def name_of(suspension: Told) -> str:
    """委托鉴定（精神病鉴定）."""
    if suspension.kind:
        return f"{suspension.begin_name}（{suspension.kind}）"
    return suspension.begin_name


def length(months: int, days: int) -> str:
    """六个月 is written 6个月, 一个半月 1个半月."""
    if months and days == 15:
        return f"{months}个半月"
    parts = [f"{months}个月"] if months else []
    if days:
        parts.append(f"{days}日")
    return "".join(parts) or "0日"


def started(start: date, event: str, months: int, days: int, *, counts: bool) -> str:
    """First step of a term."""
    day_one = "当日" if counts else "次日"
    return f"{start}{event}，{day_one}起算，期限{length(months, days)}"


def excluded(suspension: Told, end: date, days: int, still_open: int) -> str:
    """A counted exclusion that has ended."""
    begin = suspension.counting_from
    text = f"{name_of(suspension)}{begin}至{end}不计入审限"
    if still_open:
        return f"{text}，与尚未结束的期间重叠，合并计算"
    whole = (end - begin).days
    if days != whole:
        return f"{text}，与其他期间合并只计一次，扣除{days}日"
    return f"{text}，扣除{days}日"


def cut(suspension: Told, day: date) -> str:
    """An interval the closing ends."""
    return f"{name_of(suspension)}自{suspension.counting_from}起不计入审限，至结案日{day}止"


def local_only(suspension: Told) -> str:
    """A reason that only local policy excludes."""
    return f"{name_of(suspension)}{suspension.begin}起：法律未列为不计入审限的事由，只影响地方口径"


def locally(due: date) -> str:
    """The other due date."""
    return f"计入地方规定的扣除，届满日为{due}"


def paused(names: str, since: date) -> str:
    """The last step of a paused clock."""
    return f"{names}自{since}起尚未结束，审限停止计算，届满日待定"


def late(suspension: Told, day: date) -> str:
    """An interval that starts after expiry."""
    return f"{name_of(suspension)}{day}开始时审限已届满，不予扣除"


def not_excluded(suspension: Told, why: str) -> str:
    """A suspension the law doesn't exclude."""
    return f"{name_of(suspension)}{suspension.begin}起：{MEANINGS[why]}"


def restarted(suspension: Told, day: date) -> str:
    """A suspension whose end starts the clock anew."""
    return f"{name_of(suspension)}{suspension.begin}开始，{day}结束，审限重新计算"


def grace(suspension: Told, days: int, start: date) -> str:
    """Mediation: the first days count."""
    return f"当事人同意的调解{suspension.begin}开始，前{days}日计入审限，超出部分自{start}起不计入"


def extended(
    day: date, approver: str | None, added: tuple[int, int], total: tuple[int, int]
) -> str:
    """An extension that counts; where months replace days only the whole can be said."""
    by = f"；自起算日起共{length(*total)}"
    if min(added) < 0:
        return f"{day}{approver or ''}批准延长{by}"
    return f"{day}{approver or ''}批准延长{length(*added)}{by}"


def not_extended(day: date, approver: str | None, why: str) -> str:
    """An extension that doesn't."""
    return f"{day}{approver or ''}批准延长：{MEANINGS[why]}"


def refused(day: date, approver: str | None) -> str:
    """A refusal by the approver."""
    return f"{day}{approver or ''}不予批准延长，审限不变"


def converted(day: date, event: str, start: date, months: int, days: int) -> str:
    """Civil and administrative conversion."""
    return (
        f"{day}{event}，审限自{start}起连续计算，期限{length(months, days)}，原程序的延长不再计算"
    )


def converted_anew(day: date, event: str, months: int, days: int) -> str:
    """Criminal conversion."""
    return f"{day}决定{event}，审限自决定次日重新计算，期限{length(months, days)}"


def not_converted(day: date, event: str, why: str) -> str:
    """A conversion without effect on the clock."""
    return f"{day}{event}：{MEANINGS[why]}"


def concluded(due: date, excluded_days: int, *, rolled: bool) -> str:
    """The last step of a running or closed clock."""
    text = f"审限届满日为{due}"
    if excluded_days:
        text += f"（已扣除{excluded_days}日）"
    return text + "（遇休息日顺延）" if rolled else text


def closed(day: date, event: str, due: date, *, in_time: bool) -> str:
    """The last step of a closed clock."""
    return f"{day}{event}，为结案日；审限届满日为{due}，{'未超审限' if in_time else '超出审限'}"
