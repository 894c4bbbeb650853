from django.urls import path

from werkplaats.promises.views import desk, ledger, reading, telling

app_name = "promises"
urlpatterns = [
    path("beloften/", reading.promises, name="list"),
    path("beloften.csv", reading.promises_csv, name="list_csv"),
    path("beloften/opschrijven/", desk.draft, name="draft"),
    path("beloften/werkblad/", desk.desk, name="desk"),
    path("beloften/grootboek/", ledger.ledger, name="ledger"),
    path("beloften/grootboek.jsonl", ledger.export, name="export"),
    path("beloften/verify.py", ledger.verify_py, name="verify_py"),
    path("beloften/ja/<slug:digits>/", telling.answer, name="answer"),
    path("beloften/<slug:key>/", reading.promise, name="promise"),
    path("beloften/<slug:key>/opnieuw/", desk.redraft, name="redraft"),
    path("beloften/<slug:key>/weg/", desk.drop, name="drop"),
    path("beloften/<slug:key>/link/", desk.link, name="link"),
    path("beloften/<slug:key>/vertellen/", telling.tell, name="tell"),
    path("beloften/<slug:key>/oordeel/", telling.judge, name="judge"),
    path("beloften/<slug:key>/wissen/", desk.erase, name="erase"),
]
