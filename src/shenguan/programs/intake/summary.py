"""The closing words of an import, for people and for programs."""

from __future__ import annotations

import json
from typing import Any

from shenguan.programs.intake.outcome import FileReport, Report

SHOWN_REJECTS, SHOWN_VANISHED = 5, 20


def as_json(report: Report) -> str:
    """Return the report as one JSON document."""
    return json.dumps(report.as_dict(), ensure_ascii=False)


def text(report: Report) -> str:
    """Return the closing summary: 新增 变更 未变 拒收, quality, what a snapshot showed, what to do next."""
    lines = [_counts("合计", report)] if len(report.files) > 1 else []
    for file in report.files:
        lines += _file(file)
    if report.quality:
        said = "，".join(f"{name} {count}" for name, count in report.quality.most_common())
        lines.append(f"数据质量：{said}")
    lines += _snapshot(report)
    if report.differing_dues:
        lines.append(f"届满日期与本系统计算不一致：{report.differing_dues} 件")
    if report.checkup:
        lines.append(
            f"《审判数据体检报告》：{report.checkup}（清单在同名 xlsx，再制作：shenguan checkup）"
        )
    return "\n".join(lines)


def _file(file: FileReport) -> list[str]:
    if file.error:
        return [file.error]
    lines = [_counts(file.file, file)]
    lines += [f"  提示：{note}" for note in file.notes]
    if file.unmapped:
        said = "、".join(dict.fromkeys(file.unmapped))
        lines.append(f"  未识别的栏目（已作为其他栏目保留）：{said}")
    rejected = [f"  {r.place} {r.field}：{r.reason}" for r in file.rejects if r.whole_row]
    return lines + _head(
        rejected, SHOWN_REJECTS, f"  …… 共 {len(rejected)} 行，全部见 --rejects 文件"
    )


def _snapshot(report: Report) -> list[str]:
    gone = [f"快照中消失：{court} {number}" for court, number in report.vanished]
    lines = _head(gone, SHOWN_VANISHED, f"快照中消失共 {len(gone)} 件，全部见 --report 文件")
    for one in report.renumbered:
        settled = "，已记录" if one.accepted else "，请核实"
        lines.append(f"案号疑似变更：{one.old} → {one.new}（{one.why}）{settled}")
    return lines


def _head(lines: list[str], shown: int, more: str) -> list[str]:
    return lines if len(lines) <= shown else [*lines[:shown], more]


def _counts(title: str, counted: Any) -> str:
    def get(name: str) -> int:
        return counted.total(name) if isinstance(counted, Report) else int(getattr(counted, name))

    said = f"{title}：新增 {get('new')}，变更 {get('changed')}，未变 {get('unchanged')}，拒收 {get('rejected')}"
    for name, label in (
        ("events", "新记事件"),
        ("repeated", "重复行"),
        ("bad_fields", "置空或未采用栏目"),
        ("unofficial_numbers", "非规范案号"),
        ("unlisted_courts", "表外法院"),
    ):
        if get(name):
            said += f"，{label} {get(name)}"
    return said
