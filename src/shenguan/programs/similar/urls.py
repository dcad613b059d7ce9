"""Addresses of similar and related cases. No text and no name of a party is ever in one."""

from django.urls import path

from shenguan.programs.similar import views, views_duty, views_record

app_name = "similar"
urlpatterns = [
    path("similar/", views.query, name="query"),
    path("similar/judgments/<int:number>/", views.judgment, name="judgment"),
    path("similar/duty/", views_duty.duties, name="duty"),
    path("similar/series/", views_duty.series, name="proposals"),
    path("similar/scale/", views_duty.spread, name="scale"),
    path("cases/<int:case_id>/similar/", views.of_case, name="case"),
    path("cases/<int:case_id>/similar/record/", views_record.search_record, name="record"),
    path("cases/<int:case_id>/similar/none/", views_record.none_found, name="none"),
    path(
        "cases/<int:case_id>/similar/record/<int:position>/void/",
        views_record.take_back,
        name="take_back",
    ),
    path(
        "cases/<int:case_id>/similar/report.docx", views_record.report, {"layout": "docx"}, "docx"
    ),
    path("cases/<int:case_id>/similar/report.pdf", views_record.report, {"layout": "pdf"}, "pdf"),
    path("cases/<int:case_id>/similar/submitted/", views_record.submit, name="submit"),
    path(
        "cases/<int:case_id>/similar/submitted/<int:position>/",
        views_record.answer,
        name="answer",
    ),
    path("cases/<int:case_id>/similar/pleading/", views_record.pleading, name="pleading"),
    path("cases/<int:case_id>/similar/series/", views_record.series, name="series"),
    path("cases/<int:case_id>/similar/departure/", views_record.departure, name="departure"),
]
