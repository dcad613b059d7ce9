"""Django app configuration of the warnings centre."""

from django.apps import AppConfig


class AttentionConfig(AppConfig):
    """预警中心: what stands, whom it asks, the answers and the 督办单."""

    name = "shenguan.programs.attention"
    label = "attention"
    verbose_name = "预警中心"
