"""The application of the webhooks."""

from __future__ import annotations

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    """Registers the tables of the webhooks."""

    name = "shenguan.programs.webhooks"
    label = "webhooks"
    verbose_name = "事件推送"
