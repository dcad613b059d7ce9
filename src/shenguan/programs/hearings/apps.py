"""Django app configuration of the calendar of hearings."""

from django.apps import AppConfig


class HearingsConfig(AppConfig):
    """庭审日历：排期、开庭、冲突核对."""

    name = "shenguan.programs.hearings"
    label = "hearings"
    verbose_name = "庭审日历"
