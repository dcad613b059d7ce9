"""Blocks of those who keep the system and the logs: no case content."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta

from django.contrib.auth.models import User
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from shenguan.base.accounts.access import Access
from shenguan.base.audit.models import AuditRow
from shenguan.base.inbox import heartbeat
from shenguan.base.inbox.models import Run
from shenguan.base.ops.clock import COURT_ZONE
from shenguan.base.org.models import Appointment, Court, CourtSetting
from shenguan.base.org.scope import Scope
from shenguan.base.ui.block import Block
from shenguan.spine.cases.models import Batch
from shenguan.spine.warnings.night import JOB

_WEEK = 7


def system_block(scope: Scope, access: Access, on: date) -> Block | None:
    """Offer accounts, the nightly runs and imports: counts and times alone."""
    users = User.objects.aggregate(
        active=Count("pk", filter=Q(is_active=True)), closed=Count("pk", filter=Q(is_active=False))
    )
    runs = list(Run.objects.order_by("-id")[:7])
    batches = Batch.objects.order_by("-id")[:6]
    silent = bool(heartbeat.silence(JOB, on))
    context = {"users": users, "runs": runs, "batches": batches, "silent": silent}
    return Block("system", _("运行情况"), "desk/blocks/system.html", context, wide=True)


def security_block(scope: Scope, access: Access, on: date) -> Block | None:
    """Offer how posts are given out in the own court, and which settings were changed last."""
    court = access.account.person.court_id
    posts = (
        Appointment.objects.filter(court=court)
        .order_by()
        .values_list("post")
        .annotate(n=Count("person", distinct=True))
    )
    changed = CourtSetting.objects.filter(court=court).order_by("-set_at")[:8]
    context = {"posts": sorted(posts), "changed": changed}
    return Block("security", _("授权与本院设置"), "desk/blocks/security.html", context, wide=True)


def logs_block(scope: Scope, access: Access, on: date) -> Block | None:
    """Offer the audit chain of the own court: how far it goes, what was done how often; no subject is shown."""
    code = Court.objects.values_list("code", flat=True).get(pk=access.account.person.court_id)
    since = datetime.combine(on - timedelta(days=_WEEK), time(), COURT_ZONE)
    rows = AuditRow.objects.filter(chain=code)
    acts = Counter(rows.filter(at__gte=since).order_by().values_list("action", flat=True))
    head = rows.order_by("number").last()
    context = {"acts": sorted(acts.items()), "head": head, "since": since}
    return Block("logs", _("审计日志（近七日）"), "desk/blocks/logs.html", context, wide=True)


def inspection_block(scope: Scope, access: Access, on: date) -> Block | None:
    """Offer an inspector what calls for a look: exports, changes of undertaker, postponed dates, by number."""
    code = Court.objects.values_list("code", flat=True).get(pk=access.account.person.court_id)
    since = datetime.combine(on - timedelta(days=30), time(), COURT_ZONE)
    rows = AuditRow.objects.filter(chain=code, at__gte=since).order_by("-number")
    words = Q()
    for word in ("导出", "变更承办人", "撤销", "作废", "过问", "打探", "查阅"):
        words |= Q(action__contains=word)
    context = {"rows": rows.filter(words)[:20], "since": since}
    return Block(
        "inspection",
        _("需要留意的操作（近三十日）"),
        "desk/blocks/inspection.html",
        context,
        wide=True,
    )
