"""Addresses of the casebook."""

from __future__ import annotations

from django.urls import path

from shenguan.programs.casebook import views_case, views_list, views_search

app_name = "casebook"
urlpatterns = [
    path("search/", views_search.search_page, name="search"),
    path("cases/", views_list.index, name="cases"),
    path("cases/<int:case_id>/", views_case.case, name="case"),
    path("cases/<int:case_id>/audit/", views_case.audit_page, name="audit"),
    path("cases/<int:case_id>/tag/", views_case.say_tag, name="tag"),
    path("cases/look/", views_list.choose_look, name="look"),
    path("cases/views/", views_list.save_view, name="save_view"),
    path("cases/views/<int:view_id>/drop/", views_list.drop_view, name="drop_view"),
]
