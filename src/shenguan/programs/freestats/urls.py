"""Addresses of 自由统计."""

from __future__ import annotations

from django.urls import path

from shenguan.programs.freestats import views

app_name = "freestats"
urlpatterns = [
    path("freestats/", views.index, name="index"),
    path("freestats/cases/", views.cases, name="cases"),
    path("freestats/save/", views.save, name="save"),
    path("freestats/forget/<int:pk>/", views.forget, name="forget"),
]
