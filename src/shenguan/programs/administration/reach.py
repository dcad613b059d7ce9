"""How far an administrator reaches: the courts of the own subtree where the post is held."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from shenguan.base.accounts.access import Access
from shenguan.base.accounts.middleware import access
from shenguan.base.org.jurisdiction import in_force, subtree
from shenguan.base.org.models import Appointment, Court
from shenguan.rulebook import load

KEEPS, GRANTS, READS_LOG, SETS = "配置", "授权", "查看日志", "设置"
"""Acts of posts.yaml: accounts and people, posts, the log, a court's choices."""
OFFICES = frozenset({"系统管理员", "安全管理员", "审计管理员"})
"""Three offices that three people hold (三员分离)."""


def who_may(request: HttpRequest, *acts: str) -> Access:
    """Return who asks; 404 for anybody whose posts include none of `acts`."""
    who = access(request)
    if who.acts.isdisjoint(acts):
        raise Http404("没有相应的职责")
    return who


def courts_of(who: Access, *acts: str, on: date) -> QuerySet[Court]:
    """Return the courts for which a person may do one of `acts`: where the post is held, and below."""
    able = {post.name for post in load().posts if not set(post.does).isdisjoint(acts)}
    held = Appointment.objects.filter(in_force(on), person=who.account.person, post__in=able)
    found: set[int] = set()
    for appointment in held.select_related("court"):
        found |= subtree(appointment.court)
    return Court.objects.filter(pk__in=found)
