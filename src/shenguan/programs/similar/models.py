"""Pleadings as text, and what was last found for a case; search records themselves are events."""

from __future__ import annotations

from django.db import models

from shenguan.spine.cases.models import Case


class Pleading(models.Model):
    """The text of a pleading. The log holds its digest alone (诉辩登记), so that text can be cleared."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="pleadings")
    document = models.CharField("文书", max_length=20)
    text = models.TextField("内容")
    digest = models.CharField("摘要", max_length=64)
    added_by = models.CharField("录入人", max_length=80)
    added_at = models.DateTimeField("录入时间")

    class Meta:
        verbose_name = "诉辩文书"
        ordering = ("id",)


class Push(models.Model):
    """The top cases of a case as last found; `basis` tells from which text, cause and index."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="similar_push")
    basis = models.CharField("依据", max_length=64)
    hits = models.JSONField("结果", default=list)
    made_at = models.DateTimeField("检索时间")

    class Meta:
        verbose_name = "类案推送"
        ordering = ("case_id",)
