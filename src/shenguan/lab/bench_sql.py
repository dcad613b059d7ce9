"""What the compiler is measured against: SQL written by hand, for the same 37 counts."""

from __future__ import annotations

from collections.abc import Sequence

_COUNT = "SUM(CASE WHEN {0} THEN 1 ELSE 0 END)::BIGINT"
CLOSED = {
    "closed": "true",
    "closed_civil": "case_class = 2",
    "closed_criminal": "case_class = 1",
    "closed_administrative": "case_class = 3",
    "closed_enforcement": "case_class = 5",
    "closed_due": "has_due",
    "closed_timely": "legal_end_on <= due_on",
    "closed_timely_plain": "legal_end_on <= due_on AND NOT was_extended AND NOT was_excluded",
    "closed_extended": "was_extended",
    "closed_excluded": "was_excluded",
    "closed_judged": "disposition = 1",
    "closed_mediated": "disposition = 2 AND case_class = 2",
    "closed_withdrawn": "disposition IN (3, 4) AND case_class = 2",
    "closed_can_mediate": "can_mediate",
    "closed_summary": "procedure = 2",
    "closed_small": "procedure = 3",
    "closed_swift": "procedure = 4",
    "closed_single": "single_judge",
    "closed_assessor": "with_assessor",
    "closed_in_court": "announced_in_court",
    "closed_notice": "served_by_notice",
    "closed_electronic": "served_electronically",
    "closed_month_end": "closed_month_end",
    "closed_over_year": "gross_days > 365",
    "closed_appealed": "was_appealed",
    "closed_overturned": "appeal_result IN (2, 4)",
    "closed_archived": "archived_on - closed_on <= 30",
    "closed_by_leader": "by_leader",
}
FILED = {
    "filed": "true",
    "filed_civil": "case_class = 2",
    "filed_first": "instance = 1",
    "filed_online": "filed_online",
    "filed_enforcement": "case_class = 5",
    "filed_root": "is_root",
}


def fused(keys: Sequence[str], facts: str) -> list[str]:
    """Return two passes, one by month of closing and one of filing."""
    closed = [f"{_COUNT.format(p)} AS {c}" for c, p in CLOSED.items()]
    closed += ["SUM(gross_days)::BIGINT AS gross_days"]
    closed += ["SUM(CASE WHEN has_due THEN net_days ELSE 0 END)::BIGINT AS net_days"]
    filed = [f"{_COUNT.format(p)} AS {c}" for c, p in FILED.items()]
    filed += ["SUM(amount)::BIGINT AS filed_amount"]
    return [
        _pass(keys, "closed_month", closed, facts),
        _pass([_FILED_KEYS.get(key, key) for key in keys], "filed_month", filed, facts),
    ]


_FILED_KEYS = {
    "division": "filed_division",
    "judge": "filed_judge",
    "procedure": "initial_procedure",
}


def _pass(keys: Sequence[str], month: str, sums: Sequence[str], facts: str) -> str:
    grouped = ", ".join([*keys, month])
    listed = ", ".join(sums)
    return f"SELECT {grouped}, {listed} FROM {facts} WHERE {month} IS NOT NULL GROUP BY {grouped}"


def one_by_one(keys: Sequence[str], facts: str) -> list[str]:
    """Return one query an indicator, numerator and denominator, as a page of separate indicators would ask."""
    closed = ", ".join([*keys, "closed_month"])
    filed = ", ".join([_FILED_KEYS.get(key, key) for key in keys] + ["filed_month"])
    sums = {code: _COUNT.format(condition) for code, condition in (CLOSED | FILED).items()}
    sums |= {name: f"SUM({name})::BIGINT" for name in ("gross_days", "net_days", "amount")}
    found = []
    for code, numerator in sums.items():
        by_filing = code in FILED or code == "amount"
        grouped, month = (filed, "filed_month") if by_filing else (closed, "closed_month")
        found.append(
            f"SELECT {grouped}, {numerator} AS numerator, COUNT(*) AS denominator FROM {facts} "
            f"WHERE {month} IS NOT NULL GROUP BY {grouped}"
        )
    return found


LEVELS = (("court", "division", "judge"), ("court", "division"), ("court",), ())
LINES = ((), ("case_class",), ("instance",), ("procedure",))


def grouping_sets(facts: str, lines: Sequence[Sequence[str]] = LINES) -> str:
    """Return all levels (judge, division, court, all), each plain and by the given lines, from the facts."""
    sums = ", ".join(f"{_COUNT.format(p)} AS {c}" for c, p in CLOSED.items())
    sets = ", ".join(
        f"({', '.join([*level, *line, 'closed_month'])})" for level in LEVELS for line in lines
    )
    keys = ", ".join(
        ["court, division, judge", *(key for own in lines for key in own), "closed_month"]
    )
    where = "WHERE closed_month IS NOT NULL"
    return f"SELECT {keys}, {sums} FROM {facts} {where} GROUP BY GROUPING SETS ({sets})"


def overdue_by_join(ends: Sequence[int], facts: str, intervals: str) -> str:
    """Return overdue cases at each day the naive way: each day joined with each pending case and its pauses."""
    days = ", ".join(f"({day})" for day in ends)
    return f"""
WITH ends(t) AS (VALUES {days}),
elapsed AS (
    SELECT e.t, c.case_id, c.limit_days, e.t - c.filed_on
        - COALESCE(SUM(LEAST(COALESCE(i.end_on, e.t), e.t) - i.start_on), 0) AS net
    FROM ends e
    JOIN {facts} c ON c.filed_on <= e.t AND (c.closed_on IS NULL OR c.closed_on > e.t) AND c.has_due
    LEFT JOIN {intervals} i ON i.case_id = c.case_id AND i.start_on < e.t
    GROUP BY e.t, c.case_id, c.filed_on, c.limit_days)
SELECT t, SUM(CASE WHEN net > limit_days THEN 1 ELSE 0 END)::BIGINT AS n FROM elapsed GROUP BY t ORDER BY t"""
