"""评查通报 on paper: what was drawn and how, grades, findings by item, issues; no judge is named or ranked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from shenguan.base.papers.model import (
    Align,
    Column,
    Heading,
    Line,
    Paper,
    Paragraph,
    Span,
    Table,
    line,
)
from shenguan.base.papers.sheets import Sheet
from shenguan.programs.casereview.models import Draw, Item, Plan
from shenguan.programs.casereview.statistics import ItemRow, Summary
from shenguan.rulebook import load

MARK = "内部工作资料"
_WIDTHS = {"评查表": 2.4, "评查项": 2.4, "问题": 4.0}


def bulletin(plan: Plan, drawn: Draw, whole: Summary, rows: Sequence[ItemRow], on: date) -> Paper:
    """Return the bulletin of a plan; each number carries where it comes from."""
    kind = load().casereview.plans[plan.kind]
    few = int(load().casereview.lists["few"])
    blocks = (
        Heading(line("一、评查对象和抽取方法")),
        Paragraph(
            line(
                f"{plan.name}（{kind.name}，{plan.topic}）。评查范围内",
                _number(plan, "frame", drawn.size), "件，按分层系统抽样抽取",
                _number(plan, "taken", drawn.taken),
                f"件（{_rates_said(plan)}），每件案件的入样概率正好等于所在层的比例。"
                f"种子“{drawn.seed}”，名单摘要{drawn.frame_digest[:16]}，结果摘要{drawn.result_digest[:16]}，可以重放核对。",
            )
        ),
        Heading(line("二、评查结果")),
        Paragraph(
            line(
                "已定级", _number(plan, "decided", whole.decided), "件，尚在评查",
                _number(plan, "open", drawn.taken - whole.decided), "件。承办人提出异议",
                _number(plan, "objections", whole.objections), "件，审议后改变初评等次",
                _number(plan, "changed", whole.changed), "件；复评",
                _number(plan, "second", whole.second), "件，其中两次评分分歧",
                _number(plan, "divergent", whole.divergent), "件。",
            )
        ),
        _table(("等次", "件数"), [(name, str(n)) for name, n in whole.grades]),
        Heading(line("三、按评查项统计")),
        _table(
            ("评查表", "评查项", "有扣分件数", "处", "扣分", "占已评"),
            [(r.sheet, r.name, str(r.cases), str(r.places), _plain(r.points), r.percent) for r in rows if r.cases],
        ),
        Paragraph(line(f"注：没有扣分的评查项从略；已评不足{few}件的评查表不计算比例。"), "note"),
        Heading(line("四、问题清单和整改")),
        _table(
            ("代码", "问题", "件", "已整改"),
            [(code, name, str(n), str(done)) for code, name, n, done in whole.issues],
        ),
        Paragraph(line("评查结果不影响裁判的效力，不作部门、法官排名。"), "note"),
    )  # fmt: skip
    return Paper(
        title=(line(f"{plan.name}"), line("评查通报")),
        blocks=blocks,
        mark=MARK,
        issued=line(f"{on:%Y-%m-%d}"),
        sign=(line(plan.court.name), line(f"{on.year}年{on.month}月{on.day}日")),
    )


def bulletin_sheets(whole: Summary, rows: Sequence[ItemRow]) -> list[Sheet]:
    """Return the tables of the bulletin."""
    return [
        Sheet("按评查项", (("评查表", 26.0), ("评查项", 20.0), ("有扣分件数", 12.0), ("处", 8.0),
              ("扣分", 8.0), ("已评件数", 10.0), ("占已评", 10.0)),
              [[r.sheet, r.name, r.cases, r.places, float(r.points), r.reviewed, r.percent] for r in rows]),
        Sheet("等次", (("等次", 14.0), ("件数", 10.0)), [[name, n] for name, n in whole.grades]),
        Sheet("问题清单", (("代码", 8.0), ("问题", 34.0), ("件", 8.0), ("已整改", 10.0)),
              [list(row) for row in whole.issues]),
    ]  # fmt: skip


def items_sheet(items: Iterable[Item]) -> Sheet:
    """Return the cases of a plan as a list, in the order of their numbers."""
    heads = (
        ("案号", 30.0), ("部门", 18.0), ("分层", 20.0), ("入样概率", 12.0), ("状态", 10.0),
        ("初评分", 8.0), ("答复", 8.0), ("得分", 8.0), ("等次", 10.0), ("定级日期", 12.0),
    )  # fmt: skip
    return Sheet(
        "评查案件",
        heads,
        [
            [i.case.number, str(i.case.division or ""), i.cell, i.chance, i.state,
             _float(i.proposed_points), i.reply, _float(i.points), i.grade, i.decided_on]
            for i in items
        ],
    )  # fmt: skip


def frame_sheets(drawn: Draw, chosen: Iterable[str], chances: dict[str, str]) -> list[Sheet]:
    """Return the whole list with chances and the mark of what was drawn, for an auditor."""
    taken = set(chosen)
    rows = [
        [number, cell, judge, chances[number], "抽中" if number in taken else ""]
        for number, cell, judge, _pk in drawn.frame
    ]
    heads = (("案号", 30.0), ("分层", 20.0), ("法官编号", 10.0), ("入样概率", 12.0), ("结果", 8.0))
    note = f"种子：{drawn.seed}　方法：{drawn.method}　名单摘要：{drawn.frame_digest}　结果摘要：{drawn.result_digest}"
    return [Sheet("抽样名单", heads, rows, note=note)]


def _rates_said(plan: Plan) -> str:
    said = [f"比例{_plain(plan.rate)}%", *(f"{cell}{rate}%" for cell, rate in plan.rates.items())]
    if plan.minimum:
        said.append(f"每名法官不少于{plan.minimum}件，比例不足的法官各层比例相应提高")
    return "，".join(said)


def _number(plan: Plan, what: str, n: int) -> Span:
    return Span(str(n), source={"kind": "casereview", "plan": plan.pk, "what": what}, bold=True)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    wide = {head: width for head, width in _WIDTHS.items() if head in heads}
    align: dict[str, Align] = dict.fromkeys((*wide, heads[0]), "left")
    columns = tuple(
        Column(line(head), wide.get(head, 1.0), align.get(head, "center")) for head in heads
    )
    cells: tuple[tuple[Line, ...], ...] = tuple(
        tuple(line(text or "　") for text in row) for row in rows
    )
    return Table(columns, cells or (tuple(line("无") for _head in heads),))


def _float(value: object) -> float | None:
    return None if value is None else float(str(value))


def _plain(value: object) -> str:
    return f"{float(str(value)):g}"
