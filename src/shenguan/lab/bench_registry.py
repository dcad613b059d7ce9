"""`shenguan bench registry`: folding, appending and refreshing cases.

`against` is the same refresh by the ORM's own means (one `save()` a case and clock), on a tenth of
the cases and scaled; the plain fold has no counterpart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from shenguan.base.ops.clock import COURT_ZONE, day_of
from shenguan.base.org.choices import Choices
from shenguan.base.org.models import Court
from shenguan.base.org.services import add_court
from shenguan.core.casefold import LoggedEvent, fold
from shenguan.lab.measure import alternate, line, rate_line
from shenguan.rulebook import load
from shenguan.spine import pipeline
from shenguan.spine.cases.identities import Identity, identify
from shenguan.spine.cases.models import Batch, Case
from shenguan.spine.cases.states import fold_cases
from shenguan.spine.pipeline import NewEvent
from shenguan.spine.timelimits.histories import due_for
from shenguan.spine.timelimits.models import Clock

DEFAULT_CASES = 20_000
NOW = datetime(2026, 6, 1, 9, tzinfo=COURT_ZONE)
_CAUSES = ("民间借贷纠纷", "买卖合同纠纷", "离婚纠纷", "劳动争议", "金融借款合同纠纷")
_SHARE_BY_ORM = 10


def run(n: int | None = None) -> Iterator[dict[str, Any]]:
    """Yield one line a comparison; `n` cases of five to six events each."""
    size = n or DEFAULT_CASES
    logs = [_log(number) for number in range(size)]
    yield rate_line("登记:折叠每秒件数", alternate(lambda: [fold(log) for log in logs]), n=size)
    ids, events = _planted(size)
    yield line("登记:追加事件", alternate(lambda: _append(events), runs=3), n=len(events))
    _land_all()
    pair = alternate(
        lambda: pipeline.refresh(ids, now=NOW), lambda: _by_orm(ids[::_SHARE_BY_ORM]), runs=3
    )
    scaled = pair if pair.against is None else _scaled(pair)
    yield line("登记:重算案件与审限", scaled, n=size)
    yield line("登记:无新事件时追平", alternate(lambda: pipeline.catch_up(now=NOW)), n=size)


def _scaled(pair: Any) -> Any:
    return type(pair)(pair.ours, pair.against * _SHARE_BY_ORM)


def _log(number: int) -> list[LoggedEvent]:
    rows = _rows(number)
    return [LoggedEvent(place, *row) for place, row in enumerate(rows, 1)]


def _rows(number: int) -> list[tuple[str, date | None, dict[str, Any]]]:
    filed = date(2026, 1, 1) + timedelta(days=number % 120)
    parties = [{"role": "原告", "name": f"甲{number}"}, {"role": "被告", "name": f"乙{number}"}]
    attributes = {
        "case_type": "民初",
        "instance": "一审",
        "procedure": "简易程序",
        "cause": _CAUSES[number % len(_CAUSES)],
        "amount": number * 100,
        "parties": parties,
    }
    rows: list[tuple[str, date | None, dict[str, Any]]] = [
        ("登记", filed, attributes),
        ("立案", filed, {}),
        ("分案", filed, {"undertaker": f"张示范{number % 60}", "division": "民事审判庭"}),
        ("届满日登记", None, {"due": (filed + timedelta(days=90)).isoformat()}),
        ("开庭", filed + timedelta(days=20), {}),
    ]
    if number % 2:
        rows.append(("报结", filed + timedelta(days=30), {"disposition": "判决"}))
    return rows


def _planted(size: int) -> tuple[list[int], list[NewEvent]]:
    court = add_court(code="示0199", name="示范市测量区人民法院", level=Court.Level.BASIC)
    wanted = [Identity.of(court, f"（2026）示0199民初{n + 1}号") for n in range(size)]
    cases = identify(wanted)
    ids = [cases[identity.key].pk for identity in wanted]
    events = [NewEvent(pk, *row) for number, pk in enumerate(ids) for row in _rows(number)]
    return ids, events


def _append(events: Sequence[NewEvent]) -> None:
    """Append to a fresh batch; whatever an earlier run left open is given up."""
    for stale in Batch.objects.filter(kind="测量", state=Batch.State.OPEN):
        pipeline.abandon(stale)
    batch = Batch.objects.create(kind="测量", actor="测量", started_at=NOW)
    for start in range(0, len(events), 2000):
        chunk = events[start : start + 2000]
        pipeline.append_to_batch(chunk, batch=batch, actor="测量", now=NOW)


def _land_all() -> None:
    for batch in Batch.objects.filter(kind="测量", state=Batch.State.OPEN):
        pipeline.land(batch, now=NOW)


def _by_orm(ids: Sequence[int]) -> None:
    rulebook, choices, today = load(), Choices(), day_of(NOW)
    for entry in fold_cases(ids):
        due = due_for(entry, rulebook, choices, today)
        case = Case.objects.get(pk=entry.case_id)
        case.filed_on, case.closed_on = entry.state.filed_on, entry.state.closed_on
        case.cause, case.procedure = entry.state.cause, entry.state.procedure
        case.save()
        Clock.objects.update_or_create(
            case=case, defaults={"due": due.due, "state": due.state, "rule_id": due.rule_id or ""}
        )
