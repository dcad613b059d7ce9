"""Django app configuration of the health check."""

from functools import partial

from django.apps import AppConfig

from shenguan.base.inbox.addresses import leads_to
from shenguan.programs.healthcheck.addresses import closings, indicator


class HealthCheckConfig(AppConfig):
    """体检表: indicators against their interval and the court's own past, never against others' ranks."""

    name = "shenguan.programs.healthcheck"
    label = "healthcheck"
    verbose_name = "体检表"

    def ready(self) -> None:
        """Name the pages of what its warnings are about."""
        leads_to("indicator", indicator)
        for level in ("court", "division", "judge"):
            leads_to(level, partial(closings, level))
