"""A case list as xlsx: exactly the rows of the page's conditions, or none at all."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

from shenguan.base.audit import services as audit
from shenguan.base.org.scope import Scope
from shenguan.base.papers.sheets import Cell, Sheet, write_xlsx
from shenguan.programs.casebook import listing
from shenguan.programs.casebook.columns import Column, Listed
from shenguan.programs.casebook.criteria import Criteria
from shenguan.spine.cases.reading import note_export

MOST = 20_000
"""Rows of one export: about six seconds and 40 MB. More would be a copy of the registry."""


class TooMany(ValueError):  # noqa: N818 - it says what is asked, not that something broke
    """More cases than one export takes (Chinese)."""


def export(
    scope: Scope,
    asked: Criteria,
    wanted: Sequence[Column],
    *,
    chain: str,
    said: str,
    on: date,
    now: datetime,
) -> bytes:
    """Return the list as an xlsx. The export is audited, each sensitive case in it by itself.

    `said` are the conditions in words, `chain` the court of whoever asks. Raises `TooMany`.
    """
    total = listing.count(scope, asked, on)
    if total > MOST:
        raise TooMany(f"共{total}件，超过一次导出的上限{MOST}件，请缩小条件后再导出")
    parties = any(column.key == "parties" for column in wanted)
    rows = list(listing.everything(scope, asked, on, parties=parties))
    note = f"条件：{said}；共{len(rows)}件；数据截至{now:%Y-%m-%d %H:%M}"
    audit.append(
        chain=chain,
        actor=scope.actor,
        action="导出案件列表",
        subject=said[:200],
        detail={"rows": len(rows), "columns": [column.key for column in wanted]},
        now=now,
    )
    sensitive = [(r.case.court_code, r.case.number) for r in rows if r.case.confidentiality]
    note_export(sensitive, actor=scope.actor, what="案件列表", now=now)
    mark = f"{scope.actor} {now:%Y-%m-%d %H:%M}" + ("　内含敏感案件，注意保密" if sensitive else "")
    return _book(_sheet(rows, wanted, note), mark)


def _sheet(rows: Iterable[Listed], wanted: Sequence[Column], note: str) -> Sheet:
    heads = (("案号", 30.0), *((str(column.title), column.width) for column in wanted))
    cells = [[row.case.number, *_values(row, wanted)] for row in rows]
    return Sheet("案件列表", heads, cells, note)


def _values(row: Listed, wanted: Sequence[Column]) -> list[Cell]:
    return [column.value(row) for column in wanted]


def _book(sheet: Sheet, mark: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "list.xlsx"
        write_xlsx([sheet], target, mark=mark)
        return target.read_bytes()
