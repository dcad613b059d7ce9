"""The keys and words a definition may use: closed lists, so that a typo fails at load."""

# fmt: off
ATOM_KEYS = frozenset((
    "name", "meaning", "fact", "month", "credit", "scope", "where", "value", "stock", "given", "needs",
    "note",
))
INDICATOR_KEYS = frozenset((
    "name", "english", "meaning", "class", "kind", "unit", "decimals", "direction", "lines", "instance",
    "guard", "zero_denominator", "minimum", "statistic", "versions", "examples", "note",
))
VERSION_KEYS = frozenset((
    "regime", "valid_from", "valid_to", "numerator", "denominator", "of", "q", "formula", "say", "official",
    "law", "rounding", "reference", "weight", "area", "note",
))
EXAMPLE_KEYS = frozenset((
    "say", "period", "regime", "cases", "given", "expect", "hearing", "interval", "step", "link",
))
# fmt: on

KINDS = ("count", "sum", "ratio", "mean", "stock", "quantile", "evenness", "derived")
GROUPS = ("质量", "效率", "效果", "基础")
UNITS = {
    "percent": "%",
    "per_mille": "‰",
    "per_ten_thousand": "‱",
    "ratio": "",
    "cases": "件",
    "days": "天",
    "money": "元",
    "score": "分",
}
REGIMES = {
    "local": "本系统口径",
    "local-v2": "本系统口径（第二种）",
    "local-cohort": "本系统口径（按批次）",
    "by-pending": "本系统口径（按未结）",
    "chain": "本系统口径（按争议链）",
    "fitted": "本系统口径（按公布值）",
    "spc-2023": "最高法2023年",
    "spc-2024-01": "最高法2024年1月",
    "spc-2024-09": "最高法2024年9月",
    "cqas-2008": "案件质量评估2008年",
    "cqas-2011": "案件质量评估2011年",
    "provincial-2018": "省级2018年",
    "cepej": "欧洲司法效率委员会",
    "ncsc": "美国州法院中心",
    "cnj": "巴西国家司法委员会",
}
"""What people read for the regimes that come with the system; a court's own has its name already."""
DIRECTIONS = ("higher", "lower", "interval", "none")
STATUSES = ("official", "local", "unverified")
ZERO_DENOMINATORS = ("empty", "zero")
ROUNDINGS = ("half_up", "truncate")
