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
    "law", "rounding", "reference", "weight", "note",
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
DIRECTIONS = ("higher", "lower", "interval", "none")
STATUSES = ("official", "local", "unverified")
ZERO_DENOMINATORS = ("empty", "zero")
ROUNDINGS = ("half_up", "truncate")
