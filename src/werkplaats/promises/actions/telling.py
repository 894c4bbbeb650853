"""What happens to a promise is told to who follows it, or its issue: what its page says, and never whose verdict it was."""

from datetime import datetime
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _

from werkplaats.kit.dates import written
from werkplaats.mail.actions import tell_followers
from werkplaats.mail.records import Words
from werkplaats.promises.models import Promise, Verdict
from werkplaats.promises.records import WORD_WORDS
from werkplaats.promises.rules import Happened, Kind


def tell(row: Promise, happened: Happened, *, at: datetime, reason: str = "") -> None:
    """Tells that something happened; `reason` in the words of the maker, or the evidence."""
    _tell(row, key=f"{happened.value}:{at.isoformat()}", at=at, sentence=partial(_sentence, row, happened, reason))


def tell_verdict(row: Promise, verdict: Verdict, *, by: str) -> None:
    """Tells how the maker, or a party that received it, judges a promise. `by`: its name."""
    key = f"verdict:{verdict.pk}:{verdict.at.isoformat()}"
    _tell(row, key=key, at=verdict.at, sentence=partial(_judged, row, by, verdict.word))


def tell_tally(row: Promise, *, at: datetime) -> None:
    """Tells that so many residents answered that what they say can be read, of all together."""
    _tell(row, key=f"tally:{at.isoformat()}", at=at, sentence=partial(_tallied, row))


def _tell(row: Promise, *, key: str, at: datetime, sentence: partial[str]) -> None:
    def words() -> Words:
        return Words(_("Nieuws over een belofte van %(maker)s") % {"maker": row.maker.stays.name}, sentence())

    tell_followers(
        row.workshop,
        things=[row.thing, *([row.issue.thing] if row.issue else [])],
        key=f"{row.thing}:{key}",
        words=words,
        at=at,
        about=row.thing,
        url=reverse("promises:promise", args=[row.workshop.key, row.key]),
    )


def _sentence(row: Promise, happened: Happened, reason: str) -> str:
    told = {"maker": row.maker.stays.name, "wording": row.wording, "reason": reason}
    told["day"] = written(row.due_on) if row.due_on else ""
    sentences = {
        Happened.CONFIRMED: _confirmed(row),
        Happened.CHANGED: _("%(maker)s verwoordt een belofte nu zo: “%(wording)s” De reden: %(reason)s"),
        Happened.EXTENDED: _("%(maker)s noemt een andere dag, %(day)s, voor: “%(wording)s” De reden: %(reason)s"),
        Happened.DONE: _("%(maker)s meldt dat dit gedaan is: “%(wording)s” Waaraan je het ziet: %(reason)s"),
        Happened.WITHDRAWN: _("%(maker)s neemt een belofte terug: “%(wording)s” De reden: %(reason)s"),
    }
    return sentences[happened] % told


def _confirmed(row: Promise) -> str:
    if row.kind == Kind.NO:
        return _("%(maker)s zegt eerlijk nee: “%(wording)s”")
    if row.table_key and row.due_on:
        return _("%(maker)s zei ja tegen wat aan tafel is afgesproken: “%(wording)s” Het is klaar op %(day)s.")
    if row.table_key:
        return _("%(maker)s zei ja tegen wat aan tafel is afgesproken: “%(wording)s” De dag spreken jullie nog af.")
    if row.due_on:
        return _("%(maker)s belooft: “%(wording)s” Het is klaar op %(day)s.")
    return _("%(maker)s belooft: “%(wording)s” De dag spreken jullie nog af.")


def _judged(row: Promise, by: str, word: str) -> str:
    told = {"by": by, "wording": row.wording, "word": WORD_WORDS[word]}
    return _("%(by)s zegt over “%(wording)s”: %(word)s.") % told


def _tallied(row: Promise) -> str:
    told = {"wording": row.wording}
    return _("Bewoners zeiden of ze iets merken van “%(wording)s”. Op de pagina staat wat ze samen zeggen.") % told
