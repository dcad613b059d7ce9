"""Django app configuration of indicators."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """指标: the numbers courts enter, besides the cube and the facts, which are files."""

    name = "shenguan.spine.indicators"
    label = "indicators"
    verbose_name = "指标"
    default_auto_field = "django.db.models.BigAutoField"
