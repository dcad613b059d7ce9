"""Appending to the audit chain and checking it.

A chain belongs to one court (its code; "" is the installation's own). Each row's digest covers the row
and the digest before it, so that an edited, removed or inserted row shows; a cut-off tail shows against
a checkpoint kept elsewhere.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction

from shenguan.base.audit.models import AuditRow

GENESIS = "0" * 64
_LOCK_SPACE = 7341


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of one chain, to be kept outside the database; `at` is the time of its row."""

    chain: str
    number: int
    digest: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a chain, with the row where it shows."""

    chain: str
    number: int
    reason: str

    def __str__(self) -> str:
        return f"审计链“{self.chain or '本系统'}”第{self.number}条：{self.reason}"


def append(
    *,
    chain: str,
    actor: str,
    action: str,
    now: datetime,
    subject: str = "",
    detail: Mapping[str, Any] | None = None,
) -> AuditRow:
    """Add one row at the end of a chain, in the transaction of the act it speaks of."""
    with transaction.atomic():
        _lock(chain)
        last = AuditRow.objects.filter(chain=chain).order_by("-number").first()
        row = AuditRow(
            chain=chain,
            number=last.number + 1 if last else 1,
            at=now,
            actor=actor,
            action=action,
            subject=subject,
            detail=json.loads(_canonical(detail or {})),
            previous=last.digest if last else GENESIS,
        )
        row.digest = digest_of(row)
        row.save(force_insert=True)
    return row


def digest_of(row: AuditRow) -> str:
    """Return the SHA-256 (hex) of everything in a row but its own digest."""
    content = [
        row.chain,
        row.number,
        row.at.astimezone(UTC).isoformat(timespec="microseconds"),
        row.actor,
        row.action,
        row.subject,
        row.detail,
        row.previous,
    ]
    return hashlib.sha256(_canonical(content).encode()).hexdigest()


def verify(chain: str, checkpoints: Iterable[Checkpoint] = ()) -> list[Fault]:
    """Walk one chain; return every fault found, also against checkpoints kept elsewhere."""
    faults: list[Fault] = []
    digests: dict[int, str] = {}
    previous, expected = GENESIS, 1
    for row in AuditRow.objects.filter(chain=chain).order_by("number").iterator():
        faults.extend(_faults_of(row, previous, expected))
        digests[row.number] = row.digest
        previous, expected = row.digest, row.number + 1
    return faults + [f for c in checkpoints if c.chain == chain for f in _against(c, digests)]


def verify_all(checkpoints: Iterable[Checkpoint] = ()) -> list[Fault]:
    """Verify every chain there is or that a checkpoint names."""
    kept = list(checkpoints)
    chains = {
        *AuditRow.objects.values_list("chain", flat=True).distinct(),
        *(c.chain for c in kept),
    }
    return [fault for chain in sorted(chains) for fault in verify(chain, kept)]


def heads() -> list[Checkpoint]:
    """Return the head of every chain."""
    chains = AuditRow.objects.order_by().values_list("chain", flat=True).distinct()
    last = (AuditRow.objects.filter(chain=c).order_by("-number").first() for c in sorted(chains))
    return [
        Checkpoint(row.chain, row.number, row.digest, row.at.isoformat()) for row in last if row
    ]


def checkpoint_line(checkpoints: Iterable[Checkpoint]) -> str:
    """Return one JSON line with the heads, to be appended to a file outside the database."""
    return json.dumps({"heads": [asdict(c) for c in checkpoints]}, ensure_ascii=False)


def read_checkpoints(text: str) -> list[Checkpoint]:
    """Read the lines `checkpoint_line` made; raises `ValueError` naming a line that isn't one."""
    found: list[Checkpoint] = []
    for number, line in enumerate(text.splitlines(), 1):
        try:
            found.extend(Checkpoint(**head) for head in json.loads(line)["heads"])
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"检查点文件第{number}行不可读：{error}") from error
    return found


def _faults_of(row: AuditRow, previous: str, expected: int) -> Iterable[Fault]:
    if row.number != expected:
        yield Fault(row.chain, row.number, f"前缺第{expected}条至第{row.number - 1}条")
    elif row.previous != previous:
        yield Fault(row.chain, row.number, "与前一条的摘要不相连")
    if row.digest != digest_of(row):
        yield Fault(row.chain, row.number, "内容与摘要不符，记录被改动")


def _against(checkpoint: Checkpoint, digests: Mapping[int, str]) -> Iterable[Fault]:
    held = digests.get(checkpoint.number)
    if held is None:
        yield Fault(checkpoint.chain, checkpoint.number, "检查点所载记录已不存在，链尾被截断")
    elif held != checkpoint.digest:
        yield Fault(checkpoint.chain, checkpoint.number, "与检查点所载摘要不符，链被重写")


def _lock(chain: str) -> None:
    """Let one writer at a time into a chain; SQLite's IMMEDIATE transactions do so already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_LOCK_SPACE, f"audit:{chain}"]
            )


def _canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
