"""A small world for tests: two fact tables, atoms of every sort, indicators of every kind, random rows."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from shenguan.core.indicator.facttable import CodeTables, Facts, fact_table
from shenguan.core.indicator.model import Atom, Library
from shenguan.core.indicator.period import day_number
from shenguan.core.indicator.reading import read_atom, read_indicator
from shenguan.core.indicator.sample import complete_row

DECLARED: dict[str, Any] = {
    "case": {
        "name": "案件",
        "columns": {
            "案件": {"column": "case_id", "type": "id"},
            "法院": {"column": "court", "type": "id"},
            "原审法院": {"column": "prior_court", "type": "id"},
            "收案部门": {"column": "filed_division", "type": "id"},
            "收案法官": {"column": "filed_judge", "type": "id"},
            "结案部门": {"column": "division", "type": "id"},
            "承办法官": {"column": "judge", "type": "id"},
            "原审法官": {"column": "prior_judge", "type": "id"},
            "敏感程度": {"column": "confidentiality", "type": "count"},
            "类型": {"column": "case_type", "type": "code:类型代字"},
            "类别": {"column": "case_class", "type": "code:类别"},
            "审级": {"column": "instance", "type": "code:审级"},
            "程序": {"column": "procedure", "type": "code:程序"},
            "立案程序": {"column": "initial_procedure", "type": "code:程序"},
            "结案方式": {"column": "disposition", "type": "code:结案方式"},
            "立案日": {"column": "filed_on", "type": "day", "events": ["立案"]},
            "立案月": {"column": "filed_month", "type": "month", "axis": True},
            "结案日": {"column": "legal_end_on", "type": "day", "events": ["宣判", "送达"]},
            "报结日": {"column": "closed_on", "type": "day", "events": ["报结", "撤销报结"]},
            "结案月": {"column": "closed_month", "type": "month", "axis": True},
            "归档日": {"column": "archived_on", "type": "day", "events": ["归档"]},
            "审限届满日": {"column": "due_on", "type": "day", "events": ["立案", "延长审限批准"]},
            "已结": {"column": "is_closed", "type": "bool"},
            "有审限": {"column": "has_due", "type": "bool"},
            "审限内": {"column": "in_time", "type": "bool"},
            "扣除天数": {"column": "excluded_days", "type": "days"},
            "自然天数": {"column": "gross_days", "type": "days"},
            "净天数": {"column": "net_days", "type": "days"},
            "公告送达": {"column": "served_by_notice", "type": "bool"},
            "标的额": {"column": "amount", "type": "money"},
            "自动履行": {"column": "performed", "type": "bool", "needs": "自动履行登记"},
        },
    },
    "hearing": {
        "name": "开庭",
        "columns": {
            "案件": {"column": "case_id", "type": "id"},
            "法院": {"column": "court", "type": "id"},
            "承办法官": {"column": "judge", "type": "id"},
            "开庭日": {"column": "held_on", "type": "day", "events": ["开庭"]},
            "开庭月": {"column": "held_month", "type": "month", "axis": True},
            "直播": {"column": "broadcast", "type": "bool"},
        },
    },
}
CODES = CodeTables(
    {
        "类别": {"刑事": 1, "民事": 2, "行政": 3, "执行": 5},
        "审级": {"一审": 1, "二审": 2},
        "程序": {"普通程序": 1, "简易程序": 2},
        "结案方式": {"判决": 1, "调解": 2, "撤诉": 3},
        "类型代字": {"民初": 301, "民终": 302, "执": 1001},
    }
)
FACTS = Facts({name: fact_table(name, entry) for name, entry in DECLARED.items()}, CODES)
CASE = FACTS.table("case")


def scopes(name: str) -> tuple[frozenset[str] | None, frozenset[str]]:
    found: dict[str, tuple[frozenset[str] | None, frozenset[str]]] = {
        "诉讼": (frozenset({"民初", "民终"}), frozenset()),
        "全部": (None, frozenset({"执"})),
    }
    return found[name]


PENDING = {"from": "立案日", "to": "报结日"}
ATOMS: dict[str, dict[str, Any]] = {
    "filed": {"month": "立案月", "credit": "收案法官"},
    "closed": {"month": "结案月"},
    "closed_all": {"month": "结案月", "scope": "全部"},
    "closed_litigation": {"month": "结案月", "scope": "诉讼", "where": "not 公告送达"},
    "closed_timely": {"month": "结案月", "where": "结案日 <= 审限届满日"},
    "closed_due": {"month": "结案月", "where": "有审限 and 审限届满日 is not null"},
    "closed_mediated": {"month": "结案月", "where": "结案方式 in ('调解', '撤诉')"},
    "closed_not_judged": {"month": "结案月", "where": "结案方式 not in ('判决', '')"},
    "closed_odd": {
        "month": "结案月",
        "where": "(类别 = '民事' or 审级 <> '一审') and not (净天数 > 30 and 归档日 - 报结日 <= 30)",
    },
    "closed_middle": {"month": "结案月", "where": "净天数 between 10 and 60 or 归档日 is null"},
    "net_days": {"month": "结案月", "value": "净天数"},
    "spare_days": {"month": "结案月", "where": "有审限", "value": "2*(审限届满日 - 结案日) - -3"},
    "overturned": {"month": "结案月", "credit": "原审法官", "where": "审级 = '二审'"},
    "hearings": {"fact": "hearing", "month": "开庭月", "where": "not 直播"},
    "pending": {"stock": PENDING},
    "pending_money": {"stock": PENDING, "value": "标的额"},
    "pending_12": {"stock": {**PENDING, "after": {"months": 12}}},
    "pending_18": {"stock": {**PENDING, "after": {"months": 18}}, "where": "类别 = '民事'"},
    "pending_100_days": {"stock": {**PENDING, "after": {"days": 100}}},
    "overdue": {"stock": {"from": "审限届满日", "to": "报结日", "after": {"days": 0}}},
    "performed": {"month": "结案月", "where": "自动履行"},
    "judges": {"given": "员额法官人数", "needs": "员额法官人数"},
}
SAY = {"numerator": "上", "denominator": "下", "rule": "口径"}


def _version(**parts: Any) -> dict[str, Any]:
    official = {"source": "示范", "status": "local"}
    return {
        "regime": "local",
        "valid_from": "2000-01-01",
        "say": SAY,
        "official": official,
        **parts,
    }


INDICATORS: dict[str, tuple[str, dict[str, Any]]] = {
    "closed_count": ("count", {"numerator": "closed"}),
    "net_total": ("sum", {"numerator": "net_days"}),
    "timely_rate": ("ratio", {"numerator": "closed_timely", "denominator": "closed_due"}),
    "settled_rate": (
        "ratio",
        {"numerator": "closed - closed_not_judged", "denominator": "pending@start + filed"},
    ),
    "on_last_year": ("ratio", {"numerator": "10000*pending_12", "denominator": "filed@last_year"}),
    "mean_days": ("mean", {"numerator": "net_days", "denominator": "closed"}),
    "pending_stock": ("stock", {"numerator": "pending"}),
    "overdue_rate": ("ratio", {"numerator": "overdue", "denominator": "pending"}),
    "old_share": (
        "ratio",
        {"numerator": "pending_18 + pending_100_days", "denominator": "pending"},
    ),
    "median_days": ("quantile", {"of": "net_days", "q": 500}),
    "p90_spare": ("quantile", {"of": "spare_days", "q": 900}),
    "evenness": ("evenness", {"of": "closed"}),
    "disposition": ("derived", {"formula": "period_days * pending / closed"}),
    "index": ("derived", {"formula": "(40*timely_rate + 60*settled_rate) / 100 + 1"}),
    "performed_rate": ("ratio", {"numerator": "performed", "denominator": "closed"}),
    "per_judge": ("ratio", {"numerator": "closed", "denominator": "judges"}),
    "hearing_count": ("count", {"numerator": "hearings"}),
}


def atom(entry: dict[str, Any], code: str = "probe") -> Atom:
    return read_atom(code, {"name": code, "meaning": code, **entry}, FACTS, scopes, "试.yaml")


def library(atoms: dict[str, dict[str, Any]] | None = None) -> Library:
    made = {code: atom(entry, code) for code, entry in {**ATOMS, **(atoms or {})}.items()}
    indicators = {
        code: read_indicator(
            code,
            {
                "name": code,
                "meaning": code,
                "class": "效率",
                "kind": kind,
                "unit": "ratio",
                "minimum": 2,
                "versions": [_version(**parts)],
            },
            "试.yaml",
        )
        for code, (kind, parts) in INDICATORS.items()
    }
    return Library(made, indicators)


LIBRARY = library()
FIRST, LAST = day_number(date(2023, 11, 20)), day_number(date(2026, 3, 31))
_EDGES = [
    date(2024, 1, 31),
    date(2024, 2, 29),
    date(2025, 2, 28),
    date(2025, 3, 31),
    date(2025, 8, 31),
]


def days() -> st.SearchStrategy[date]:
    spread = st.dates(date(2023, 11, 20), date(2026, 3, 31))
    return st.one_of(spread, st.sampled_from(_EDGES))


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), strategy)


_CASE = st.fixed_dictionaries(
    {
        "法院": st.integers(1, 3),
        "原审法院": st.integers(0, 2),
        "收案部门": st.integers(0, 3),
        "收案法官": st.integers(0, 4),
        "结案部门": st.integers(0, 3),
        "承办法官": st.integers(0, 4),
        "原审法官": st.integers(0, 4),
        "敏感程度": st.integers(0, 1),
        "类型": st.sampled_from(["民初", "民终", "执", ""]),
        "类别": st.sampled_from(["刑事", "民事", "行政", "执行", ""]),
        "审级": st.sampled_from(["一审", "二审", ""]),
        "程序": st.sampled_from(["普通程序", "简易程序", ""]),
        "立案程序": st.sampled_from(["普通程序", "简易程序", ""]),
        "结案方式": st.sampled_from(["判决", "调解", "撤诉", ""]),
        "立案日": maybe(days()),
        "报结日": maybe(days()),
        "结案日": maybe(days()),
        "归档日": maybe(days()),
        "审限届满日": maybe(days()),
        "扣除天数": st.integers(0, 90),
        "公告送达": st.booleans(),
        "标的额": st.integers(0, 10**12),
        "自动履行": st.booleans(),
    }
)
_HEARING = st.fixed_dictionaries(
    {
        "案件": st.integers(1, 9),
        "法院": st.integers(1, 3),
        "承办法官": st.integers(0, 4),
        "开庭日": days(),
        "直播": st.booleans(),
    }
)


def worlds(most: int = 30) -> st.SearchStrategy[dict[str, list[dict[str, Any]]]]:
    """Random rows of both tables, dirty ones (closed before filed, no dates) among them."""
    cases = st.lists(_CASE, max_size=most).map(lambda rows: _complete(rows, "case"))
    hearings = st.lists(_HEARING, max_size=5).map(lambda rows: _complete(rows, "hearing"))
    return st.fixed_dictionaries({"case": cases, "hearing": hearings})


def _complete(rows: list[dict[str, Any]], table: str) -> list[dict[str, Any]]:
    facts = FACTS.table(table)
    return [dict(complete_row(row, facts, CODES, at)) for at, row in enumerate(rows, 1)]
