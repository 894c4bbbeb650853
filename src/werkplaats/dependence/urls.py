from django.urls import path

from werkplaats.dependence.views import answering, asking, reading

app_name = "dependence"
urlpatterns = [
    path("wie-past-bij-wie/", asking.matches, name="matches"),
    path("wie-past-bij-wie/kaarten/", asking.cards, name="cards"),
    path("wie-past-bij-wie/<slug:key>/", asking.ask, name="ask"),
    path("wie-past-bij-wie/<slug:key>/past-niet/", asking.refuse, name="refuse"),
    path("wie-past-bij-wie/<slug:key>/uitkomst/<int:number>/", asking.outcome, name="outcome"),
    path("voor-elkaar/", answering.enter, name="enter"),
    path("voor-elkaar/voor-ons/<slug:key>/", answering.answer_for, name="answer_for"),
    path("voor-elkaar/<slug:digits>/", answering.answer, name="answer"),
    path("wie-wacht-op-wie/", reading.overview, name="overview"),
    path("wie-wacht-op-wie/ons/", reading.mine, name="mine"),
    path("wie-wacht-op-wie/<slug:key>/", reading.party, name="party"),
    path("wie-wacht-op-wie/<slug:key>/en/<slug:other>/", reading.two, name="two"),
]
