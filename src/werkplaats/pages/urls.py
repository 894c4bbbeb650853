from django.urls import path

from werkplaats.pages.views import begin, public, today, whose

app_name = "pages"
urlpatterns = [
    path("", public.home, name="home"),
    path("<slug:workshop>/", public.start, name="start"),
    path("<slug:workshop>/wijk/", public.neighbourhood, name="neighbourhood"),
    path("<slug:workshop>/partijen/<slug:key>/", public.party, name="party"),
    path("<slug:workshop>/vraagstukken/<slug:key>/", public.issue, name="issue"),
    path("<slug:workshop>/vandaag/", today.today, name="today"),
    path("<slug:workshop>/vandaag/blad/", today.sheet, name="sheet"),
    path("<slug:workshop>/vandaag/regel/<slug:key>/", today.catch, name="catch"),
    path("<slug:workshop>/begin/1/", begin.place, name="begin"),
    path("<slug:workshop>/begin/2/", begin.meeting, name="begin_meeting"),
    path("<slug:workshop>/begin/3/", begin.said, name="begin_said"),
    path("<slug:workshop>/begin/4/", begin.links, name="begin_links"),
    path("<slug:workshop>/begin/5/", begin.waiters, name="begin_waiters"),
    path("<slug:workshop>/van-wie/", whose.whose, name="whose"),
    path("<slug:workshop>/van-wie/afspraken/", whose.terms, name="terms"),
]
