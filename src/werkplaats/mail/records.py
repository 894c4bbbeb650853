"""What other rooms and templates may read of mail."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from werkplaats.mail.rules import Kind, Pace

KIND_WORDS = {
    Kind.ANSWER: _("Antwoord op wat je vertelde"),
    Kind.NEWS: _("Nieuws over wat je volgt"),
    Kind.QUESTION: _("Een vraag of je iets merkt, hooguit één keer per maand"),
    Kind.REMINDER: _("Een herinnering aan wat je zelf hebt beloofd"),
    Kind.INTRODUCE: _("Een vraag of je met iemand wilt kennismaken"),
    Kind.INVITE: _("Een uitnodiging voor een tafel, en wat ervan kwam"),
    Kind.RECORD: _("Het dagelijkse controlegetal van het beloftenboek"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody is told."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    """How often a reader hears about one kind."""

    kind: Kind
    pace: Pace


@dataclass(frozen=True, slots=True)
class FollowLine:
    """One thing that a reader follows; not `is_confirmed`: the owner of the address has not said yes."""

    pk: int
    thing: str
    title: str
    url: str
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class ReaderRecord:
    """Somebody who hears from us, with their choices and what they follow."""

    pk: int
    address: str
    paper_name: str
    token: str
    choices: tuple[ChoiceLine, ...]
    follows: tuple[FollowLine, ...]


@dataclass(frozen=True, slots=True)
class PaperMessage:
    """One message, as it is printed. `url` is left out of it: a slip in the street leads nowhere."""

    subject: str
    text: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class PaperLetter:
    """Everything that waits for somebody without mail, on one sheet to hand over. `up_to` is the last message on it."""

    reader: int
    paper_name: str
    messages: tuple[PaperMessage, ...]
    up_to: int
