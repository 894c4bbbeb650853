"""The mails themselves: plain text and HTML that say the same, in the language of the reader."""

from collections.abc import Sequence
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from werkplaats.mail.models import Message, Reader
from werkplaats.mail.records import KIND_WORDS
from werkplaats.mail.rules import Kind


def letters(messages: Sequence[Message]) -> list[list[Message]]:
    """Which messages of one reader go out together: those that go alone first, and of each kind the rest in one digest.

    A mail never mixes kinds, so that the one click by which a mailbox unsubscribes stops that kind and nothing else.
    """
    alone = [[message] for message in messages if message.is_alone]
    digests: dict[str, list[Message]] = {}
    for message in messages:
        if not message.is_alone:
            digests.setdefault(message.kind, []).append(message)
    return [*alone, *digests.values()]


def letter(reader: Reader, messages: Sequence[Message]) -> EmailMultiAlternatives:
    """One mail with one or more messages of one kind. It has a link to stop that kind, and one to all choices."""
    workshop = reader.workshop
    with override(reader.language):
        subject = messages[0].subject if len(messages) == 1 else _digest_subject(workshop.name, len(messages))
        kind = Kind(messages[0].kind)
        stop = settings.SITE + reverse("mail:unsubscribe", args=[workshop.key, reader.token, kind.value])
        context = {
            "workshop": workshop,
            "messages": messages,
            "is_personal": len(messages) == 1 and messages[0].kind == Kind.INTRODUCE,  # greets and signs by itself
            "site": settings.SITE,
            "language": reader.language,
            "choices": reverse("mail:choices", args=[workshop.key, reader.token]),
            "kind": KIND_WORDS[kind],
            "stop": stop,
        }
        plain = render_to_string("mail/letter.txt", context)
        rich = render_to_string("mail/letter.html", context)
    # The same messages have the same number, so that a mailbox that gets them twice shows them once.
    number = sha256("\n".join([reader.token, *(message.key for message in messages)]).encode()).hexdigest()[:40]
    mail = EmailMultiAlternatives(
        subject=subject,
        body=plain,
        to=[reader.address],
        headers={
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Message-ID": f"<{number}@{urlsplit(settings.SITE).hostname}>",
        },
    )
    mail.attach_alternative(rich, "text/html")
    return mail


def _digest_subject(name: str, count: int) -> str:
    return _("%(count)d berichten van %(workshop)s") % {"count": count, "workshop": name}
