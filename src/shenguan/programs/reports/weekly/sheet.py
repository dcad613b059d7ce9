"""A reminder as one A4 sheet, and the packet of a division."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from shenguan.base.papers.look import SHEET
from shenguan.base.papers.model import (
    Block,
    Break,
    Column,
    Heading,
    Line,
    Paper,
    Paragraph,
    Span,
    Table,
)
from shenguan.base.papers.pdf import pages
from shenguan.base.papers.sheets import Cell, Sheet
from shenguan.programs.reports.judging import Judged
from shenguan.programs.reports.traced import join, say
from shenguan.programs.reports.weekly.reminder import ANSWER_DAYS, FLOW, LATER, Item, Reminder

MARK = "个人工作提醒　仅供本人和本部门会议使用"
_MOST_ITEMS = (11, 9, 7, 5, 3)
"""How many items a sheet shows: the first number with which it fits one page."""
_CROWDED = 7
_SPARE_CM = 2.0
"""Left free at the bottom: Word and its substitute fonts set lines a little wider."""
_MOST_PAUSES = 5
_MOST_WEAK = 3
_MOST_LATER = 4
_MOST_REPLIES = 4
_REPLY_COLUMNS = (("案号", 3.0), ("事项", 1.8), ("答复", 1.2), ("处理", 1.2), ("说明", 4.0))
_MOST_CASES = 3
_TOP, _RIGHT, _BOTTOM, _LEFT = SHEET.margins
_TIGHT = replace(SHEET, margins=(_TOP, _RIGHT, _BOTTOM + _SPARE_CM, _LEFT))
_SYMBOLS = {"督办": "●", "催办": "▲", "提示": "○"}


def packet(reminders: Sequence[Reminder]) -> Paper:
    """Return the sheets of a division, a page each."""
    blocks: list[Block] = []
    for at, one in enumerate(reminders):
        blocks += [*([Break()] if at else []), *fitted(one)]
    return Paper(title=(), blocks=tuple(blocks), mark=MARK)


def fitted(one: Reminder) -> list[Block]:
    """Return a sheet with as many items as one A4 page holds; the rest stand in the xlsx."""
    for most in _MOST_ITEMS:
        blocks = _sheet(one, most)
        if _rows(one) <= _CROWDED or pages(Paper((), tuple(blocks), mark=MARK), _TIGHT) == 1:
            break
    return blocks


def _rows(one: Reminder) -> int:
    replies = one.book.replies(one.on, one.where)
    return len(one.urgent) + min(len(replies), _MOST_REPLIES)


def _sheet(one: Reminder, most: int) -> list[Block]:
    tell, until = one.tell, one.on + timedelta(days=ANSWER_DAYS)
    head = say(
        one.court.name, "　", one.unit, "　", tell("day", day=one.on.isoformat()),
        "　请于", tell("day", day=until.isoformat()), "前逐项答复",
    )  # fmt: skip
    return [
        Paragraph(say("审判工作周提醒　", one.name), "title"),
        Paragraph(head, "plain"),
        Paragraph(_flow(one), "plain"),
        Heading(say("一、需要办理的事项（", _count(one, "urgent"), "）")),
        *_items(one, most),
        Heading(say("二、进行中的扣除、中止（事由消除即应恢复）")),
        *_pauses(one),
        Heading(say("三、结案后未了事项")),
        Paragraph(_later(one), "plain"),
        Heading(say("四、本人需要关注的指标（本年累计，对照区间和本人上年同期）")),
        *_weak(one),
        Heading(say("五、上周答复和更正")),
        *_replies(one),
        Paragraph(
            say("答复：已办、办理中填进度；数据有误的勾选“数据有误”，审管办核定前暂停该项督办。"),
            "note",
        ),
    ]


def _flow(one: Reminder) -> Line:
    return say(
        "本年",
        join([say(one.tell("name", code=code), one.value(code)) for code in FLOW], "，"),
        "；审限内结案率", one.value("timely_closing_rate", "marked"), "，上年同期",
        one.value("timely_closing_rate", "yoy_before"), "。",
    )  # fmt: skip


def _count(one: Reminder, which: str) -> Span:
    kinds = sorted({item.row.kind for item in (one.urgent if which == "urgent" else one.later)})
    if not kinds:
        return Span("无")
    return one.tell("warning_count", on=one.on.isoformat(), where=one.where, kinds=kinds)


def _items(one: Reminder, most: int) -> list[Block]:
    if not one.urgent:
        return [Paragraph(say("本周没有需要办理的事项。"), "plain")]
    columns = (
        Column(say("级别"), 1.0, "center"),
        Column(say("事项"), 6.6),
        Column(say("至迟"), 1.4, "center"),
        Column(say("答复"), 3.3, "center"),
    )
    shown = one.urgent[:most]
    rows = tuple(_row(one, item) for item in shown)
    made: list[Block] = [Table(columns, rows)]
    if len(one.urgent) > len(shown):
        kinds = sorted({item.row.kind for item in one.urgent})
        query = {"on": one.on.isoformat(), "where": one.where, "kinds": kinds}
        rest = one.tell("warning_count", less=len(shown), **query)
        made.append(Paragraph(say("另有", rest, "见随附清单。"), "note"))
    return made


def _row(one: Reminder, item: Item) -> tuple[Line, ...]:
    tell = one.tell
    said = tell(
        "warning",
        on=one.on.isoformat(),
        where=one.where,
        case=item.row.case_id,
        kind=item.row.kind,
        field="say",
    )
    level = Span(
        f"{_SYMBOLS.get(item.row.level, '○')}{item.row.level}",
        tone="weak" if item.row.level == "督办" else "",
    )
    return (
        say(level),
        say(said),
        say(tell("date", day=item.by.isoformat())),
        say("□已办 □办理中 □数据有误", *_answered(one, item)),
    )


def _answered(one: Reminder, item: Item) -> Line:
    """What was answered since the rung began; the matter still stands."""
    if item.key not in one.answered:
        return ()
    return say("（已答：", one.tell("answered", item=item.key), "）")


def _pauses(one: Reminder) -> list[Block]:
    """Every open exclusion or suspension of the judge, the oldest first."""
    pauses = one.book.pauses(one.on, one.where)
    if not pauses:
        return [Paragraph(say("没有。"), "plain")]
    columns = (
        Column(say("案号"), 3.0),
        *(
            Column(say(text), width, "center")
            for text, width in (("事由", 2.0), ("开始", 1.4), ("已历", 1.0))
        ),
    )
    query = {"on": one.on.isoformat(), "where": one.where}
    rows = tuple(
        tuple(
            say(one.tell("pause", case=pause.case_id, field=field, **query))
            for field in ("number", "reason", "since", "days")
        )
        for pause in pauses[:_MOST_PAUSES]
    )
    made: list[Block] = [Table(columns, rows)]
    if len(pauses) > _MOST_PAUSES:
        made.append(
            Paragraph(
                say("以上为开始最早的；共", one.tell("pause_count", **query), "，其余见系统。"),
                "note",
            )
        )
    return made


def _later(one: Reminder) -> Line:
    kinds = {
        kind: next((i.row.name for i in one.later if i.row.kind == kind), "") for kind in LATER
    }
    said = [say(name, *_named(one, kind)) for kind, name in kinds.items() if name]
    return (
        say(join(said, "；"), "。登记有误的按“数据有误”答复，全部案件见随附清单。")
        if said
        else say("没有。")
    )


def _named(one: Reminder, kind: str) -> Line:
    """How many cases a piece of later work stands open on, the first of them by number."""
    about = {"on": one.on.isoformat(), "where": one.where}
    cases = [item.row.case_id for item in one.later if item.row.kind == kind]
    numbers = [
        say(one.tell("warning", case=case, kind=kind, field="number", **about))
        for case in cases[:_MOST_LATER]
    ]
    more = "等" if len(cases) > len(numbers) else ""
    return say(one.tell("warning_count", kinds=[kind], **about), "（", join(numbers), more, "）")


def _weak(one: Reminder) -> list[Block]:
    if not one.weak:
        return [
            Paragraph(
                say("没有未达到区间或较本人上年同期走弱的指标；件数过少的不作判断。"), "plain"
            )
        ]
    made: list[Block] = []
    for weak in one.weak[:_MOST_WEAK]:
        made += [Paragraph(_change(one, weak), "plain"), *_cases(one, weak)]
    if len(one.weak) > _MOST_WEAK:
        names = join([say(one.tell("name", code=weak.code)) for weak in one.weak[_MOST_WEAK:]])
        made.append(Paragraph(say("另有：", names, "。"), "plain"))
    return made


def _change(one: Reminder, weak: Judged) -> Line:
    return say(
        one.tell("name", code=weak.code), one.value(weak.code), "（", one.value(weak.code, "parts"),
        "），参考区间", one.value(weak.code, "interval"), "，上年同期", one.value(weak.code, "yoy_before"),
        "，", one.value(weak.code, "yoy_words"), "。",
    )  # fmt: skip


def _cases(one: Reminder, weak: Judged) -> list[Block]:
    cases = one.weak_cases(weak)
    if not cases:
        return []
    until = one.tell("day", day=(one.on + timedelta(days=ANSWER_DAYS)).isoformat())
    named = join(
        [say(one.tell("case", case=case.pk, field="number")) for case in cases[:_MOST_CASES]]
    )
    more = "等" if len(cases) > _MOST_CASES else ""
    return [
        Paragraph(say("相关案件：", named, more, "；登记有误的请于", until, "前更正。"), "item")
    ]


def _replies(one: Reminder) -> list[Block]:
    """How last week's items were answered, the disputed ones first, and how many entries were corrected."""
    about = {"on": one.on.isoformat(), "where": one.where}
    replies = one.book.replies(one.on, one.where)
    counts = [
        say(choice, one.tell("reply_count", choice=choice, **about))
        for choice in dict.fromkeys(reply.choice for reply in replies)
    ]
    said = say("（", join(counts), "）") if replies else ()
    lead = say(
        "前七日答复", one.tell("reply_count", **about), said,
        "，本人案件更正登记", one.tell("corrected", **about), "。",
    )  # fmt: skip
    made: list[Block] = [Paragraph(lead, "plain")]
    if replies:
        columns = tuple(Column(say(text), width) for text, width in _REPLY_COLUMNS)
        first = sorted(replies, key=lambda reply: (reply.state == reply.choice, -reply.pk))
        rows = tuple(
            tuple(
                say(one.tell("reply", reply=reply.pk, field=field, **about))
                for field in ("number", "about", "choice", "state", "text")
            )
            for reply in first[:_MOST_REPLIES]
        )
        made.append(Table(columns, rows))
    return made


def gateway(reminders: Sequence[Reminder]) -> list[Sheet]:
    """Return the rows for the court's message gateway: every item, and one message a judge."""
    columns = (
        ("事项编号", 24.0), ("收件人", 10.0), ("部门", 18.0), ("案号", 26.0), ("类别", 16.0), ("级别", 8.0),
        ("内容", 70.0), ("至迟", 12.0), ("答复（已办/办理中/数据有误）", 22.0), ("说明", 30.0),
    )  # fmt: skip
    rows: list[list[Cell]] = [
        [i.key, one.name, one.unit, i.row.number, i.row.name, i.row.level, i.row.say, i.by, "", ""]
        for one in reminders
        for i in one.items
    ]
    messages: list[list[Cell]] = [
        [one.name, one.unit, one.court.name, len(one.items), _message(one)] for one in reminders
    ]
    heads = (("收件人", 10.0), ("部门", 18.0), ("法院", 26.0), ("事项数", 8.0), ("短信", 90.0))
    weak: list[list[Cell]] = [
        [one.name, one.unit, judged.row.indicator.name, judged.row.printed, case.number, case.cause]
        for one in reminders
        for judged in one.weak
        for case in one.weak_cases(judged)
    ]
    cases = (
        ("法官", 10.0),
        ("部门", 18.0),
        ("指标", 22.0),
        ("数值", 12.0),
        ("案号", 26.0),
        ("案由", 26.0),
    )
    return [
        Sheet("消息", heads, messages),
        Sheet("事项", columns, rows),
        Sheet("指标案件", cases, weak),
    ]


def _message(one: Reminder) -> str:
    """One message without case details: what stands open by level, where to look."""
    levels: dict[str, int] = {}
    for item in one.items:
        levels[item.row.level] = levels.get(item.row.level, 0) + 1
    said = "、".join(f"{level}{count}项" for level, count in levels.items()) or "无待办事项"
    until = one.on + timedelta(days=ANSWER_DAYS)
    return f"【周提醒】{one.name}：{said}，请于{until:%m月%d日}前在审管系统逐项答复。"
