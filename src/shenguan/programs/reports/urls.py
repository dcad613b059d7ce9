"""Addresses of the reports."""

from __future__ import annotations

from django.urls import path

from shenguan.programs.reports import views

app_name = "reports"
urlpatterns = [
    path("today/", views.home, name="home"),
    path("lists/<str:list_id>/", views.worklist, name="worklist"),
    path("cases/<int:case_id>/", views.home, name="case"),  # the casebook's page stands before it
    path("figures/", views.figures_page, name="figures"),
    path("figures/<str:measure>/", views.figure_list, name="figure_list"),
]
