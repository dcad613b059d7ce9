"""Django app configuration of 数据接入."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """数据接入."""

    name = "shenguan.programs.intake"
    label = "intake"
    verbose_name = "数据接入"
    default_auto_field = "django.db.models.BigAutoField"
