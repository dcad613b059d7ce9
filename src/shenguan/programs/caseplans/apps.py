"""Django app configuration of 一案一策."""

from django.apps import AppConfig

from shenguan.base.inbox.addresses import stands_at


class CaseplansConfig(AppConfig):
    """一案一策: a ledger entry for each long-pending case and idle chain, until someone else closes it."""

    name = "shenguan.programs.caseplans"
    label = "caseplans"
    verbose_name = "一案一策"

    def ready(self) -> None:
        """Name the pages of what its warnings are about."""
        stands_at("plan", "caseplans:plan")
