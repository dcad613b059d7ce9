"""Addresses of the desk."""

from __future__ import annotations

from django.urls import path

from shenguan.programs.desk import views, views_papers

app_name = "desk"
urlpatterns = [
    path("mine/", views.mine_page, name="mine"),
    path("mine/papers/", views.papers_page, name="papers"),
    path("mine/lists/<str:key>/", views.list_page, name="list"),
    path("instructions/", views.index, name="instructions"),
    path("instructions/new/", views.give, name="give"),
    path("instructions/<int:instruction_id>/", views.instruction, name="instruction"),
    path("onepage/", views_papers.one_page, name="onepage"),
    path("meeting/", views_papers.meeting, name="meeting"),
    path("duty/", views_papers.duties, name="duty"),
]
