"""审限: from what happened in a case and the law to the day it must be finished.

Pure Python: `compute(history, rules, calendar, settings)` needs no database and no clock. Rules are
values read by `shenguan.rulebook`; the meaning of every field is docs' contract on `shenguan due`.
"""

from shenguan.core.timelimit.compute import compute
from shenguan.core.timelimit.examples import Example, NodeExample, mistakes, node_mistakes
from shenguan.core.timelimit.flags import MEANINGS as FLAG_MEANINGS
from shenguan.core.timelimit.model import (
    CLOSED,
    NO_LIMIT,
    NO_RULE,
    PAUSED,
    RUNNING,
    STATES,
    CaseHistory,
    Due,
    Interval,
    Settings,
    Step,
    TimeLimitError,
    TimelineEvent,
)
from shenguan.core.timelimit.nodes import Node, NodeDue, due_from, node_dues
from shenguan.core.timelimit.reading import (
    due_to_json,
    history_from_json,
    settings_from_json,
)
from shenguan.core.timelimit.rule import Rule, Rules
from shenguan.core.timelimit.vocabulary import canonical

__all__ = [
    "CLOSED",
    "FLAG_MEANINGS",
    "NO_LIMIT",
    "NO_RULE",
    "PAUSED",
    "RUNNING",
    "STATES",
    "CaseHistory",
    "Due",
    "Example",
    "Interval",
    "Node",
    "NodeDue",
    "NodeExample",
    "Rule",
    "Rules",
    "Settings",
    "Step",
    "TimeLimitError",
    "TimelineEvent",
    "canonical",
    "compute",
    "due_from",
    "due_to_json",
    "history_from_json",
    "mistakes",
    "node_dues",
    "node_mistakes",
    "settings_from_json",
]
