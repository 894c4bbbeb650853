from django.db import models
from django.db.models import Q

from werkplaats.accounts.models import Account
from werkplaats.accounts.rules import Who
from werkplaats.asks.models import Ask, Voice
from werkplaats.issues.models import Issue
from werkplaats.neighbourhoods.models import Party
from werkplaats.promises.rules import GiverKind, Happened, Kind, State, Word
from werkplaats.workshops.models import Workshop


def _choices(names: type[GiverKind | Happened | Kind | State | Word]) -> list[tuple[str, str]]:
    return [(name.value, name.value) for name in names]


class Promise(models.Model):
    """What a party will do, will find out, or will not do. A draft until its maker says yes; then what the ledger says.

    Its key says nothing: it stands in the ledger, from which no word can be taken out again.
    """

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    key = models.SlugField(max_length=80)
    kind = models.CharField(max_length=10, choices=_choices(Kind))
    state = models.CharField(max_length=10, choices=_choices(State), default=State.DRAFT.value)
    maker = models.ForeignKey(Party, models.PROTECT, related_name="+")
    maker_function = models.CharField(max_length=200, blank=True)  # never a person's name
    wording = models.TextField()
    for_whom = models.CharField(max_length=300, blank=True)  # in words, beside the receivers on record
    due_on = models.DateField(null=True, blank=True)  # None: to be agreed
    depends_on = models.TextField(blank=True)
    source = models.CharField(max_length=300, blank=True)
    table_key = models.SlugField(max_length=80, blank=True)  # where it was said; tables stand above promises
    issue = models.ForeignKey(Issue, models.SET_NULL, null=True, blank=True, related_name="+")
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(null=True, blank=True)  # when its maker last got a link
    denied_words = models.TextField(blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)  # withdrawn
    question_due_at = models.DateTimeField(
        null=True, blank=True
    )  # when to ask the receivers; None: no, or all were asked
    # What was last shown of the verdicts of residents: {word: count}, and when; see rules.may_renew.
    shown_tally = models.JSONField(default=dict, blank=True)
    shown_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["workshop_id", "due_on", "key"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "key"], name="one_promise_per_key"),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "denied"), confirmed_at=None)
                | (~Q(state__in=("draft", "denied")) & Q(confirmed_at__isnull=False)),
                name="a_promise_is_a_promise_after_a_yes",
            ),
        ]
        indexes = [
            models.Index(fields=["workshop", "state", "due_on"], name="promises_by_state_and_due"),
            models.Index(
                fields=["question_due_at"], condition=Q(question_due_at__isnull=False), name="promises_to_ask_about"
            ),
        ]

    def __str__(self) -> str:
        return f"promise {self.key}"

    @property
    def thing(self) -> str:
        """Its portable key, for codes and mail."""
        return f"promise:{self.key}"

    def belongs_to(self, who: Who) -> bool:
        """Whether `who` speaks for its maker."""
        return (self.maker.canonical or self.maker).belongs_to(who)


class PromiseReceiver(models.Model):
    """For whom a promise is: a party, the giver of a voice, or the people of a table."""

    promise = models.ForeignKey(Promise, models.CASCADE, related_name="receivers")
    party = models.ForeignKey(Party, models.CASCADE, null=True, blank=True, related_name="+")
    voice = models.ForeignKey(Voice, models.CASCADE, null=True, blank=True, related_name="+")
    ask = models.ForeignKey(Ask, models.CASCADE, null=True, blank=True, related_name="+")  # of the voice, for good
    table_key = models.SlugField(max_length=80, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)  # whether they notice it; once. Or answered unasked

    class Meta:
        ordering = ["promise_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["promise", "party"], name="a_party_receives_a_promise_once"),
            models.UniqueConstraint(fields=["promise", "voice"], name="a_voice_receives_a_promise_once"),
            models.UniqueConstraint(
                fields=["promise", "table_key"], condition=~Q(table_key=""), name="a_table_receives_a_promise_once"
            ),
            models.CheckConstraint(
                condition=Q(party__isnull=False, voice=None, table_key="")
                | Q(party=None, voice__isnull=False, table_key="")
                | (Q(party=None, voice=None) & ~Q(table_key="")),
                name="a_receiver_is_a_party_a_voice_or_a_table",
            ),
            models.CheckConstraint(
                condition=Q(voice=None, ask=None) | Q(voice__isnull=False, ask__isnull=False),
                name="a_receiver_with_a_voice_has_its_ask",
            ),
        ]
        indexes = [models.Index(fields=["ask", "promise"], name="promises_of_an_ask")]


class Event(models.Model):
    """One event in the ledger of a workshop. Only added: triggers in the database refuse to change or remove it.

    ``digest = sha256(before, number, body)``; `before` is the digest of the event before it.
    """

    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()  # 1, 2, 3, ... per workshop
    promise_key = models.SlugField(max_length=80)
    kind = models.CharField(max_length=20, choices=_choices(Happened))
    body = models.TextField()  # canonical JSON: keys, ISO dates, salted digests; never words or names
    before = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["workshop_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "number"], name="one_event_per_number"),
            models.UniqueConstraint(fields=["workshop", "before"], name="the_ledger_never_forks"),
        ]
        indexes = [models.Index(fields=["workshop", "promise_key", "number"], name="events_of_a_promise")]


class EventText(models.Model):
    """Words beside an event, whose salted digest stands in its body. They can be erased without touching the event."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="texts")
    name = models.CharField(max_length=30)
    text = models.TextField(blank=True)
    salt = models.CharField(max_length=64, blank=True)
    is_private = models.BooleanField(
        default=False
    )  # goes out in no public export: who gave a verdict by receipt, and which
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["event_id", "name"]
        constraints = [
            models.UniqueConstraint(fields=["event", "name"], name="one_text_per_name_in_an_event"),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(text="", salt=""), name="an_erased_text_keeps_no_word_and_no_salt"
            ),
        ]


class Verdict(models.Model):
    """What one maker or receiver last said of a promise; what they said before stands in the ledger."""

    promise = models.ForeignKey(Promise, models.CASCADE, related_name="verdicts")
    giver_kind = models.CharField(max_length=10, choices=_choices(GiverKind))
    giver = models.SlugField(max_length=80)  # the key of the party, voice or table
    word = models.CharField(max_length=12, choices=_choices(Word))
    words = models.TextField(blank=True)  # of parties only
    at = models.DateTimeField()

    class Meta:
        ordering = ["promise_id", "giver_kind", "giver"]
        constraints = [models.UniqueConstraint(fields=["promise", "giver_kind", "giver"], name="one_verdict_each")]


class Reminded(models.Model):
    """The day on which a workshop last looked whom to remind of what they said."""

    workshop = models.OneToOneField(Workshop, models.CASCADE, related_name="+", primary_key=True)
    day = models.DateField()


class DailyHash(models.Model):
    """The end of a ledger as it was on a day, mailed and printed so that a cut tail can be seen."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    day = models.DateField()
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["workshop_id", "-day"]
        constraints = [models.UniqueConstraint(fields=["workshop", "day"], name="one_hash_a_day")]
