"""Django app configuration of 审限."""

from django.apps import AppConfig


class TimeLimitsConfig(AppConfig):
    """审限."""

    name = "shenguan.spine.timelimits"
    label = "timelimits"
    verbose_name = "审限"
    default_auto_field = "django.db.models.BigAutoField"
