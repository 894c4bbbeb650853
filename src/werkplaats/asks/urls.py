from django.urls import path

from werkplaats.asks.views import asking, desk, giving, reports, stacks

app_name = "asks"
urlpatterns = [
    path("meedoen/", asking.asks, name="list"),
    path("meedoen.csv", asking.asks_csv, name="list_csv"),
    path("meedoen/nieuw/", asking.new, name="new"),
    path("meedoen/<slug:key>/", asking.ask, name="ask"),
    path("meedoen/<slug:key>/wijzigen/", asking.change, name="change"),
    path("meedoen/<slug:key>/openen/", asking.open_it, name="open"),
    path("meedoen/<slug:key>/sluiten/", asking.close, name="close"),
    path("meedoen/<slug:key>/te-laat/", asking.late, name="late"),
    path("meedoen/<slug:key>/vertel/", giving.give, name="give"),
    path("meedoen/<slug:key>/dank/", giving.thanks, name="thanks"),
    path("meedoen/<slug:key>/wis/", giving.wipe, name="wipe"),
    path("meedoen/<slug:key>/poster/", giving.poster, name="poster"),
    path("meedoen/<slug:key>/antwoorden/", desk.reply, name="reply"),
    path("meedoen/<slug:key>/terug/", desk.give_back, name="give_back"),
    path("meedoen/<slug:key>/terug/<slug:number>/", desk.notice, name="notice"),
    path("meedoen/<slug:key>/stapel/", stacks.stack, name="stack"),
    path("meedoen/<slug:key>/kaarten/", stacks.slips, name="slips"),
    path("meedoen/<slug:key>/inlezen/", stacks.read_in, name="import"),
    path("stemmen/", desk.desk, name="desk"),
    path("stemmen/<slug:key>/", desk.look, name="look"),
    path("gevraagd/", reports.reports, name="reports"),
    path("gevraagd/<slug:key>/", reports.check, name="check"),
]
