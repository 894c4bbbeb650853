from django.urls import path

from werkplaats.neighbourhoods import views

app_name = "neighbourhoods"
urlpatterns = [
    path("partijen/", views.parties, name="parties"),
    path("partijen.csv", views.parties_csv, name="parties_csv"),
    path("kaart/", views.area_map, name="map"),
    path("netwerk/", views.whole_network, name="network"),
    path("netwerk.csv", views.network_csv, name="network_csv"),
    path("dubbelen/", views.doubles, name="doubles"),
    path("dubbelen/<int:double>/", views.decide_double, name="decide_double"),
    path("groepen/", views.groups, name="groups"),
    path("van-wie/schrijven/", views.say_whose, name="say_whose"),
]
