from django.urls import path

from werkplaats.defrag import views
from werkplaats.defrag.views import answering, asking

app_name = "defrag"
urlpatterns = [
    path("verbindingen/", views.connections, name="connections"),
    path("verbindingen/lijst/", views.demands, name="demands"),
    path("verbindingen.csv", views.demands_csv, name="demands_csv"),
    path("verbindingen/zet/<int:number>/", views.move, name="move"),
    path("verbindingen/zet/<int:number>/weigeren/", views.refuse_move, name="refuse_move"),
    path("verbindingen/zet/<int:number>/terug/", views.take_back, name="take_back"),
    path("verbindingen/zet/<int:number>/vragen/", asking.ask, name="ask"),
    path("verbindingen/gevraagd/", asking.asked, name="asked"),
    path("verbindingen/gevraagd/<slug:key>/", asking.met, name="met"),
    path("verbindingen/uitkomsten/", asking.outcomes, name="outcomes"),
    path("verbindingen/kaarten/", asking.cards, name="cards"),
    path("kennismaken/", answering.enter, name="enter"),
    path("kennismaken/<slug:digits>/", answering.answer, name="answer"),
    path("kennismaken/voor-ons/<slug:key>/", answering.answer_for, name="answer_for"),
]
