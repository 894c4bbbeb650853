from django.urls import path

from werkplaats.tables import views
from werkplaats.tables.views import afterwards, answering, lots, planning

app_name = "tables"
urlpatterns = [
    path("tafels/", views.tables, name="tables"),
    path("tafels/nieuw/", views.hold, name="hold"),
    path("tafels/<slug:key>/", views.table, name="table"),
    path("tafels/<slug:key>/gezegd/", views.note, name="note"),
    path("tafels/<slug:key>/stoelen/", views.seats, name="seats"),
    path("tafels/<slug:key>/code/", views.code, name="code"),
    path("tafels/<slug:key>/blad/", views.sheet, name="sheet"),
    path("tafels/<slug:key>/plannen/", planning.plan, name="plan"),
    path("tafels/<slug:key>/uitnodigen/", planning.invite, name="invite"),
    path("tafels/<slug:key>/spreekt-voor/", planning.speak_for, name="speak_for"),
    path("tafels/<slug:key>/agenda/", planning.on_agenda, name="on_agenda"),
    path("tafels/<slug:key>/verzetten/", planning.move, name="move"),
    path("tafels/<slug:key>/afzeggen/", planning.cancel, name="cancel"),
    path("tafels/<slug:key>/brieven/", planning.letters, name="letters"),
    path("tafels/<slug:key>/kaarten/", planning.cards, name="cards"),
    path("tafels/<slug:key>/tafel.ics", planning.calendar, name="calendar"),
    path("tafels/<slug:key>/wie/", afterwards.attended, name="attended"),
    path("tafels/<slug:key>/na-afloop/", afterwards.after, name="after"),
    path("tafels/<slug:key>/wie-was-er/", afterwards.note, name="was_there"),
    path("tafels/<slug:key>/verslag/", afterwards.report, name="report"),
    path("tafels/<slug:key>/om-een-ja/", afterwards.ask_for_yes, name="ask_for_yes"),
    path("tafels/<slug:key>/terugvertellen/", afterwards.give_back, name="give_back"),
    path("tafels/<slug:key>/loten/", lots.draw, name="draw"),
    path("tafels/<slug:key>/loten/<int:number>/", lots.decide, name="decide"),
    path("tafels/<slug:key>/geloot/", lots.drawn, name="drawn"),
    path("uitnodiging/", answering.enter, name="enter"),
    path("uitnodiging/<slug:digits>/", answering.answer, name="answer"),
    path("uitnodiging/voor-ons/<slug:key>/", answering.answer_for, name="answer_for"),
]
