from django.urls import path

from werkplaats.pages import views

app_name = "pages"
urlpatterns = [
    path("", views.home, name="home"),
    path("<slug:workshop>/", views.start, name="start"),
    path("<slug:workshop>/wijk/", views.neighbourhood, name="neighbourhood"),
    path("<slug:workshop>/partijen/<slug:key>/", views.party, name="party"),
    path("<slug:workshop>/vraagstukken/<slug:key>/", views.issue, name="issue"),
]
