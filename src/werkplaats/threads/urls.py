from django.urls import path

from werkplaats.threads import views

app_name = "threads"
urlpatterns = [
    path("bonnetje/", views.receipt, name="receipt"),
    path("bonnetje/dicht/", views.close, name="close"),
    path("bonnetje/past/", views.fit, name="fit"),
    path("bonnetje/hoort-niet-bij/<slug:key>/", views.dispute, name="dispute"),
    path("bonnetje/erbij/", views.add_words, name="add_words"),
    path("bonnetje/mail/", views.mail_me, name="mail_me"),
    path("bonnetje/weghalen/", views.withdraw, name="withdraw"),
    path("bonnetje/gekregen/", views.reward, name="reward"),
    path("bonnetje/belofte/<slug:key>/", views.verdict, name="verdict"),
    path("overdracht/", views.hand_overs, name="hand_overs"),
    path("overdracht/nieuw/", views.make_hand_over, name="make_hand_over"),
    path("overdracht/<slug:key>/", views.hand_over, name="hand_over"),
]
