"""Tables that people have put together and kept for themselves."""

from __future__ import annotations

from django.db import models

from shenguan.base.org.models import Person


class SavedTable(models.Model):
    """One person's table: the question, never the answer."""

    owner = models.ForeignKey(Person, models.PROTECT, related_name="saved_tables")
    name = models.CharField("名称", max_length=60)
    query = models.CharField("查询", max_length=1000)
    saved_at = models.DateTimeField("保存时间")

    class Meta:
        verbose_name = "自由统计表"
        ordering = ("name", "id")
        constraints = [models.UniqueConstraint(fields=("owner", "name"), name="table_name_once")]

    def __str__(self) -> str:
        return self.name
