"""Django app configuration of the health check."""

from django.apps import AppConfig


class HealthCheckConfig(AppConfig):
    """体检表: indicators against their interval and the court's own past, never against others' ranks."""

    name = "shenguan.programs.healthcheck"
    label = "healthcheck"
    verbose_name = "体检表"
