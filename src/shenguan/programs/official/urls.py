"""Addresses of official and published values."""

from __future__ import annotations

from django.urls import path

from shenguan.programs.official import views

app_name = "official"
urlpatterns = [
    path("official/", views.index, name="index"),
    path("official/entered/", views.entered, name="entered"),
    path("official/published/", views.published, name="published"),
]
