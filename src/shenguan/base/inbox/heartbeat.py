"""The heartbeat of nightly jobs: when each last ran, and which nights were silent."""

from __future__ import annotations

from datetime import date, datetime

from shenguan.base.inbox.models import Run


def last_run(job: str) -> Run | None:
    """Return the last finished run of a job."""
    return Run.objects.filter(job=job, finished_at__isnull=False).order_by("-pk").first()


def begin(job: str, *, on: date, now: datetime, missed: int) -> Run:
    """Note that a job has begun."""
    return Run.objects.create(job=job, on=on, known_at=now, started_at=now, missed=missed)


def finish(run: Run, *, position: int, detail: dict[str, int], now: datetime) -> Run:
    """Note that it has come through, and how far."""
    run.position, run.detail, run.finished_at = position, detail, now
    run.save(update_fields=["position", "detail", "finished_at"])
    return run


def silence(job: str, today: date) -> str:
    """Return a sentence when a job has missed nights up to a day, empty when it is up to date."""
    last = last_run(job)
    if last is None:
        return "夜间任务从未运行，预警没有发出"
    nights = (today - last.on).days
    if nights <= 1:
        return ""
    return f"夜间任务自{last.on}以来已{nights}日未运行，其间的预警没有发出"
