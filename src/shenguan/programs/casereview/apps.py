"""Django app configuration of 案件评查."""

from django.apps import AppConfig

from shenguan.base.inbox.addresses import stands_at


class CasereviewConfig(AppConfig):
    """案件评查: a drawn review of closed cases, from plan to rectification; it never touches a judgment."""

    name = "shenguan.programs.casereview"
    label = "casereview"
    verbose_name = "案件评查"

    def ready(self) -> None:
        """Name the pages of what its warnings are about."""
        stands_at("reviewitem", "casereview:item")
        stands_at("reviewsheet", "casereview:sheet")
        stands_at("reviewissue", "casereview:issue")
