"""Importing from a page: the file is kept, a background job imports it and tells how far it is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django_tasks import task

from shenguan.base.audit import services as audit
from shenguan.base.ops import clock, home
from shenguan.base.org.models import Court, Person
from shenguan.base.org.scope import Scope
from shenguan.base.org.scoping import scope_of
from shenguan.programs.intake import layout as layouts
from shenguan.programs.intake import profiles
from shenguan.programs.intake.checkup.commands import after_first_import
from shenguan.programs.intake.layout import BadMappingError, Layout
from shenguan.programs.intake.models import Upload
from shenguan.programs.intake.outcome import Report
from shenguan.programs.intake.services import Importer, Options
from shenguan.programs.intake.sole import ImportBusyError, sole_import
from shenguan.rulebook import load

State = Upload.State
LARGEST = 500 * 1024 * 1024  # bytes; a year of a large court's export has some 30 MB
STEPS_TOLD = 50
"""Progress is written so many times a stage at most."""


class UploadRefusedError(ValueError):
    """The file can't be taken; the message says why."""


def receive(
    file: UploadedFile[bytes],
    *,
    court: Court,
    snapshot: bool,
    on: date,
    actor: Person,
    now: datetime,
) -> Upload:
    """Keep a file and ask the worker to import it. Raises `UploadRefusedError`."""
    name = Path(file.name or "").name[:300]
    if not name or not file.size:
        raise UploadRefusedError("文件是空的")
    if file.size > LARGEST:
        raise UploadRefusedError(f"文件超过 {LARGEST // 1024 // 1024} MB，请分几次导入")
    if on > clock.day_of(now):
        raise UploadRefusedError(f"数据日期 {on} 还没有到")
    with transaction.atomic():
        upload = Upload.objects.create(
            court=court, file_name=name, snapshot=snapshot, on=on, asked_by=actor, asked_at=now
        )
        stored = Path("uploads") / str(upload.pk) / name
        _keep(file, home.current() / stored)
        Upload.objects.filter(pk=upload.pk).update(stored=str(stored))
        audit.append(
            chain=court.code, actor=str(actor), action="提交导入文件", subject=name, now=now
        )
        transaction.on_commit(lambda: import_upload.enqueue(upload.pk))
    return upload


def _keep(file: UploadedFile[bytes], target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as handle:
        for chunk in file.chunks():
            handle.write(chunk)


def again(
    upload: Upload,
    *,
    mapping: Mapping[str, str],
    accepted: Collection[tuple[str, str]],
    actor: Person,
    now: datetime,
) -> None:
    """Import the same file once more with what a person has now said of its headings and numbers.

    The same rows twice change nothing, so this is always safe.
    """
    with transaction.atomic():
        taken = Upload.objects.filter(pk=upload.pk, state__in=[State.DONE, State.FAILED]).update(
            state=State.WAITING,
            mapping={**upload.mapping, **mapping},
            accepted=[list(pair) for pair in accepted],
            error="",
            step="",
        )
        if not taken:
            raise UploadRefusedError("这个文件正在导入")
        detail = {"mapping": dict(mapping), "accepted": len(accepted)}
        audit.append(
            chain=upload.court.code,
            actor=str(actor),
            action="重新导入文件",
            subject=upload.file_name,
            detail=detail,
            now=now,
        )
        transaction.on_commit(lambda: import_upload.enqueue(upload.pk))


class Teller:
    """Writes how far an import is where the page reads it, and answers from what was said there."""

    def __init__(self, upload: Upload) -> None:
        self.upload = upload
        self.accepted = {(old, new) for old, new in upload.accepted}
        self.asked: dict[str, str] = {}

    def stage(self, title: str, total: int) -> Callable[[int], None]:
        """Begin a stage; the count is written at most `STEPS_TOLD` times."""
        every, done, told = max(total // STEPS_TOLD, 1), 0, 0
        self._tell(step=title, done=0, total=total)

        def tick(steps: int) -> None:
            nonlocal done, told
            done += steps
            if done - told >= every:
                told = done
                self._tell(done=done)

        return tick

    def _tell(self, **values: object) -> None:
        Upload.objects.filter(pk=self.upload.pk).update(**values)

    def headings(self, file: str, layout: Layout) -> Mapping[str, str]:
        """Use what was said on the page, else what was confirmed before; keep what is still open."""
        if self.upload.mapping:
            given = dict(self.upload.mapping)
            profiles.remember(
                layout, given, actor=str(self.upload.asked_by), now=self.upload.asked_at
            )
        else:
            given = profiles.learned(layout) or {}
        words = load().intake
        specs = words.case if layout.table == "case" else words.event
        for heading in set(layout.unmapped) - set(given.values()):
            found = layouts.guess(heading, specs)
            self.asked[heading] = found[0].name if found else ""
        return given

    def renumbered(self, old: str, new: str, why: str) -> bool:
        """Take two numbers for one case only where a person has said so on the page."""
        return (old, new) in self.accepted


@task()
def import_upload(pk: int) -> None:
    """The job: import one file. Asked twice it runs once."""
    now = clock.now()
    claimed = Upload.objects.filter(pk=pk, state=State.WAITING)
    if claimed.update(state=State.RUNNING, step="读取文件", done=0, total=0) != 1:
        return
    upload = Upload.objects.select_related("court", "asked_by__court").get(pk=pk)
    try:
        told = _run(upload, now)
    except (ImportBusyError, BadMappingError) as error:
        told = {"state": State.FAILED, "error": str(error)}
    except Exception:
        _end(pk, state=State.FAILED, error="导入时发生错误，已全部撤回；请联系系统管理员查看日志")
        raise
    _end(pk, **told)


def _end(pk: int, **values: object) -> None:
    Upload.objects.filter(pk=pk).update(step="", finished_at=clock.now(), **values)


def _run(upload: Upload, now: datetime) -> dict[str, object]:
    scope = scope_of(upload.asked_by, load().posts, clock.day_of(now))
    options = Options(
        actor=str(upload.asked_by),
        now=now,
        on=upload.on,
        snapshot=upload.snapshot,
        court=upload.court.name,
        courts=courts_of(scope),
    )
    teller = Teller(upload)
    folder = home.current()
    with sole_import(folder):
        report = Importer(options, teller).run([folder / upload.stored])
    if report.first and report.total("new"):
        report.checkup = str(after_first_import(on=upload.on, actor=options.actor, now=now))
    return {
        "state": State.FAILED if report.failed else State.DONE,
        "error": "；".join(file.error for file in report.files if file.error),
        "batches": [pk for file in report.files for pk in file.batches],
        "report": _as_kept(report, teller),
    }


def courts_of(scope: Scope) -> frozenset[str] | None:
    """Return the keys of the courts whose cases this person may import; None for all."""
    if scope.court_ids is None:
        return None
    return frozenset(Court.objects.filter(pk__in=scope.court_ids).values_list("code", flat=True))


def _as_kept(report: Report, teller: Teller) -> dict[str, object]:
    kept = report.as_dict() | {"asked": teller.asked, "checkup": bool(report.checkup)}
    kept["renumbered"] = [asdict(one) for one in report.renumbered]
    kept["changes"] = sum(len(file.changes) for file in report.files)
    return kept
