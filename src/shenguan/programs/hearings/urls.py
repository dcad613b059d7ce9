"""Address of the calendar of hearings."""

from __future__ import annotations

from django.urls import path

from shenguan.programs.hearings import views

app_name = "hearings"
urlpatterns = [path("hearings/", views.index, name="index")]
