from django.urls import path

from werkplaats.mirror.views import acts, beside, reading, years

app_name = "mirror"
urlpatterns = [
    path("spiegels/", reading.mirrors, name="mirrors"),
    path("spiegel-vragen/", acts.ask, name="ask"),
    path("spiegels/<slug:key>/", reading.mirror, name="mirror"),
    path("spiegels/<slug:key>/pdf/", reading.mirror_pdf, name="mirror_pdf"),
    path("spiegels/<slug:key>/eigen-ogen/", reading.own_eyes, name="own_eyes"),
    path("spiegels/<slug:key>/gesprek/", acts.talk, name="talk"),
    path("spiegels/<slug:key>/ja/", acts.consent, name="consent"),
    path("spiegels/<slug:key>/terugnemen/", acts.take_back, name="take_back"),
    path("spiegels/<slug:key>/woorden/<int:item>/", acts.answer, name="answer"),
    path("spiegels/<slug:key>/jaren/", years.years, name="years"),
    path("spiegels/<slug:key>/jaren/<slug:attempt>/klopt/", years.confirm, name="confirm"),
    path("spiegels/<slug:key>/naast/", beside.lay, name="lay"),
    path("spiegels-naast-elkaar/<slug:key>/", beside.sheet, name="sheet"),
    path("spiegels-naast-elkaar/<slug:key>/zeggen/", beside.say, name="say"),
]
