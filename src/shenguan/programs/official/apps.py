"""Django app configuration of official values."""

from django.apps import AppConfig


class OfficialConfig(AppConfig):
    """外部数值: what the court above and the statistics say, beside what is computed here."""

    name = "shenguan.programs.official"
    label = "official"
    verbose_name = "外部数值"
    default_auto_field = "django.db.models.BigAutoField"
