"""``manage.py daily_hash``: the end of every ledger of promises, to keep outside this machine."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from werkplaats.promises.actions import mail_the_hash
from werkplaats.workshops.models import Workshop


class Command(BaseCommand):
    help = (
        "Keeps and mails the end of every ledger of today, once a day, and shows it. The sweep does the same by itself."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for workshop in Workshop.objects.order_by("key"):
            kept = mail_the_hash(workshop, at=timezone.now())
            if kept is not None:
                self.stdout.write(f"{workshop.key} {kept.day.isoformat()} {kept.number}:{kept.digest}")
