"""What an opinion must bring along, and how many times the same may be suggested."""

from __future__ import annotations


def opinion_fault(*, onward: bool, limit: int, remarks: int, earlier: int) -> str:
    """Say why an opinion can't be given as it is, "" where it can.

    `limit`: at most so many of its kind on one document (0: no bound), `earlier` of them there are.
    """
    if limit and earlier >= limit:
        return (
            f"同一文书建议复议已满{limit}次，仍有不同意见的，提请专业法官会议或者报请提交审判委员会"
        )
    if not onward and not remarks:
        return "请至少写明一条意见"
    return ""
