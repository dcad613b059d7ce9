"""Values published by others, and our own values once published: both are kept as they were."""

from __future__ import annotations

from typing import Any

from django.db import models

from shenguan.base.org.models import Court


class FrozenError(RuntimeError):
    """A published value can't be changed; publish again instead."""

    def __init__(self) -> None:
        super().__init__("已发布的数值不能更改或删除；口径或数据变了请另行发布")


class OfficialValue(models.Model):
    """One value as a superior court or the judicial statistics print it."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="official_values")
    code = models.CharField("指标编码", max_length=120)
    period_start = models.DateField("起")
    period_end = models.DateField("止")
    source = models.CharField("来源", max_length=120)
    numerator = models.BigIntegerField("分子", null=True)
    denominator = models.BigIntegerField("分母", null=True)
    printed = models.CharField("值", max_length=40)
    place = models.CharField("出处", max_length=200)
    loaded_at = models.DateTimeField("装入时间")

    class Meta:
        verbose_name = "外部数值"
        ordering = ("period_start", "period_end", "court__order", "court__code", "code", "source")
        constraints = [
            models.UniqueConstraint(
                fields=("court", "code", "period_start", "period_end", "source"),
                name="one_official_value",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.printed}"


class Snapshot(models.Model):
    """A published value: what was computed, from which definition, as known when. Never recomputed in place."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="snapshots")
    code = models.CharField("指标编码", max_length=120)
    regime = models.CharField("制度", max_length=60)
    definition = models.CharField("定义指纹", max_length=64)
    said = models.TextField("定义")
    period_start = models.DateField("起")
    period_end = models.DateField("止")
    as_known_at = models.DateTimeField("数据截至")
    position = models.BigIntegerField("日志位置")
    numerator = models.BigIntegerField("分子", null=True)
    denominator = models.BigIntegerField("分母", null=True)
    printed = models.CharField("值", max_length=40)
    cases = models.JSONField("案件", default=dict)
    """{numerator: [[case id, adds]], denominator: […]}"""
    published_by = models.CharField("发布人", max_length=120)

    class Meta:
        verbose_name = "已发布数值"
        ordering = ("-as_known_at", "court__order", "court__code", "code")

    def __str__(self) -> str:
        return f"{self.code} {self.printed}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write once."""
        if self.pk is not None:
            raise FrozenError
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise FrozenError
