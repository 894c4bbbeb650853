from django.urls import path

from werkplaats.neighbourhoods import views
from werkplaats.neighbourhoods.views import needs, taking_over, ties

app_name = "neighbourhoods"
urlpatterns = [
    path("partijen/", views.parties, name="parties"),
    path("partijen.csv", views.parties_csv, name="parties_csv"),
    path("partijen/<slug:key>/banden/", ties.own_ties, name="own_ties"),
    path("banden/", ties.mine, name="my_ties"),
    path("kaart/", views.area_map, name="map"),
    path("netwerk/", views.whole_network, name="network"),
    path("netwerk.csv", views.network_csv, name="network_csv"),
    path("dubbelen/", views.doubles, name="doubles"),
    path("dubbelen/<int:double>/", views.decide_double, name="decide_double"),
    path("partijen/<slug:key>/dit-zijn-wij/", taking_over.take_over, name="take_over"),
    path("partijen/<slug:key>/gegevens/", taking_over.tell_own, name="tell_own"),
    path("dit-zijn-wij/", taking_over.take_overs, name="take_overs"),
    path("dit-zijn-wij/<slug:key>/", taking_over.decide, name="decide_take_over"),
    path("vragen-en-aanbod/", needs.needs, name="needs"),
    path("vragen-en-aanbod.csv", needs.needs_csv, name="needs_csv"),
    path("vragen-en-aanbod/nieuw/", needs.post_need, name="post_need"),
    path("vragen-en-aanbod/<slug:key>/", needs.need, name="need"),
    path("vragen-en-aanbod/<slug:key>/afsluiten/", needs.end_need, name="end_need"),
    path("vragen-en-aanbod/<slug:key>/verbergen/", needs.hide_need, name="hide_need"),
    path("groepen/", views.groups, name="groups"),
    path("van-wie/schrijven/", views.say_whose, name="say_whose"),
]
