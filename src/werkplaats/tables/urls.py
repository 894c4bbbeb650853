from django.urls import path

from werkplaats.tables import views
from werkplaats.tables.views import checking_out, counting, joining

app_name = "tables"
urlpatterns = [
    path("tafels/", views.tables, name="tables"),
    path("tafels/nieuw/", views.hold, name="hold"),
    path("tafels/gehoord/", checking_out.heard, name="heard"),
    path("tafels/kom/", joining.enter, name="enter"),
    path("tafels/kom/<slug:digits>/", joining.come, name="come"),
    path("tafels/werker.js", counting.worker, name="worker"),
    path("tafels/<slug:key>/", views.table, name="table"),
    path("tafels/<slug:key>/gezegd/", views.note, name="note"),
    path("tafels/<slug:key>/stoelen/", views.seats, name="seats"),
    path("tafels/<slug:key>/code/", views.code, name="code"),
    path("tafels/<slug:key>/blad/", views.sheet, name="sheet"),
    path("tafels/<slug:key>/aan-tafel/", joining.at_table, name="at_table"),
    path("tafels/<slug:key>/hoe-was-het/", checking_out.check_out, name="check_out"),
    path("tafels/<slug:key>/rondje/", checking_out.last_round, name="round"),
    path("tafels/<slug:key>/rondje/papier/", checking_out.paper, name="paper"),
    path("tafels/<slug:key>/rondje/blad/", checking_out.check_out_sheet, name="check_out_sheet"),
    path("tafels/<slug:key>/bijhouden/", counting.day, name="day"),
    path("tafels/<slug:key>/bijhouden/beurt/", counting.turn, name="turn"),
    path("tafels/<slug:key>/bijhouden/stuur/", counting.send, name="send"),
]
