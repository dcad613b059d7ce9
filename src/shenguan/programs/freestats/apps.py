"""Django app configuration of 自由统计."""

from django.apps import AppConfig


class FreeStatsConfig(AppConfig):
    """自由统计: rows × columns × measure within one's scope, every cell leading to its cases."""

    name = "shenguan.programs.freestats"
    label = "freestats"
    verbose_name = "自由统计"
