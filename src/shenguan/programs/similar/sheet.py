"""Hits and scores as text for the eye."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shenguan.programs.similar.search import Hit


def sheet(hits: Sequence[Hit]) -> str:
    """Hits for the eye: what each is, how it binds, and what it shares."""
    if not hits:
        return "未检索到类案"
    return "\n".join(_hit_lines(rank, hit) for rank, hit in enumerate(hits, 1))


def _hit_lines(rank: int, hit: Hit) -> str:
    entry, why = hit.ranked.entry, hit.reasons
    recent = "近三年" if hit.recent else "三年以前或日期不明"
    shared = {
        "案由": why.causes,
        "法条": why.statutes,
        "要素": [each.name for each in why.elements],
        "用词": [f"{each.word}({each.share:.0%})" for each in why.words],
    }
    lines = [
        f"{rank}. {entry.number or entry.id} {entry.title or entry.court}  得分 {hit.ranked.score:.2f}"
    ]
    lines.append(f"   {hit.authority}；{hit.effect}；{recent}；{entry.disposition}")
    lines += [f"   相同{name}：{'、'.join(values)}" for name, values in shared.items() if values]
    return "\n".join(lines)


def score_table(report: dict[str, Any]) -> str:
    """Measures of the three systems side by side."""
    names = list(report["ours"])
    lines = [f"{'':16}" + "".join(f"{name:>9}" for name in names)]
    for system in ("ours", "ours_no_cause", "bm25"):
        lines.append(f"{system:16}" + "".join(f"{report[system][n]:9.4f}" for n in names))
    lines.append(
        f"查询 {report['queries']} 个，其中折外评分 {report['out_of_fold']} 个；"
        f"移除本案文书 {report['own_judgments_removed']} 份"
    )
    return "\n".join(lines)
