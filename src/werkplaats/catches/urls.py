from django.urls import path

from werkplaats.catches import views

app_name = "catches"
urlpatterns = [
    path("vangregels/", views.catches, name="list"),
    path("vangregels/<slug:key>/weg/", views.drop, name="drop"),
    path("vangregels/<slug:key>/terug/", views.take_up, name="take_up"),
]
