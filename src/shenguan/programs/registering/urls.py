"""Addresses of registering."""

from __future__ import annotations

from django.urls import path

from shenguan.programs.registering import views, views_bulk

app_name = "registering"
urlpatterns = [
    path("register/", views.new_case, name="case"),
    path("register/mode/", views.mode, name="mode"),
    path("register/bulk/", views_bulk.start, name="bulk"),
    path("register/bulk/choose/", views_bulk.choose, name="choose"),
    path("register/bulk/run/", views_bulk.run, name="run"),
    path("register/bulk/<int:act_id>/", views_bulk.result, name="act"),
    path("cases/<int:case_id>/record/", views.kinds, name="kinds"),
    path("cases/<int:case_id>/record/<str:event>/", views.entry, name="entry"),
    path("cases/<int:case_id>/events/<int:position>/void/", views.void, name="void"),
]
