"""Addresses of assignment."""

from __future__ import annotations

from django.urls import path

from shenguan.programs.assignment import views, views_handing

app_name = "assignment"
urlpatterns = [
    path("assignment/", views.index, name="index"),
    path("assignment/draw/", views.draw_all, name="draw_all"),
    path("assignment/draws/", views.draws, name="draws"),
    path("assignment/draws/<int:draw_id>/", views.draw, name="draw"),
    path("assignment/kept-out/", views.kept_out, name="kept_out"),
    path("assignment/handovers/", views_handing.choose, name="givers"),
    path("assignment/handovers/from/<int:person_id>/", views_handing.hand_over, name="hand_over"),
    path("assignment/handovers/<int:handover_id>/", views_handing.handover, name="handover"),
    path("cases/<int:case_id>/assign/", views.assign, name="assign"),
]
