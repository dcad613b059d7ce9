"""Address of the wall."""

from __future__ import annotations

from django.urls import path

from shenguan.programs.wall import views

app_name = "wall"
urlpatterns = [path("wall/", views.index, name="index")]
