"""A second reading of the published indicator formulas, written from the texts, row by row.

Shares no code with shenguan.core.indicator and no definition with the rulebook: a row is a plain mapping with
Chinese column names, dates as dates and codes as names; `a` and `b` are the first and last day of the period.
Each function returns (numerator, denominator).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

Row = Mapping[str, Any]
Answer = tuple[int, int]
FIRST = {"刑初", "民初", "行初", "行赔初", "民撤"}
SECOND = {"刑终", "民终", "行终", "行赔终"}
RETRIAL = {"刑再", "民再", "行再", "行赔再"}
BEFORE_FILING = {"诉前调书", "诉前调确"}
JUDGED_WAYS = {"强制执行", "自动履行", "执行和解"}
CLAIMED = {"刑申", "民申", "行申", "行赔申"}


class Court:
    """The rows of a court and a period; the words of the texts as methods."""

    def __init__(
        self, tables: Mapping[str, Sequence[Row]], a: date, b: date, given: Mapping[str, int]
    ):
        self.all, self.tables, self.a, self.b, self.given = tables["case"], tables, a, b, given
        self.cases = [r for r in self.all if r["类型"] not in BEFORE_FILING]

    def within(self, day: date | None) -> bool:
        return day is not None and self.a <= day <= self.b

    def filed(self, types: set[str] | None = None) -> list[Row]:
        return [
            r
            for r in self.cases
            if self.within(r["立案日"]) and (types is None or r["类型"] in types)
        ]

    def closed(self, types: set[str] | None = None) -> list[Row]:
        return [
            r
            for r in self.cases
            if self.within(r["报结日"]) and (types is None or r["类型"] in types)
        ]

    def open_on(self, day: date, types: set[str] | None = None) -> list[Row]:
        return [
            r
            for r in self.cases
            if r["立案日"] <= day
            and not (r["报结日"] and r["报结日"] <= day)
            and (types is None or r["类型"] in types)
        ]

    def old(self) -> list[Row]:
        return self.open_on(self.a - timedelta(days=1))

    def appealed(self) -> list[Row]:
        return [r for r in self.cases if r["类型"] in FIRST and self.within(r["上诉日"])]

    def decided_above(self, results: set[str], types: set[str] = SECOND) -> list[Row]:
        return [r for r in self.closed(types) if r["处理结果"] in results]


def months_on(day: date, months: int) -> date:
    """Walk month by month; where the day doesn't exist, the last that does (民法典 第202条)."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    for wanted in (day.day, 30, 29, 28):
        try:
            return date(year, month, min(wanted, day.day))
        except ValueError:
            continue
    raise AssertionError


def on_time(row: Row) -> bool:
    return bool(row["审限届满日"]) and row["结案日"] <= row["审限届满日"]


def overdue(row: Row, day: date) -> bool:
    return bool(row["审限届满日"]) and row["审限届满日"] < day


def share(rows: Sequence[Row], wanted: Callable[[Row], Any]) -> Answer:
    return sum(1 for row in rows if wanted(row)), len(rows)


def closing_rate(c: Court) -> Answer:  # 结案 / (旧存 + 新收)
    return len(c.closed()), len(c.old()) + len(c.filed())


def closed_to_filed(c: Court) -> Answer:  # 结案 / 新收
    return len(c.closed()), len(c.filed())


def progress(c: Court) -> Answer:  # 乌兰浩特: both sides drop 诉前调确 诉前调书 执保 执恢
    counted = [
        [r for r in g if r["类型"] not in {"执保", "执恢"}]
        for g in (c.closed(), c.old(), c.filed())
    ]
    return len(counted[0]), len(counted[1]) + len(counted[2])


def per_judge(c: Court) -> Answer:
    return len([r for r in c.closed() if r["类型"] not in {"执保", "执恢"}]), c.given[
        "员额法官人数"
    ]


def normal_timely(c: Court) -> Answer:  # not overdue, extension and deduction granted / 结案数
    return share(c.closed(), lambda r: not (r["审限届满日"] and r["结案日"] > r["审限届满日"]))


def timely(c: Court) -> Answer:
    return share([r for r in c.closed() if r["审限届满日"]], on_time)


def extended_ordinary(c: Court) -> Answer:
    return share([r for r in c.closed(FIRST) if r["程序"] == "普通程序"], lambda r: r["已延长"])


def overdue_pending(c: Court) -> Answer:
    return share(c.open_on(c.b), lambda r: overdue(r, c.b))


def net_days(c: Court) -> Answer:  # S = L - (Y+Z+J+G+H+T+Q)
    rows = c.closed(FIRST | SECOND)
    return sum((r["结案日"] - r["立案日"]).days - r["扣除天数"] for r in rows), len(rows)


def accepted(c: Court) -> Answer:  # 汪清: 1 - 上诉数 / 一审结案数
    closed = len(c.closed(FIRST))
    return closed - len(c.appealed()), closed


def accepted_v2(c: Court) -> Answer:  # 修武
    base = len(c.closed(FIRST)) + len(c.closed(RETRIAL))
    return base - len(c.appealed()) - len(c.filed(CLAIMED)) - len(c.filed(RETRIAL)), base


def overturned(c: Court) -> Answer:  # 汪清: 改判发回 / 一审结案数
    return len(c.decided_above({"改判", "部分改判", "发回"})), len(c.closed(FIRST))


def weighted(c: Court) -> Answer:  # 修武: x1, x0.6, x1
    points = 10 * len(c.decided_above({"改判", "部分改判"})) + 6 * len(c.decided_above({"发回"}))
    return points + 10 * c.given["立案变更案件数"], 10 * (
        len(c.closed(FIRST)) + len(c.closed(RETRIAL))
    )


def mediated(c: Court) -> Answer:  # 济源: 一审 + 二审审结
    return share(c.closed(FIRST | SECOND), lambda r: r["结案方式"] == "调解")


def withdrawn(c: Court) -> Answer:
    ways = {"准许撤诉", "按撤诉处理", "和解撤诉", "准许撤回起诉"}
    return share(c.closed(FIRST), lambda r: r["结案方式"] in ways)


def summary(c: Court) -> Answer:
    return share(c.closed(FIRST), lambda r: r["程序"] in {"简易程序", "小额诉讼程序", "速裁程序"})


def small_claims(c: Court) -> Answer:
    return share(c.closed(FIRST), lambda r: r["程序"] == "小额诉讼程序")


def assessors(c: Court) -> Answer:  # 修武: 民事一审普通程序
    civil = [r for r in c.closed({"民初", "民撤"}) if r["程序"] == "普通程序"]
    return share(civil, lambda r: r["陪审"])


def online_enforcement(c: Court) -> Answer:
    return share(c.filed({"执"}), lambda r: r["网上立案"])


def online_accepted(c: Court) -> Answer:
    passed = [r for r in c.filed({"民初", "民撤", "行初", "执"}) if r["网上立案"]]
    return len(passed), c.given["网上立案申请数"]


def mediated_before(c: Court) -> Answer:  # 成功 / 进入诉前调解
    entered = [r for r in c.all if c.within(r["立案日"])]
    entered = [
        r for r in entered if r["类型"] in BEFORE_FILING or r["诉前调解"] or r["诉前调解成功"]
    ]
    return share(entered, lambda r: r["类型"] in BEFORE_FILING or r["诉前调解成功"])


def suits(c: Court) -> Answer:
    return len(c.filed({"民初", "民撤", "行初"})), c.given["常住和登记流动人口"]


def dismissed(c: Court) -> Answer:
    return share(c.closed({"行初"}), lambda r: r["结案方式"] == "驳回起诉")


def enforced(c: Court) -> Answer:  # 2008: 强制执行 + 自动履行 + 和解 / 执行结案
    return share(c.closed({"执", "执恢"}), lambda r: r["履行方式"] in JUDGED_WAYS)


def target_recovered(c: Court) -> Answer:
    rows = c.closed({"执", "执恢"})
    return sum(r["标的额"] for r in rows if r["履行方式"] in JUDGED_WAYS), sum(
        r["标的额"] for r in rows
    )


def recovered(c: Court) -> Answer:
    rows = c.closed({"执"})
    return sum(r["到位金额"] for r in rows), sum(r["标的额"] for r in rows)


def clearance(c: Court) -> Answer:  # CEPEJ CR
    return len(c.closed()), len(c.filed())


def disposition_time(c: Court) -> Answer:  # CEPEJ DT
    return 365 * len(c.open_on(c.b)), len(c.closed())


def turnover(c: Court) -> Answer:
    return len(c.closed()), len(c.open_on(c.b))


def per_decider_in(c: Court) -> Answer:
    return len(c.filed()), c.given["实际在岗裁判人员数"]


def per_decider_out(c: Court) -> Answer:
    return len(c.closed()), c.given["实际在岗裁判人员数"]


def old_share(c: Court) -> Answer:
    return share(c.open_on(c.b), lambda r: months_on(r["立案日"], 120) < c.b)


def congestion(c: Court) -> Answer:
    left = len(c.open_on(c.b))
    return left, left + len(c.closed())


def _inactive(c: Court, day: date) -> int:
    rows = [r for r in c.tables["interval"] if r["事由"] == "中止审理" and r["始日"] <= day]
    return len([r for r in rows if not (r["止日"] and r["止日"] <= day)])


def ncsc_clearance(c: Court) -> Answer:
    stops = [r for r in c.tables["interval"] if r["事由"] == "中止审理"]
    placed = len([r for r in stops if c.within(r["始日"])])
    reactivated = len([r for r in stops if c.within(r["止日"])])
    return len(c.closed()) + placed, len(c.filed()) + reactivated


def ncsc_active(c: Court) -> Answer:
    return len(c.open_on(c.b)) - _inactive(c, c.b), 1


def ncsc_inactive(c: Court) -> Answer:
    return _inactive(c, c.b), 1


def backlog(c: Court) -> Answer:
    return share([r for r in c.open_on(c.b) if r["审限届满日"]], lambda r: overdue(r, c.b))


def over_12_months(c: Court) -> Answer:
    last_year = range(c.b.year - 1, c.b.year)
    base = [r for r in c.cases if r["类型"] in FIRST | SECOND and r["立案日"].year in last_year]
    return sum(months_on(r["立案日"], 12) < c.b for r in c.open_on(c.b, FIRST | SECOND)), len(base)


def composite(c: Court) -> Answer:  # 2008: 45/30/25, indices in hundredths
    g = c.given
    return 45 * g["公正指数"] + 30 * g["效率指数"] + 25 * g["效果指数"], 10000


def reversal_to_remand(c: Court) -> Answer:
    return len(c.decided_above({"改判", "部分改判"})), len(c.decided_above({"发回"}))


def retrial_reversal_to_remand(c: Court) -> Answer:
    return len(c.decided_above({"改判", "部分改判"}, RETRIAL)), len(
        c.decided_above({"发回"}, RETRIAL)
    )


ORACLE: dict[tuple[str, str], Callable[[Court], Answer]] = {
    ("closing_rate", "local"): closing_rate,
    ("closed_to_filed", "local"): closed_to_filed,
    ("progress", "local"): progress,
    ("trial_enforcement_per_judge", "local"): per_judge,
    ("normal_timely_closing_rate", "local"): normal_timely,
    ("timely_closing_rate", "spc-2024-01"): timely,
    ("timely_closing_rate", "spc-2024-09"): timely,
    ("timely_closing_rate", "provincial-2018"): normal_timely,
    ("extended_ordinary_ratio", "local"): extended_ordinary,
    ("overdue_pending_rate", "local"): overdue_pending,
    ("mean_net_days", "cqas-2008"): net_days,
    ("mean_net_days", "local"): net_days,
    ("acceptance_rate", "local"): accepted,
    ("acceptance_rate", "local-v2"): accepted_v2,
    ("first_overturned_rate", "local"): overturned,
    ("weighted_overturned_rate", "local"): weighted,
    ("second_changed_to_remanded", "spc-2024-09"): reversal_to_remand,
    ("retrial_changed_to_remanded", "spc-2024-09"): retrial_reversal_to_remand,
    ("mediation_rate", "local"): mediated,
    ("withdrawal_rate", "local"): withdrawn,
    ("summary_rate", "local"): summary,
    ("small_claims_rate", "local"): small_claims,
    ("assessor_rate", "local"): assessors,
    ("online_enforcement_filing_rate", "local"): online_enforcement,
    ("online_filing_accepted_rate", "local"): online_accepted,
    ("premediation_success_rate", "local"): mediated_before,
    ("suits_per_10000", "local"): suits,
    ("admin_dismissal_rate", "local"): dismissed,
    ("over_12_months_rate", "spc-2024-09"): over_12_months,
    ("actual_enforcement_rate", "cqas-2008"): enforced,
    ("target_recovery_rate", "cqas-2008"): target_recovered,
    ("recovery_rate", "spc-2024-09"): recovered,
    ("composite_index", "cqas-2008"): composite,
    ("cepej_clearance_rate", "cepej"): clearance,
    ("cepej_disposition_time", "cepej"): disposition_time,
    ("cepej_turnover", "cepej"): turnover,
    ("cepej_incoming_per_decider", "cepej"): per_decider_in,
    ("cepej_resolved_per_decider", "cepej"): per_decider_out,
    ("cepej_old_share", "cepej"): old_share,
    ("brazil_congestion", "cnj"): congestion,
    ("ncsc_clearance_rate", "ncsc"): ncsc_clearance,
    ("ncsc_time_to_disposition", "ncsc"): timely,
    ("ncsc_active_pending", "ncsc"): ncsc_active,
    ("ncsc_inactive_pending", "ncsc"): ncsc_inactive,
    ("tcps_backlog", "ncsc"): backlog,
}
