from django.urls import path

from werkplaats.pauses import views

app_name = "pauses"
urlpatterns = [
    path("stilstaan/", views.pauses, name="pauses"),
    path("stilstaan/<slug:key>/", views.pause, name="pause"),
    path("stilstaan/<slug:key>/bonnetje/", views.answer, name="answer"),
    path("stilstaan/<slug:key>/partij/", views.answer_for, name="answer_for"),
    path("stilstaan/<slug:key>/besluiten/", views.close, name="close"),
    path("ontwikkeltrajecten/<slug:key>/stilstaan/", views.of, name="of"),
    path("ontwikkeltrajecten/<slug:key>/stilstaan/beginnen/", views.open_pause, name="open"),
]
