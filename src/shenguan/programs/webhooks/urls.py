"""Addresses of the webhooks' settings."""

from __future__ import annotations

from django.urls import path

from shenguan.programs.webhooks import views

app_name = "webhooks"
urlpatterns = [
    path("hooks/", views.index, name="index"),
    path("hooks/<int:pk>/close/", views.close, name="close"),
]
