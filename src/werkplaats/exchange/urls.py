from django.urls import path

from werkplaats.exchange import views

app_name = "exchange"
urlpatterns = [
    path("inlezen/", views.bring_in, name="bring_in"),
    path("inlezen/<slug:key>/", views.batch, name="batch"),
    path("inlezen/<slug:key>/weg/", views.drop, name="drop"),
    path("meenemen/", views.take_out, name="take_out"),
]
