"""Django app configuration of supervision."""

from django.apps import AppConfig

from shenguan.base.inbox.addresses import stands_at


class SupervisionConfig(AppConfig):
    """阅核与四类案件: reading before signing, and the supervision of the four kinds of cases."""

    name = "shenguan.programs.supervision"
    label = "supervision"
    verbose_name = "阅核与四类案件"

    def ready(self) -> None:
        """Name the pages of what its warnings are about."""
        stands_at("review", "supervision:review")
        stands_at("mark", "supervision:mark")
