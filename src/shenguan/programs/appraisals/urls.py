"""Addresses of 司法技术."""

from __future__ import annotations

from django.urls import path

from shenguan.programs.appraisals import views

app_name = "appraisals"
urlpatterns = [
    path("appraisals/", views.index, name="index"),
    path("appraisals/<int:pk>/", views.page, name="appraisal"),
    path("appraisals/<int:pk>/step/", views.step, name="step"),
    path("cases/<int:case_id>/appraisals/", views.open_one, name="open"),
]
