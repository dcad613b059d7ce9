"""Addresses of the load."""

from __future__ import annotations

from django.urls import path

from shenguan.programs.load import views

app_name = "load"
urlpatterns = [
    path("load/", views.index, name="index"),
    path("load/plan/", views.plan, name="plan"),
    path("load/ready/", views.ready, name="ready"),
    path("load/cases/", views.cases, name="cases"),
]
