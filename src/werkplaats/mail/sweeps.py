"""Sending what is on record and due. Taken first and sent afterwards: a mail goes out at most once."""

import logging
from collections.abc import Iterable
from datetime import timedelta

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Min
from django.utils import timezone

from werkplaats.kit.claims import Beat, Key, Sweep
from werkplaats.mail import actions, queries
from werkplaats.mail.actions.letters import letter, letters
from werkplaats.mail.models import Message, Reader

AT_MOST = 100  # messages in one mail; the rest follows in the next
AGAIN = timedelta(minutes=15)
log = logging.getLogger(__name__)


def find(limit: int) -> Iterable[Key]:
    """Readers with a mail address for whom something is due, longest due first."""
    waiting = Message.objects.filter(taken_at__isnull=True, due_at__lte=timezone.now()).exclude(reader__address="")
    by_reader = waiting.order_by().values("reader").annotate(first=Min("due_at")).order_by("first", "reader")
    return by_reader.values_list("reader", flat=True)[:limit]


def work(key: Key, beat: Beat) -> None:
    """Sends one reader what is due. Where no mail server answers nothing is taken, and all of it waits a little."""
    reader = Reader.objects.select_related("workshop").get(pk=key)
    now = timezone.now()
    messages = list(queries.to_be_sent(reader.pk, at=now)[:AT_MOST])
    if not messages:
        return
    groups = letters(messages)
    is_well = _send(reader, groups, beat)
    with beat.ending():
        if not is_well:
            actions.postpone(reader, until=now + AGAIN)


def _send(reader: Reader, groups: list[list[Message]], beat: Beat) -> bool:
    """Whether the mail server took everything. It stops at the first trouble; what was not taken can be sent later."""
    server: BaseEmailBackend = get_connection()
    try:
        server.open()
    except OSError as failure:  # of which smtplib's own are a kind
        log.warning("no mail server answers: %s", type(failure).__name__)
        return False
    try:
        for done, waiting in enumerate(groups):
            # Consent may have been taken back since it went on record: who says no a moment before is not mailed.
            group = actions.drop_unallowed(waiting)
            if not group:
                continue
            mail = letter(reader, group)
            with beat.slice(done=done, total=len(groups)):
                is_ours = actions.take(group, at=timezone.now())
            if is_ours and not _sent(server, mail, group):
                return False
    finally:
        server.close()
    return True


def _sent(server: BaseEmailBackend, mail: EmailMessage, group: list[Message]) -> bool:
    try:
        server.send_messages([mail])
    except OSError as failure:
        # It may have arrived: better never than twice.
        log.error("a mail may not have arrived: %s", type(failure).__name__)
        return False
    actions.note_sent(group, at=timezone.now())
    return True


SEND = Sweep("mail.send", find, work)
