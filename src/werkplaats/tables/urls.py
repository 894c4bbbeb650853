from django.urls import path

from werkplaats.tables import views

app_name = "tables"
urlpatterns = [
    path("tafels/", views.tables, name="tables"),
    path("tafels/nieuw/", views.hold, name="hold"),
    path("tafels/<slug:key>/", views.table, name="table"),
    path("tafels/<slug:key>/gezegd/", views.note, name="note"),
    path("tafels/<slug:key>/stoelen/", views.seats, name="seats"),
    path("tafels/<slug:key>/code/", views.code, name="code"),
    path("tafels/<slug:key>/blad/", views.sheet, name="sheet"),
]
