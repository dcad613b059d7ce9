"""Addresses of the health check."""

from __future__ import annotations

from django.urls import path

from shenguan.programs.healthcheck import views

app_name = "healthcheck"
urlpatterns = [
    path("indicators/", views.index, name="index"),
    path("indicators/<slug:code>/", views.indicator, name="indicator"),
    path("indicators/<slug:code>/<slug:part>/", views.cases, name="cases"),
]
