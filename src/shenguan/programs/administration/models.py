"""Posts proposed from a roster, waiting for the security administrator."""

from __future__ import annotations

from django.db import models

from shenguan.base.org.models import Appointment, Court, Person, Unit


class Proposal(models.Model):
    """A post that a roster gives a person, or an appointment (`ends`) that it no longer has."""

    class State(models.TextChoices):
        """Where a proposal stands."""

        WAITING = "待授权"
        GRANTED = "已授权"
        REFUSED = "未同意"

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    post = models.CharField("职务", max_length=40)
    serves = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    valid_from = models.DateField("起", null=True)
    valid_to = models.DateField("止", null=True)
    ends = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="+")
    source = models.CharField("来源", max_length=300)
    proposed_by = models.CharField("提出人", max_length=80)
    proposed_at = models.DateTimeField("提出时间")
    state = models.CharField("状态", max_length=4, choices=State.choices, default=State.WAITING)
    decided_by = models.CharField("授权人", max_length=80, blank=True)
    decided_at = models.DateTimeField("授权时间", null=True)
    reason = models.CharField("理由", max_length=200, blank=True)

    class Meta:
        verbose_name = "待授权任职"
        ordering = ("court__order", "court__code", "unit__order", "person__name", "id")
        indexes = [models.Index(fields=("state", "court"), name="proposal_waiting")]
