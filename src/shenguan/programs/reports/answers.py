"""Every question a paper may ask, by kind: the answer is exactly the text that is printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from shenguan.core.indicator import say as sentences
from shenguan.core.indicator.period import Period, day_words
from shenguan.programs.reports import meetings, wording
from shenguan.programs.reports.book import Book, Reply
from shenguan.programs.reports.judging import POINTS, RELATIVE, selected
from shenguan.programs.reports.models import Task
from shenguan.spine.cases.models import Case
from shenguan.spine.indicators.values import ValueRow
from shenguan.spine.warnings.worklists import WorkItem

Query = Mapping[str, Any]


def answer(book: Book, query: Query) -> str:
    """Return the text a query stands for; raises `ValueError` for an unknown kind."""
    ask = ANSWERS.get(query["ask"])
    if ask is None:
        raise ValueError(f"不认识的取数方式“{query['ask']}”")
    return ask(book, query)


def _row(book: Book, query: Query) -> ValueRow | None:
    return book.row(query["code"], query["period"], query["where"])


_FORMS: dict[str, Callable[[ValueRow], str]] = {
    "printed": lambda row: row.printed,
    "marked": wording.marked,
    "parts": wording.parts,
    "numerator": lambda row: f"{row.figure.numerator:,}",
    "denominator": lambda row: f"{row.figure.denominator:,}",
    "yoy_words": lambda row: wording.change_words(row, "yoy"),
    "mom_words": lambda row: wording.change_words(row, "mom"),
    "yoy_signed": lambda row: wording.change_signed(row, "yoy"),
    "mom_signed": lambda row: wording.change_signed(row, "mom"),
    "yoy_growth": lambda row: wording.growth_words(row, "yoy"),
    "mom_growth": lambda row: wording.growth_words(row, "mom"),
    "yoy_before": lambda row: wording.marked(row, "yoy"),
    "mom_before": lambda row: wording.marked(row, "mom"),
    "interval": wording.interval_words,
    "note": lambda row: row.note,
}


def _value(book: Book, query: Query) -> str:
    row, form = _row(book, query), query.get("form", "printed")
    if row is None:
        return "—"
    if form == "parts" and book.is_money(query["code"], row.period.end):
        return wording.money_parts(row)
    return _FORMS[form](row)


def _name(book: Book, query: Query) -> str:
    return book.library.indicators[query["code"]].name


def _rule(book: Book, query: Query) -> str:
    """What the rulebook says of an indicator in the version that answers for the period."""
    indicator = book.library.indicators[query["code"]]
    version = indicator.version(Period.parse(query["period"]).end)
    if version is None:
        return "本期无有效口径"
    match query["part"]:
        case "formula":
            return sentences.formula(indicator, version, book.library)
        case "regime":
            return version.regime_name
        case "source":
            return version.source
        case "needs":
            return "、".join(book.library.needs(version)) or "—"
    return version.say.get(query["part"], "—")


def _label(book: Book, query: Query) -> str:
    return book.labels.name(query["dimension"], query["key"])


def _period(_book: Book, query: Query) -> str:
    period = Period.parse(query["period"])
    if query.get("form") == "short":
        return wording.period_short(period)
    return period.words


def _day(_book: Book, query: Query) -> str:
    return day_words(date.fromisoformat(query["day"]))


def _date(_book: Book, query: Query) -> str:
    day: str = query["day"]
    return day


def _list_count(book: Book, query: Query) -> str:
    found = book.items(query["list"], date.fromisoformat(query["on"]), query["where"])
    return f"{len(found)}{query.get('unit', '件')}"


def _list_word(book: Book, query: Query) -> str:
    found = book.lists(date.fromisoformat(query["on"]))[query["list"]]
    return found.name if query["ask"] == "list_name" else found.meaning


_ITEM_FIELDS: dict[str, Callable[[WorkItem], str]] = {
    "number": lambda item: item.number,
    "why": lambda item: item.why,
    "due": lambda item: item.due.isoformat() if item.due else "—",
    "filed": lambda item: item.filed_on.isoformat(),
    "cause": lambda item: item.cause,
}


def _item(book: Book, query: Query) -> str:
    items = book.lists(date.fromisoformat(query["on"]))[query["list"]].items
    return _ITEM_FIELDS[query["field"]](next(i for i in items if i.case_id == query["case"]))


_CASE_FIELDS: dict[str, Callable[[Case], str]] = {
    "number": lambda case: case.number,
    "cause": lambda case: case.cause,
    "filed": lambda case: case.filed_on.isoformat() if case.filed_on else "—",
    "closed": lambda case: case.closed_on.isoformat() if case.closed_on else "—",
}


def _case(_book: Book, query: Query) -> str:
    return _CASE_FIELDS[query["field"]](Case.objects.get(pk=query["case"]))


def _warning(book: Book, query: Query) -> str:
    rows = book.warnings(date.fromisoformat(query["on"]), query["where"])
    row = next(r for r in rows if r.case_id == query["case"] and r.kind == query["kind"])
    if query["field"] == "number":
        return row.number
    return (row.due.isoformat() if row.due else "—") if query["field"] == "due" else row.say


def _warning_count(book: Book, query: Query) -> str:
    rows = book.warnings(date.fromisoformat(query["on"]), query["where"])
    kinds = query.get("kinds")
    return f"{sum(not kinds or row.kind in kinds for row in rows) - query.get('less', 0)}项"


def _pause(book: Book, query: Query) -> str:
    on = date.fromisoformat(query["on"])
    found = next(p for p in book.pauses(on, query["where"]) if p.case_id == query["case"])
    match query["field"]:
        case "number":
            return found.number
        case "reason":
            return found.reason
        case "since":
            return found.since.isoformat()
    return f"{(on - found.since).days}日"


def _pause_count(book: Book, query: Query) -> str:
    return f"{len(book.pauses(date.fromisoformat(query['on']), query['where']))}件"


def _plan_cause(book: Book, query: Query) -> str:
    found = book.plan_causes(date.fromisoformat(query["on"]), query["where"])
    return (
        f"{sum(n for why, cause, n in found if (why, cause) == (query['why'], query['cause']))}件"
    )


def _corrected(book: Book, query: Query) -> str:
    return f"{book.corrections(date.fromisoformat(query['on']), query['where'])}项"


_REPLY_FIELDS: dict[str, Callable[[Reply], str]] = {
    "number": lambda reply: reply.number,
    "about": lambda reply: reply.about,
    "choice": lambda reply: reply.choice,
    "state": lambda reply: reply.state if reply.state != reply.choice else "—",
    "text": lambda reply: reply.text or "—",
}


def _reply(book: Book, query: Query) -> str:
    replies = book.replies(date.fromisoformat(query["on"]), query["where"])
    return _REPLY_FIELDS[query["field"]](next(r for r in replies if r.pk == query["reply"]))


def _reply_count(book: Book, query: Query) -> str:
    replies = book.replies(date.fromisoformat(query["on"]), query["where"])
    wanted = query.get("choice")
    return f"{sum(not wanted or reply.choice == wanted for reply in replies)}项"


def _answered(book: Book, query: Query) -> str:
    return book.answered([query["item"]])[query["item"]]


def _selected(book: Book, query: Query) -> str:
    found = selected(book, query["kind"], query["codes"], query["period"], query["where"])
    return f"{len(found)}项"


def _effect(book: Book, query: Query) -> str:
    effects = book.effects(query["code"], query["period"], query["where"], query["by"])
    found = next((e for e in effects if e.key[0] == query["key"]), None)
    indicator = book.library.indicators[query["code"]]
    value: Fraction = getattr(found, query["part"]) if found else Fraction(0)
    say = wording.pull_words if query["part"] == "total" else wording.effect_signed
    return say(value, indicator.unit, indicator.kind)


def _quality(book: Book, query: Query) -> str:
    count = {"undated": book.undated, "differing": book.differing}[query["what"]]
    return f"{count(query['where'])}件"


def _position(book: Book, _query: Query) -> str:
    return str(book.position)


def _moment(_book: Book, query: Query) -> str:
    """The moment a paper was made, as it was written down then."""
    return f"{datetime.fromisoformat(query['at']):%Y-%m-%d %H:%M}"


def _stated(_book: Book, query: Query) -> str:
    """What a person entered: 文号, 分送范围. Its source is that entry."""
    text: str = query["text"]
    return text


def _threshold(_book: Book, query: Query) -> str:
    return f"{POINTS}个百分点" if query["of"] == "points" else f"{RELATIVE * 100}%"


def _minimum(book: Book, query: Query) -> str:
    return f"{book.library.indicators[query['code']].minimum}件"


_TASK_FIELDS: dict[str, Callable[[Task, date], str]] = {
    "meeting": lambda task, _on: str(task.meeting),
    "matter": lambda task, _on: task.matter,
    "target": lambda task, _on: task.target or "—",
    "owner": lambda task, _on: "、".join(
        str(one) for one in (task.unit, task.owner) if one is not None
    ),
    "due": lambda task, _on: task.due_on.isoformat(),
    "state": meetings.standing_words,
    "said": lambda task, on: step.said if (step := meetings.last_step(task, on)) else "—",
}


def _task(book: Book, query: Query) -> str:
    on = date.fromisoformat(query["on"])
    return _TASK_FIELDS[query["field"]](book.task(query["task"]), on)


def _task_count(book: Book, query: Query) -> str:
    on, since = (date.fromisoformat(query[name]) for name in ("on", "since"))
    found = book.tasks(query["where"]["court"], since, on)
    wanted = query.get("states")
    return f"{sum(not wanted or meetings.state_on(task, on) in wanted for task in found)}项"


ANSWERS: dict[str, Callable[[Book, Query], str]] = {
    "value": _value,
    "name": _name,
    "rule": _rule,
    "label": _label,
    "period": _period,
    "day": _day,
    "date": _date,
    "list_count": _list_count,
    "list_name": _list_word,
    "list_meaning": _list_word,
    "item": _item,
    "case": _case,
    "warning": _warning,
    "warning_count": _warning_count,
    "pause": _pause,
    "pause_count": _pause_count,
    "plan_cause": _plan_cause,
    "corrected": _corrected,
    "answered": _answered,
    "reply": _reply,
    "reply_count": _reply_count,
    "selected": _selected,
    "effect": _effect,
    "quality": _quality,
    "task": _task,
    "task_count": _task_count,
    "position": _position,
    "moment": _moment,
    "stated": _stated,
    "threshold": _threshold,
    "minimum": _minimum,
}
