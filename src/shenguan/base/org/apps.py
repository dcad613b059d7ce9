"""Django app configuration of 组织机构."""

from django.apps import AppConfig


class OrgConfig(AppConfig):
    """组织机构."""

    name = "shenguan.base.org"
    label = "org"
    verbose_name = "组织机构"
    default_auto_field = "django.db.models.BigAutoField"
