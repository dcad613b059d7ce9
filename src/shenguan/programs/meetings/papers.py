"""The minutes of a meeting, for the inner file; and the ledger as a list."""

from __future__ import annotations

from collections.abc import Sequence

from shenguan.base.papers.model import Block, Column, Heading, Paper, Paragraph, Table, line
from shenguan.base.papers.sheets import Cell
from shenguan.programs.meetings.models import Matter, Meeting
from shenguan.programs.meetings.services import body_of
from shenguan.rulebook import load

COLUMNS: dict[str, float] = {
    "会议": 24, "编号": 18, "日期": 12, "案号": 28, "案由": 20, "提交事由": 30, "源自阅核": 10,
    "四类案件": 10, "多数": 8, "少数": 8, "结论日期": 12, "审判组织回复": 14, "回复日期": 12,
}  # fmt: skip


def cells(matter: Matter) -> list[Cell]:
    """Return one row of the ledger: without what was said."""
    sides = [voice.side for voice in matter.voices.all()]
    return [
        body_of(matter.meeting).name, matter.meeting.number, matter.meeting.held_on,
        matter.case.number, matter.case.cause, load().appeals.name("grounds_of_meeting", matter.ground),
        f"第{matter.review}号" if matter.review else "", "是" if matter.four_kinds else "",
        sides.count("majority"), sides.count("minority"), matter.concluded_on, matter.response,
        matter.responded_on,
    ]  # fmt: skip


def minutes(meeting: Meeting, matters: Sequence[Matter]) -> Paper:
    """Return the minutes of the matters shown."""
    body, seats = body_of(meeting), list(meeting.attendances.select_related("person"))
    present = "、".join(str(seat.person) for seat in seats if seat.present)
    absent = "、".join(str(seat.person) for seat in seats if not seat.present)
    nature = "审判组织应当执行" if body.more["binding"] else "供审判组织参考"
    blocks: list[Block] = [
        Paragraph(
            line(f"时间：{meeting.held_on}　主持：{meeting.chair}　记录：{meeting.recorder}"),
            "plain",
        ),
        Paragraph(
            line(f"组成{meeting.size}人，出席：{present}{f'；缺席：{absent}' if absent else ''}"),
            "plain",
        ),
        Paragraph(line(f"会议意见{nature}（{body.law}）。"), "note"),
    ]
    for number, matter in enumerate(matters, 1):
        blocks += _matter(number, matter)
    return Paper(
        title=(line(f"{meeting.court.name}{body.name}纪要"), line(meeting.number)),
        blocks=tuple(blocks), mark="副卷材料　不得公开",
    )  # fmt: skip


def _matter(number: int, matter: Matter) -> list[Block]:
    sides = load().appeals.lists["sides"]
    rows = tuple(
        (line(str(voice.person)), line(sides[voice.side].name), line(voice.text))
        for voice in matter.voices.all()
    )
    heads = (Column(line("发言人"), 1.4), Column(line("意见"), 1.4), Column(line("内容"), 6.0))
    return [
        Heading(line(f"议题{number}　{matter.case.number}")),
        Paragraph(line(f"提交事由：{load().appeals.name('grounds_of_meeting', matter.ground)}")),
        Paragraph(line(f"问题：{matter.question}")),
        Paragraph(line(f"审判组织意见：{matter.bench_opinion or '未填'}")),
        *([Table(heads, rows)] if rows else []),
        Paragraph(
            line(
                f"会议意见：{'未形成多数意见。' if matter.carried_on else ''}{matter.conclusion or '未形成'}"
            )
        ),
        Paragraph(line(f"审判组织回复：{matter.response or '尚未回复'}　{matter.response_text}")),
    ]
