"""Django app configuration of assignment."""

from django.apps import AppConfig

from shenguan.base.inbox.addresses import stands_at


class AssignmentConfig(AppConfig):
    """分案、调整分案、交接."""

    name = "shenguan.programs.assignment"
    label = "assignment"
    verbose_name = "分案"

    def ready(self) -> None:
        """Name the pages of what its warnings are about, and say whom relatives keep out of a case."""
        from shenguan.programs.assignment.recusal import related
        from shenguan.spine.cases.barring import keeps_out

        stands_at("handover", "assignment:handover")
        keeps_out("任职回避", related)
