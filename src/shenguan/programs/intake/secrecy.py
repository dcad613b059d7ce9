"""Cases that are state secrets stay outside: a row marked so is refused, and nothing of it but its number is kept.

The three grades are those of 保守国家秘密法第14条 (2024年修订). 商业秘密, 个人隐私 and juvenile cases are no state
secrets: they go in as sensitive cases.
"""

from __future__ import annotations

from collections.abc import Collection

from shenguan.programs.intake.layout import heading_key
from shenguan.programs.intake.values import cell_text

REASON = "涉密案件不进入本系统，本行除案号外均未保存"
_HEADINGS = frozenset(
    {
        "密级",
        "涉密",
        "是否涉密",
        "案件密级",
        "保密级别",
        "保密等级",
        "涉密等级",
        "国家秘密",
        "涉密案件",
        "是否涉密案件",
        "是否涉及国家秘密",
    }
)
_GRADES = ("绝密", "机密", "秘密", "涉密", "国家秘密")
_NOT = ("商业秘密", "非涉密", "不涉密", "未涉密", "非密", "内部", "公开", "无密级")


def names_secrecy(heading: str) -> bool:
    """Tell whether a column says if a case is a state secret."""
    return heading_key(heading) in _HEADINGS


def is_secret(cell: object, yes: Collection[str]) -> bool:
    """Tell whether a cell of such a column says so."""
    text = cell_text(cell)
    if not text or any(word in text for word in _NOT):
        return False
    return text in yes or any(grade in text for grade in _GRADES)
