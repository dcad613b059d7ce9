"""The audit chain: append-only rows, each holding the digest of the one before it in its court."""

from __future__ import annotations

from django.db import models


class AuditRow(models.Model):
    """One act worth a trace. `digest` covers the row and `previous`; see `services.append`."""

    chain = models.CharField("链", max_length=80)
    number = models.BigIntegerField("序号")
    at = models.DateTimeField("时间")
    actor = models.CharField("操作人", max_length=80)
    action = models.CharField("动作", max_length=60)
    subject = models.CharField("对象", max_length=200, blank=True)
    detail = models.JSONField("内容", default=dict)
    previous = models.CharField("前一摘要", max_length=64)
    digest = models.CharField("摘要", max_length=64)

    class Meta:
        verbose_name = "审计记录"
        ordering = ("chain", "number")
        constraints = [models.UniqueConstraint(fields=("chain", "number"), name="audit_no_fork")]
