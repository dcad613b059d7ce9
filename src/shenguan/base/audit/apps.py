"""Django app configuration of 审计."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """审计."""

    name = "shenguan.base.audit"
    label = "audit"
    verbose_name = "审计"
    default_auto_field = "django.db.models.BigAutoField"
