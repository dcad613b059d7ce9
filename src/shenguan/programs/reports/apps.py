"""Django app configuration of 报表."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """报表."""

    name = "shenguan.programs.reports"
    label = "reports"
    verbose_name = "报表"
    default_auto_field = "django.db.models.BigAutoField"
