from django.urls import path

from werkplaats.mail import views

app_name = "mail"
urlpatterns = [
    path("volgen/", views.follow, name="follow"),
    path("volgen/op-papier/", views.follow_on_paper, name="follow_on_paper"),
    path("post/", views.mine, name="mine"),
    path("post/op-papier/", views.on_paper, name="on_paper"),
    path("post/<str:token>/", views.choices, name="choices"),
    path("post/<str:token>/ja/<int:follow>/", views.confirm, name="confirm"),
    path("post/<str:token>/stop/<int:follow>/", views.unfollow, name="unfollow"),
    path("post/<str:token>/uit/<slug:kind>/", views.unsubscribe, name="unsubscribe"),
]
