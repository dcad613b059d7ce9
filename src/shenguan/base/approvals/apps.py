"""Django app configuration of the approvals kit."""

from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    """Requests that go by steps from post to post; knows a subject key, never a case."""

    name = "shenguan.base.approvals"
    label = "approvals"
    verbose_name = "审批"
