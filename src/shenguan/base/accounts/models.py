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
    must_change = models.BooleanField("须先修改密码", default=False)

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


class Token(models.Model):
    """A key with which a program acts as an account, never with more than the account may.

    Only the digest of the secret is kept. `acts` narrows what may be done: null for all that the posts
    allow, an empty list for reading alone.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="tokens")
    name = models.CharField("用途", max_length=80)
    digest = models.CharField("摘要", max_length=64, unique=True)
    acts = models.JSONField("限定职责", null=True)
    made_at = models.DateTimeField("生成时间")
    expires_on = models.DateField("到期日")
    used_at = models.DateTimeField("最近使用", null=True)
    ended_at = models.DateTimeField("停用时间", null=True)

    class Meta:
        verbose_name = "接口令牌"
        ordering = ("-id",)


class Kept(models.Model):
    """The answer to a request that carried an idempotency key: the same key gets the same answer."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    key = models.CharField("幂等键", max_length=80)
    request = models.CharField("请求摘要", max_length=64)
    status = models.PositiveSmallIntegerField("答复状态", null=True)
    body = models.BinaryField("答复")
    made_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "幂等答复"
        constraints = [models.UniqueConstraint(fields=("account", "key"), name="one_answer_a_key")]
