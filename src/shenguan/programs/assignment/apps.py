"""Django app configuration of assignment."""

from django.apps import AppConfig

from shenguan.base.inbox.addresses import stands_at


class AssignmentConfig(AppConfig):
    """分案、调整分案、交接."""

    name = "shenguan.programs.assignment"
    label = "assignment"
    verbose_name = "分案"

    def ready(self) -> None:
        """Name the pages of what its warnings are about."""
        stands_at("handover", "assignment:handover")
