from django.urls import include, path

from werkplaats.conversations.views import helping, making, reading, taking_out, taking_part

app_name = "conversations"
_ONE = [
    path("", reading.conversation, name="conversation"),
    path("stem/", taking_part.vote, name="vote"),
    path("begin/", taking_part.begin, name="begin"),
    path("code/", taking_part.enter, name="enter"),
    path("stelling/", taking_part.write, name="write"),
    path("mijn/", taking_part.mine, name="mine"),
    path("mijn/kant/", taking_part.kind, name="kind"),
    path("mijn/weg/", taking_part.withdraw, name="withdraw"),
    path("mijn/dicht/", taking_part.leave, name="leave"),
    path("cijfers.csv", reading.figures_csv, name="figures_csv"),
    path("meenemen/", taking_out.take_along, name="take_along"),
    path("meenemen/kaart.svg", taking_out.picture_svg, name="picture_svg"),
    path("meenemen/kaart.png", taking_out.picture_png, name="picture_png"),
    path("meenemen/polis.zip", taking_out.polis_zip, name="polis_zip"),
    path("meenemen/deelnemers.csv", taking_out.places_csv, name="places_csv"),
    path("scherm/", reading.screen, name="screen"),
    path("blad/", reading.sheet, name="sheet"),
    path("stellingen/", making.statements, name="statements"),
    path("stellingen/<int:number>/", making.look, name="look"),
    path("terug/", making.give_back, name="give_back"),
    path("papier/", helping.paper, name="paper"),
    path("codes/", helping.codes, name="codes"),
]
urlpatterns = [
    path("gesprekken/", reading.conversations, name="list"),
    path("gesprekken/nieuw/", making.new, name="new"),
    path("gesprekken/<slug:key>/", include(_ONE)),
]
