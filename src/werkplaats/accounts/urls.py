"""Signing in by mail code and out again.

Of allauth's addresses only these are open: no passwords, no sign-up, no address book of one's own.
Their names are allauth's, because it looks for them.
"""

from allauth.account import views as allauth
from django.urls import URLPattern, URLResolver, include, path

from werkplaats.accounts import views

ours = [path("<slug:workshop>/demo-inloggen/", views.demo_sign_in, name="demo_sign_in")]

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/inloggen/", allauth.request_login_code, name="account_request_login_code"),
    path("account/code/", allauth.confirm_login_code, name="account_confirm_login_code"),
    path("account/uitloggen/", allauth.logout, name="account_logout"),
    path("account/gesloten/", allauth.account_inactive, name="account_inactive"),
    path("account/", views.to_sign_in, name="account_login"),
    path("account/uitnodiging/", views.to_sign_in, name="account_signup"),
    path("", include((ours, "accounts"))),
]
