"""填报数: numbers no event feeds, stated by a court for a period. A correction is a new version; none is lost."""

from __future__ import annotations

from django.db import models

from shenguan.base.org.models import Court


class EnteredValue(models.Model):
    """One number as stated; of a court, atom and period the last version counts."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="entered_values")
    code = models.CharField("原子编码", max_length=120)
    period_start = models.DateField("起")
    period_end = models.DateField("止")
    version = models.PositiveIntegerField("版次")
    value = models.BigIntegerField("值")
    source = models.CharField("来源", max_length=120)
    place = models.CharField("出处", max_length=200)
    entered_by = models.CharField("填报人", max_length=120)
    entered_at = models.DateTimeField("填报时间")

    class Meta:
        verbose_name = "填报数"
        ordering = ("court__order", "court__code", "code", "period_start", "period_end", "version")
        constraints = [
            models.UniqueConstraint(
                fields=("court", "code", "period_start", "period_end", "version"),
                name="one_version_of_an_entered_value",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.value}"
