from django.urls import path

from werkplaats.chains import views

app_name = "chains"
urlpatterns = [
    path("ketens/", views.chains, name="chains"),
    path("keten-beginnen/", views.begin, name="begin"),
    path("ketens/<slug:key>/", views.chain, name="chain"),
    path("ketens/<slug:key>/gegevens/", views.tell, name="tell"),
    path("ketens/<slug:key>/nieuwe-versie/", views.renew, name="renew"),
    path("ketens/<slug:key>/afsluiten/", views.end, name="end"),
    path("ketens/<slug:key>/versie/<int:version>/", views.version, name="version"),
    path("ketens/<slug:key>/versie/<int:version>/stap-erbij/", views.add_step, name="add_step"),
    path("ketens/<slug:key>/versie/<int:version>/stap/<slug:step>/", views.step, name="step"),
    path("ketens/<slug:key>/versie/<int:version>/stap/<slug:step>/verplaatsen/", views.move, name="move"),
    path("ketens/<slug:key>/versie/<int:version>/stap/<slug:step>/weghalen/", views.take_out, name="take_out"),
]
