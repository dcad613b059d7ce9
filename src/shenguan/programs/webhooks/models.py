"""Where other systems are told, and what is still to be told them."""

from __future__ import annotations

from django.db import models

from shenguan.base.inbox.models import Transition
from shenguan.base.org.models import Court


class Hook(models.Model):
    """An address of the court's own network that is told of its warnings. `cursor`: up to which change."""

    court = models.ForeignKey(Court, models.CASCADE, related_name="hooks")
    name = models.CharField("接收系统", max_length=80)
    address = models.URLField("地址", max_length=300)
    secret = models.CharField("密钥", max_length=64)
    cursor = models.BigIntegerField("已送至", default=0)
    active = models.BooleanField("启用", default=True)
    made_at = models.DateTimeField("设置时间")

    class Meta:
        verbose_name = "推送地址"
        ordering = ("id",)


class Delivery(models.Model):
    """One change for one address: waiting, told, or given up after the last try."""

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "待送"
        DONE = "已送达"
        LOST = "未送达"

    hook = models.ForeignKey(Hook, models.CASCADE, related_name="deliveries")
    transition = models.ForeignKey(Transition, models.PROTECT, related_name="+")
    state = models.CharField("状态", max_length=3, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField("次数", default=0)
    next_at = models.DateTimeField("下次")
    said = models.CharField("对方答复", max_length=200, blank=True)

    class Meta:
        verbose_name = "推送"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=("hook", "transition"), name="told_once_each")
        ]
        indexes = [models.Index(fields=("next_at",), name="delivery_due")]
