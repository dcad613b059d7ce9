"""Addresses of stage times."""

from __future__ import annotations

from django.urls import path

from shenguan.programs.stages import views

app_name = "stages"
urlpatterns = [path("stages/", views.index, name="index")]
