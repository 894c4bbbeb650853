from django.urls import path

from werkplaats.issues import views
from werkplaats.issues.views import needs, trajectories

app_name = "issues"
urlpatterns = [
    path("vraagstukken/", views.issues, name="list"),
    path("vraagstukken.csv", views.issues_csv, name="list_csv"),
    path("vraagstukken/<slug:key>/accepteren/", views.accept, name="accept"),
    path("vraagstukken/<slug:key>/niet-samen/", views.refuse, name="refuse"),
    path("vraagstukken/<slug:key>/naam/", views.rename, name="rename"),
    path("vraagstukken/<slug:key>/splitsen/", views.split, name="split"),
    path("vraagstukken/<slug:key>/samenvoegen/", views.join, name="join"),
    path("vraagstukken/<slug:key>/partijen/", views.parties, name="parties"),
    path("vraagstukken/<slug:key>/passages/", views.passages, name="passages"),
    path("vraagstukken/<slug:key>/erbij/", views.suggested, name="suggested"),
    path("vraagstukken/<slug:key>/ontwikkeltraject/", trajectories.plan, name="plan"),
    path("vragen-en-aanbod/<slug:key>/vraagstuk/", needs.need_issue, name="need_issue"),
    path("ontwikkeltrajecten/<slug:key>/", trajectories.trajectory, name="trajectory"),
    path("ontwikkeltrajecten/<slug:key>/woorden/", trajectories.reword, name="reword"),
    path("ontwikkeltrajecten/<slug:key>/beginnen/", trajectories.start, name="start_trajectory"),
    path("ontwikkeltrajecten/<slug:key>/stap/", trajectories.move, name="move"),
    path("ontwikkeltrajecten/<slug:key>/partijen/", trajectories.join_in, name="trajectory_parties"),
]
