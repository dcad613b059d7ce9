"""Django app configuration of the warnings centre."""

from django.apps import AppConfig
from django.urls import reverse

from shenguan.base.inbox.addresses import leads_to


class AttentionConfig(AppConfig):
    """预警中心: what stands, whom it asks, the answers and the 督办单."""

    name = "shenguan.programs.attention"
    label = "attention"
    verbose_name = "预警中心"

    def ready(self) -> None:
        """Name the pages of what its warnings are about."""
        leads_to("correction", lambda key: f"{reverse('attention:answers')}#correction-{key}")
