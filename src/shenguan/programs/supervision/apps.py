"""Django app configuration of supervision."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """阅核与四类案件: reading before signing, and the supervision of the four kinds of cases."""

    name = "shenguan.programs.supervision"
    label = "supervision"
    verbose_name = "阅核与四类案件"
