"""Addresses of 一案一策."""

from __future__ import annotations

from django.urls import path

from shenguan.programs.caseplans import views

app_name = "caseplans"
urlpatterns = [
    path("caseplans/", views.index, name="index"),
    path("caseplans/causes/", views.causes, name="causes"),
    path("caseplans/<int:pk>/", views.plan, name="plan"),
    path("caseplans/<int:pk>/fill/", views.fill, name="fill"),
    path("caseplans/<int:pk>/report/", views.report, name="report"),
    path("caseplans/<int:pk>/close/", views.close, name="close"),
]
