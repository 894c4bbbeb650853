from django.urls import path

from werkplaats.sources import views

app_name = "sources"
urlpatterns = [
    path("bibliotheek/", views.library, name="list"),
    path("bibliotheek.csv", views.library_csv, name="list_csv"),
    path("bibliotheek-toevoegen/", views.add, name="add"),
    path("bibliotheek/<slug:key>/", views.source, name="source"),
    path("bibliotheek/<slug:key>/opnieuw/", views.again, name="again"),
    path("bibliotheek/<slug:key>/bestand/", views.file, name="file"),
]
