"""Addresses of the rulebook pages."""

from __future__ import annotations

from django.urls import path

from shenguan.programs.ruling import views

app_name = "ruling"
urlpatterns = [
    path("rulebook/", views.index, name="index"),
    path("rulebook/<slug:kind>/", views.entries, name="entries"),
    path("rulebook/<slug:kind>/<str:entry_id>/", views.entry, name="entry"),
    path("rulebook/<slug:kind>/<str:entry_id>/edit/", views.edit, name="edit"),
]
