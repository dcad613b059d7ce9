"""Addresses of the desk."""

from __future__ import annotations

from django.urls import path

from shenguan.programs.desk import views, views_papers

app_name = "desk"
urlpatterns = [
    path("mine/", views.mine_page, name="mine"),
    path("instructions/", views.index, name="instructions"),
    path("instructions/new/", views.give, name="give"),
    path("instructions/<int:instruction_id>/", views.instruction, name="instruction"),
    path("onepage/", views_papers.onepage, name="onepage"),
    path("meeting/", views_papers.meeting, name="meeting"),
    path("duty/", views_papers.duty_page, name="duty"),
]
