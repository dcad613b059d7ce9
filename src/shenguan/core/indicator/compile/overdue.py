"""When a case runs out of time, from its filing, its limit and its pauses, without recursion.

A pause counts if it starts before the limit has run out: with pauses in order, cum_k the days of those before
the k-th, it counts while start_k − cum_k ≤ filed + limit, and the case is overdue after
filed + limit + Σ len_k of those that count (architecture §5). Pauses of a case must not overlap.
"""

from __future__ import annotations

from sqlglot import exp

from shenguan.core.indicator.compile.sql import column, integer

OPEN_DAYS = 1_000_000
"""Length of a pause still open: the case can't run out."""


def due_days(cases: str, intervals: str) -> exp.Select:
    """Return case_id and `paused`, the days that pauses put the end of the limit off, of paused cases.

    `cases` has case_id, filed_on, limit_days; `intervals` case_id, start_on, end_on of the pauses that count.
    """
    still_open = exp.Is(this=column("end_on"), expression=exp.Null())
    length = exp.Case(
        ifs=[exp.If(this=still_open, true=integer(OPEN_DAYS))],
        default=exp.Paren(this=exp.Sub(this=column("end_on"), expression=column("start_on"))),
    )
    lengths = exp.select("case_id", "start_on", exp.alias_(length, "days")).from_(intervals)
    upto = exp.Window(
        this=exp.Sum(this=column("days")),
        partition_by=[column("case_id")],
        order=exp.Order(expressions=[exp.Ordered(this=column("start_on"))]),
    )
    own = exp.Sub(this=upto, expression=column("days"))
    runs = exp.select("case_id", "start_on", "days", exp.alias_(own, "earlier")).from_(
        lengths.subquery("lengths")
    )
    counted = exp.LTE(
        this=exp.Sub(this=exp.column("start_on", "runs"), expression=exp.column("earlier", "runs")),
        expression=exp.Add(
            this=exp.column("filed_on", "cases"), expression=exp.column("limit_days", "cases")
        ),
    )
    same = exp.EQ(this=exp.column("case_id", "runs"), expression=exp.column("case_id", "cases"))
    total = exp.cast(exp.Sum(this=exp.column("days", "runs")), "bigint")
    return (
        exp.select(exp.column("case_id", "runs"), exp.alias_(total, "paused"))
        .from_(runs.subquery("runs"))
        .join(exp.to_table(cases).as_("cases"), on=same)
        .where(counted)
        .group_by(exp.column("case_id", "runs"))
    )


def overdue_changes(cases: str, intervals: str, month: exp.Expr, exit_month: str) -> exp.Select:
    """Return month and the change of the number overdue at its end; `month` is made of column `due`.

    Two signed events a case that ever is overdue at a month's end; sums up to a month give the stock.
    """
    paused = due_days(cases, intervals)
    due = exp.Add(
        this=exp.Add(this=column("filed_on"), expression=column("limit_days")),
        expression=exp.Coalesce(this=column("paused"), expressions=[integer(0)]),
    )
    on = exp.EQ(this=exp.column("case_id", "p"), expression=exp.column("case_id", "c"))
    spans = (
        exp.select(exp.alias_(due, "due"), exit_month)
        .from_(exp.to_table(cases).as_("c"))
        .join(paused.subquery("p"), on=on, join_type="left")
        .where(column("has_due"))
    )
    known = exp.select(exp.alias_(month, "enters"), exp.alias_(column(exit_month), "leaves"))
    ever = known.from_(spans.subquery("spans"))
    still = exp.Is(this=column("leaves"), expression=exp.Null())
    later = exp.GT(this=column("leaves"), expression=column("enters"))
    counted = exp.Paren(this=exp.Or(this=still, expression=later))
    ever = exp.select("enters", "leaves").from_(ever.subquery("ever")).where(counted)
    enters = exp.select(exp.alias_(column("enters"), "month"), exp.alias_(integer(1), "n"))
    leaves = exp.select(exp.alias_(column("leaves"), "month"), exp.alias_(integer(-1), "n"))
    gone = exp.Not(this=exp.Is(this=column("leaves"), expression=exp.Null()))
    both = exp.union(
        enters.from_("overdue_spans"), leaves.from_("overdue_spans").where(gone), distinct=False
    )
    total = exp.alias_(exp.cast(exp.Sum(this=column("n")), "bigint"), "n")
    tree = exp.select("month", total).from_(both.subquery("changes")).group_by("month")
    return tree.with_("overdue_spans", as_=ever)
