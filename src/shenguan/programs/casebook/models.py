"""What a person keeps of the case list: named views, columns, density. No case data."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from shenguan.base.org.models import Person, Unit


class SavedView(models.Model):
    """A named set of conditions and columns; `unit` set: the whole division sees it."""

    owner = models.ForeignKey(Person, models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="+")
    name = models.CharField("名称", max_length=40)
    query = models.CharField("条件", max_length=1000, blank=True)
    columns = models.JSONField("栏目", default=list)
    made_at = models.DateTimeField("保存时间")

    class Meta:
        verbose_name = "保存的视图"
        ordering = ("name", "id")
        constraints = [
            models.UniqueConstraint(fields=("owner", "name"), name="view_once_a_person"),
            models.CheckConstraint(condition=~Q(name=""), name="view_has_name"),
        ]


class Look(models.Model):
    """How a person likes the case list: which columns in which order, how dense, how many rows."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="+")
    columns = models.JSONField("栏目", default=list)
    roomy = models.BooleanField("宽松", default=False)

    class Meta:
        verbose_name = "列表样式"
