"""Web pages and XML 2003 workbooks called .xls, as many case systems export their lists."""

from __future__ import annotations

from collections.abc import Iterator

import lxml.etree
import lxml.html

SPREADSHEET = "{urn:schemas-microsoft-com:office:spreadsheet}"
MAX_GAP = 2000
Rows = list[list[str]]


def is_markup(text: str) -> bool:
    """Say whether text is a web page or XML."""
    return text.lstrip()[:1] == "<"


def read_tables(text: str) -> list[tuple[str, Rows]]:
    """Return the tables as (name, rows); raises `ValueError` when there are none to read."""
    try:
        tables = list(_workbook(text) if SPREADSHEET[1:-1] in text[:4000] else _page(text))
    except lxml.etree.LxmlError as error:
        raise ValueError(str(error)) from error
    if not tables:
        raise ValueError("其中没有表格")
    return tables


def _workbook(text: str) -> Iterator[tuple[str, Rows]]:
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root = lxml.etree.fromstring(text.encode(), parser)
    for sheet in root.iter(f"{SPREADSHEET}Worksheet"):
        rows = [_workbook_row(row) for row in sheet.iter(f"{SPREADSHEET}Row")]
        yield str(sheet.get(f"{SPREADSHEET}Name", "")), rows


def _workbook_row(row: lxml.etree._Element) -> list[str]:
    cells: list[str] = []
    for cell in row.iter(f"{SPREADSHEET}Cell"):
        place = str(cell.get(f"{SPREADSHEET}Index") or "")  # 1-based; cells before it are blank
        if place.isdigit() and len(cells) < int(place) - 1 < MAX_GAP:
            cells += [""] * (int(place) - 1 - len(cells))
        cells.append("".join(str(part) for part in cell.itertext()).strip())
    return cells


def _page(text: str) -> Iterator[tuple[str, Rows]]:
    body = text.split("?>", 1)[1] if text.lstrip().startswith("<?xml") else text
    root = lxml.html.document_fromstring(body)
    for number, table in enumerate(root.iter("table"), 1):
        yield f"表{number}", [_page_row(row) for row in table.iter("tr")]


def _page_row(row: lxml.html.HtmlElement) -> list[str]:
    cells: list[str] = []
    for cell in row.iterchildren("td", "th"):
        cells.append(str(cell.text_content()).strip())
        span = str(cell.get("colspan") or "1")
        cells += [""] * (min(int(span), 100) - 1 if span.isdigit() else 0)
    return cells
