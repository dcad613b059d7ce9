"""Addresses of 案件评查."""

from __future__ import annotations

from django.urls import path

from shenguan.programs.casereview import views_file, views_items, views_plans

app_name = "casereview"
urlpatterns = [
    path("casereview/", views_plans.index, name="index"),
    path("casereview/new/", views_plans.new, name="new"),
    path("casereview/plans/<int:pk>/", views_plans.plan, name="plan"),
    path("casereview/plans/<int:pk>/draw/", views_plans.draw, name="draw"),
    path("casereview/plans/<int:pk>/rates/", views_plans.rates, name="rates"),
    path("casereview/plans/<int:pk>/give-out/", views_plans.give_out, name="give_out"),
    path("casereview/plans/<int:pk>/replay/", views_plans.replay, name="replay"),
    path("casereview/plans/<int:pk>/close/", views_plans.close, name="close"),
    path("casereview/plans/<int:pk>/bulletin/", views_plans.bulletin, name="bulletin"),
    path("casereview/items/<int:pk>/", views_items.item, name="item"),
    path("casereview/items/<int:pk>/reply/", views_items.reply, name="reply"),
    path("casereview/items/<int:pk>/decide/", views_items.decide, name="decide"),
    path("casereview/sheets/<int:pk>/", views_file.sheet, name="sheet"),
    path("casereview/sheets/<int:pk>/file/", views_file.case_file, name="file"),
    path("casereview/sheets/<int:pk>/score/", views_items.score, name="score"),
    path("casereview/sheets/<int:pk>/replace/", views_items.replace, name="replace"),
    path("casereview/issues/", views_items.issues, name="issues"),
    path("casereview/issues/<int:pk>/", views_file.issue, name="issue"),
    path("casereview/issues/<int:pk>/rectify/", views_items.rectify, name="rectify"),
    path("casereview/issues/<int:pk>/check/", views_items.check, name="check"),
    path("casereview/statistics/", views_items.figures, name="figures"),
]
