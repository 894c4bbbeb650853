from django.urls import path

from werkplaats.defrag import views

app_name = "defrag"
urlpatterns = [
    path("verbindingen/", views.connections, name="connections"),
    path("verbindingen/lijst/", views.demands, name="demands"),
    path("verbindingen.csv", views.demands_csv, name="demands_csv"),
    path("verbindingen/zet/<int:number>/", views.move, name="move"),
    path("verbindingen/zet/<int:number>/weigeren/", views.refuse_move, name="refuse_move"),
    path("verbindingen/zet/<int:number>/terug/", views.take_back, name="take_back"),
]
