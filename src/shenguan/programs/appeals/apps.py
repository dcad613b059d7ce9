"""Django app configuration of appeals."""

from django.apps import AppConfig


class AppealsConfig(AppConfig):
    """发改反馈: what an upper court changed, told to the court below, answered, found upon."""

    name = "shenguan.programs.appeals"
    label = "appeals"
    verbose_name = "发改反馈"
