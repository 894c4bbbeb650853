"""How signing in differs from what allauth does by itself: by invitation, and in the demo the mail is on the screen."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest

DEMO_MAIL = "demo_mail"
"""Where the session of a demo visitor keeps the mail that they just asked for."""


class ByInvitation(DefaultAccountAdapter):
    """Nobody opens an account by themselves; see `accounts.actions.give_role`."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        mail: EmailMessage = super().render_mail(template_prefix, email, context, headers)
        if settings.DEMO:
            # Only the browser that asked for the mail reads it, from its own session.
            context["request"].session[DEMO_MAIL] = {"subject": mail.subject, "body": mail.body}
        return mail
