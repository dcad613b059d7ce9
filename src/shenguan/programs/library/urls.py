"""Addresses of the court's own indicator library."""

from __future__ import annotations

from django.urls import path

from shenguan.programs.library import views

app_name = "library"
urlpatterns = [
    path("library/", views.index, name="index"),
    path("library/load/", views.load, name="load"),
    path("library/remove/", views.remove, name="remove"),
    path("library/row/<str:code>/", views.row, name="row"),
]
