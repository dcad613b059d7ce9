"""Django app configuration of appraisals."""

from django.apps import AppConfig

from shenguan.base.inbox.addresses import stands_at


class AppraisalsConfig(AppConfig):
    """司法技术: commissioned appraisals, in whose hands each one is and for how long."""

    name = "shenguan.programs.appraisals"
    label = "appraisals"
    verbose_name = "司法技术"

    def ready(self) -> None:
        """Name the pages of what its warnings are about."""
        stands_at("appraisal", "appraisals:appraisal")
