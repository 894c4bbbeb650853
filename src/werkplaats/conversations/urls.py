from django.urls import path

from werkplaats.conversations.views import helping, making, reading, taking_out, taking_part

app_name = "conversations"
urlpatterns = [
    path("gesprekken/", reading.conversations, name="list"),
    path("gesprekken/nieuw/", making.new, name="new"),
    path("gesprekken/<slug:key>/", reading.conversation, name="conversation"),
    path("gesprekken/<slug:key>/cijfers.csv", reading.figures_csv, name="figures_csv"),
    path("gesprekken/<slug:key>/meenemen/", taking_out.take_along, name="take_along"),
    path("gesprekken/<slug:key>/meenemen/kaart.svg", taking_out.picture_svg, name="picture_svg"),
    path("gesprekken/<slug:key>/meenemen/kaart.png", taking_out.picture_png, name="picture_png"),
    path("gesprekken/<slug:key>/meenemen/polis.zip", taking_out.polis_zip, name="polis_zip"),
    path("gesprekken/<slug:key>/meenemen/deelnemers.csv", taking_out.places_csv, name="places_csv"),
    path("gesprekken/<slug:key>/scherm/", reading.screen, name="screen"),
    path("gesprekken/<slug:key>/blad/", reading.sheet, name="sheet"),
    path("gesprekken/<slug:key>/stellingen/", making.statements, name="statements"),
    path("gesprekken/<slug:key>/stellingen/<int:number>/", making.look, name="look"),
    path("gesprekken/<slug:key>/terug/", making.give_back, name="give_back"),
    path("gesprekken/<slug:key>/begin/", taking_part.begin, name="begin"),
    path("gesprekken/<slug:key>/code/", taking_part.enter, name="enter"),
    path("gesprekken/<slug:key>/stem/", taking_part.vote, name="vote"),
    path("gesprekken/<slug:key>/stelling/", taking_part.write, name="write"),
    path("gesprekken/<slug:key>/mijn/", taking_part.mine, name="mine"),
    path("gesprekken/<slug:key>/mijn/kant/", taking_part.kind, name="kind"),
    path("gesprekken/<slug:key>/mijn/weg/", taking_part.withdraw, name="withdraw"),
    path("gesprekken/<slug:key>/mijn/dicht/", taking_part.leave, name="leave"),
    path("gesprekken/<slug:key>/papier/", helping.paper, name="paper"),
    path("gesprekken/<slug:key>/codes/", helping.codes, name="codes"),
]
