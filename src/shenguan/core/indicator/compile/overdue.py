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


def overdue_changes(
    cases: str, intervals: str, month: exp.Expr, exit_day: str, exit_month: str
) -> exp.Select:
    """Return month and the change of the number overdue at its end; `month` is made of column `due`.

    `cases` has case_id, filed_on, limit_days, has_due; `intervals` case_id, start_on, end_on of the pauses that
    count. Two signed events a case that ever is overdue at a month's end; sums up to a month give the stock.
    """
    due = exp.Add(
        this=column("base"),
        expression=exp.Coalesce(this=column("paused"), expressions=[integer(0)]),
    )
    on = exp.EQ(this=exp.column("case_id", "p"), expression=exp.column("case_id", "c"))
    spans = (
        exp.select(exp.alias_(due, "due"), "leaves")
        .from_(exp.to_table("late").as_("c"))
        .join(_paused(intervals).subquery("p"), on=on, join_type="left")
    )
    ever = exp.select(exp.alias_(month, "enters"), "leaves").from_(spans.subquery("spans"))
    counted = _null_or("leaves", exp.GT(this=column("leaves"), expression=column("enters")))
    ever = exp.select("enters", "leaves").from_(ever.subquery("ever")).where(counted)
    enters = exp.select(exp.alias_(column("enters"), "month"), exp.alias_(integer(1), "n"))
    leaves = exp.select(exp.alias_(column("leaves"), "month"), exp.alias_(integer(-1), "n"))
    gone = exp.Not(this=exp.Is(this=column("leaves"), expression=exp.Null()))
    both = exp.union(
        enters.from_("overdue_spans"), leaves.from_("overdue_spans").where(gone), distinct=False
    )
    total = exp.alias_(exp.cast(exp.Sum(this=column("n")), "bigint"), "n")
    tree = exp.select("month", total).from_(both.subquery("changes")).group_by("month")
    tree = tree.with_("late", as_=_late(cases, exit_day, exit_month))
    return tree.with_("overdue_spans", as_=ever)


def _late(cases: str, exit_day: str, exit_month: str) -> exp.Select:
    """Cases not gone by filed + limit: pauses only put that off, so no other can ever be overdue."""
    base = exp.Add(this=column("filed_on"), expression=column("limit_days"))
    still = _null_or(exit_day, exp.GT(this=column(exit_day), expression=base.copy()))
    columns = ("case_id", exp.alias_(base, "base"), exp.alias_(column(exit_month), "leaves"))
    return exp.select(*columns).from_(cases).where(column("has_due")).where(still)


def _paused(intervals: str) -> exp.Select:
    """Return case_id and `paused`, the days that pauses put the end of the limit off, of late cases."""
    still_open = exp.Is(this=column("end_on"), expression=exp.Null())
    length = exp.Case(
        ifs=[exp.If(this=still_open, true=integer(OPEN_DAYS))],
        default=exp.Paren(this=exp.Sub(this=column("end_on"), expression=column("start_on"))),
    )
    same = exp.EQ(this=exp.column("case_id", "i"), expression=exp.column("case_id", "c"))
    lengths = (
        exp.select(exp.column("case_id", "i"), "start_on", "base", exp.alias_(length, "days"))
        .from_(exp.to_table(intervals).as_("i"))
        .join(exp.to_table("late").as_("c"), on=same)
    )
    upto = exp.Window(
        this=exp.Sum(this=column("days")),
        partition_by=[column("case_id")],
        order=exp.Order(expressions=[exp.Ordered(this=column("start_on"))]),
    )
    own = exp.Sub(this=upto, expression=column("days"))
    runs = exp.select("case_id", "start_on", "base", "days", exp.alias_(own, "earlier")).from_(
        lengths.subquery("lengths")
    )
    started = exp.Sub(this=column("start_on"), expression=column("earlier"))
    total = exp.cast(exp.Sum(this=column("days")), "bigint")
    return (
        exp.select("case_id", exp.alias_(total, "paused"))
        .from_(runs.subquery("runs"))
        .where(exp.LTE(this=started, expression=column("base")))
        .group_by("case_id")
    )


def _null_or(name: str, other: exp.Expr) -> exp.Expr:
    empty = exp.Is(this=column(name), expression=exp.Null())
    return exp.Paren(this=exp.Or(this=empty, expression=other))
