"""Django app configuration of 预警."""

from django.apps import AppConfig


class WarningsConfig(AppConfig):
    """预警."""

    name = "shenguan.spine.warnings"
    label = "warnings"
    verbose_name = "预警"
    default_auto_field = "django.db.models.BigAutoField"
