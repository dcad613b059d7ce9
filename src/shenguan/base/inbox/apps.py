"""Django app configuration of 待办与督办."""

from django.apps import AppConfig


class InboxConfig(AppConfig):
    """待办与督办."""

    name = "shenguan.base.inbox"
    label = "inbox"
    verbose_name = "待办与督办"
    default_auto_field = "django.db.models.BigAutoField"
