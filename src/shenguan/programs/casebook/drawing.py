"""Rows of cases as HTML: hundreds of cells a page, on which a template would spend longer than the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from django.template.defaultfilters import floatformat
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shenguan.base.papers.sheets import Cell
from shenguan.base.ui.rows import joined
from shenguan.programs.casebook.columns import Column, Listed, Shown
from shenguan.programs.casebook.finding.search import Hit, Quote
from shenguan.programs.casebook.marks import ClockSign


def case_rows(rows: Iterable[Listed], wanted: Sequence[Column]) -> SafeString:
    """Return the rows of the case list; empty without cases."""
    opens = _Opening()
    return joined(
        f"{opens.row(row.case)}"
        f"{''.join(_cell(column.kind, column.value(row), row.sign) for column in wanted)}</tr>"
        for row in rows
    )


def hit_rows(hits: Iterable[Hit]) -> SafeString:
    """Return the rows of what a search found; empty without any."""
    opens = _Opening()
    return joined(f"{opens.row(hit.row.case)}{_hit(hit)}</tr>{_quotes(hit.quotes)}" for hit in hits)


class _Opening:
    """The beginning of a row: where it leads, the number."""

    def __init__(self) -> None:
        self._stem = reverse("casebook:cases")
        why, mark = escape(_("敏感案件，查阅留痕")), escape(_("敏"))
        self._secret = f'<span class="secret" title="{why}">{mark}</span>'

    def row(self, case: Shown) -> str:
        """Return the row of a case up to its first column."""
        address = f"{self._stem}{case.pk}/"
        secret = self._secret if case.confidentiality else ""
        return (
            f'<tr data-href="{address}"><th scope="row"><a href="{address}">{escape(case.number)}</a>'
            f"{secret}</th>"
        )


def _hit(hit: Hit) -> str:
    case, sign = hit.row.case, hit.row.sign
    cells = (
        ("text", "、".join(hit.by)),
        ("wrap", hit.row.parties),
        ("wrap", case.cause),
        ("text", case.court),
        ("text", case.division),
        ("text", case.undertaker_name),
        ("date", case.filed_on),
        ("mark", f"{sign.symbol} {sign.name}"),
        ("date", case.closed_on or case.due),
    )
    return "".join(_cell(kind, value, sign) for kind, value in cells)


def _quotes(quotes: Iterable[Quote]) -> str:
    """Return the places in the texts, in a row of their own."""
    told = "".join(
        f'<span class="quote"><span class="soft">{escape(quote.source)}：</span>…'
        f"{escape(quote.before)}<mark>{escape(quote.match)}</mark>{escape(quote.after)}…</span>"
        for quote in quotes
    )
    return f'<tr class="quotes"><td></td><td colspan="9">{told}</td></tr>' if told else ""


def _cell(kind: str, value: Cell, sign: ClockSign) -> str:
    told = floatformat(value, "2g") if kind == "money" else value
    text = "" if told is None else escape(str(told))
    if kind == "mark":
        return f'<td class="why-{sign.id}">{text}</td>'
    if kind == "text":
        return f"<td>{text}</td>"
    return f'<td class="{"num" if kind == "money" else kind}">{text}</td>'
