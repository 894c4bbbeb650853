from django.urls import path

from werkplaats.tables import views
from werkplaats.tables.views import counting

app_name = "tables"
urlpatterns = [
    path("tafels/", views.tables, name="tables"),
    path("tafels/nieuw/", views.hold, name="hold"),
    path("tafels/werker.js", counting.worker, name="worker"),
    path("tafels/<slug:key>/", views.table, name="table"),
    path("tafels/<slug:key>/gezegd/", views.note, name="note"),
    path("tafels/<slug:key>/stoelen/", views.seats, name="seats"),
    path("tafels/<slug:key>/code/", views.code, name="code"),
    path("tafels/<slug:key>/blad/", views.sheet, name="sheet"),
    path("tafels/<slug:key>/bijhouden/", counting.day, name="day"),
    path("tafels/<slug:key>/bijhouden/beurt/", counting.turn, name="turn"),
    path("tafels/<slug:key>/bijhouden/stuur/", counting.send, name="send"),
]
