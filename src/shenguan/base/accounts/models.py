"""Accounts: a sign-in of one person, with its failures, its second factor and its sessions."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from shenguan.base.org.models import Person


class Account(models.Model):
    """Ties a user name to a person; what the person sees follows from the posts held that day."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="account")
    person = models.ForeignKey(Person, models.PROTECT, related_name="accounts")
    totp_secret = models.CharField("动态口令密钥", max_length=64, blank=True)
    last_totp_step = models.BigIntegerField("已用过的动态口令时段", default=0)
    failures = models.PositiveSmallIntegerField("连续失败次数", default=0)
    locked_until = models.DateTimeField("锁定至", null=True)

    class Meta:
        verbose_name = "账号"

    def __str__(self) -> str:
        return f"{self.user.get_username()}（{self.person}）"


class SignedIn(models.Model):
    """One session of an account: the person sees the list and can end each of them."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="sessions")
    session_key = models.CharField("会话", max_length=40, unique=True)
    started_at = models.DateTimeField("登录时间")
    seen_at = models.DateTimeField("最近使用")
    address = models.CharField("地址", max_length=45, blank=True)
    agent = models.CharField("浏览器", max_length=200, blank=True)

    class Meta:
        verbose_name = "登录会话"
        ordering = ("-seen_at", "id")
