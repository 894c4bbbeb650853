from typing import Any

from django.db import models
from django.db.models import F, Q

from werkplaats.accounts.models import Account
from werkplaats.accounts.rules import Who
from werkplaats.asks.models import Ask, Voice
from werkplaats.asks.rules import AskState
from werkplaats.conversations.records import Seat
from werkplaats.conversations.rules import Channel, Kind, State
from werkplaats.issues.models import Issue
from werkplaats.sources.models import Fragment
from werkplaats.workshops.models import Area, Workshop

_Names = type[Channel | Kind | State]


def _choices(names: _Names) -> list[tuple[str, str]]:
    return [(name.value, name.value) for name in names]


class Conversation(models.Model):
    """An ask that is answered with agree, disagree or pass on statements: deadline, promises and give-back are the ask's."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    key = models.SlugField(max_length=80)  # that of its ask
    ask = models.OneToOneField(Ask, models.PROTECT, related_name="+")
    issue = models.ForeignKey(Issue, models.SET_NULL, null=True, blank=True, related_name="+")
    needs_code = models.BooleanField(default=False)  # only who was handed a code takes part: the defence against floods
    takes_statements = models.BooleanField(default=True)  # participants may add some
    made_at = models.DateTimeField()
    stale_since = models.DateTimeField(null=True, blank=True)  # when a vote came that the result does not know
    brought = models.CharField(max_length=64, blank=True)  # digest of the files it came in with: once each

    class Meta:
        ordering = ["workshop_id", "key"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "key"], name="one_conversation_per_key"),
            models.UniqueConstraint(
                fields=["workshop", "brought"], condition=~Q(brought=""), name="the_same_files_are_one_conversation"
            ),
        ]
        indexes = [
            models.Index(
                fields=["stale_since"], condition=Q(stale_since__isnull=False), name="conversations_to_compute"
            )
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def is_open(self) -> bool:
        """Whether votes may come: as long as its ask is open."""
        return self.ask.state == AskState.OPEN

    def belongs_to(self, who: Who) -> bool:
        """Whether `who` speaks for the party that asks."""
        return self.ask.belongs_to(who)


class Participant(models.Model):
    """One code, one participant. Nothing tells who it is; the key is chance, and the digits of the code are kept nowhere."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="participants")
    key = models.SlugField(max_length=80)
    kind = models.CharField(max_length=12, choices=_choices(Kind), blank=True)
    area = models.ForeignKey(Area, models.SET_NULL, null=True, blank=True, related_name="+")  # where they live, if told
    channel = models.CharField(max_length=10, choices=_choices(Channel), default=Channel.WEB.value)
    began_at = models.DateTimeField()
    voted_at = models.DateTimeField(null=True, blank=True)  # last, to within rules.NOTED_EVERY; nobody is told
    batch = models.CharField(max_length=80, blank=True)  # the stack of paper sheets
    sheet = models.PositiveIntegerField(null=True, blank=True)  # its number in that stack
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    queue = models.JSONField(
        default=list
    )  # [[number of a statement, chance], ...]: what to ask next, found by the sweep

    class Meta:
        ordering = ["conversation_id", "key"]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "key"], name="one_participant_per_key"),
            models.UniqueConstraint(
                fields=["conversation", "batch", "sheet"],
                condition=Q(sheet__isnull=False),
                name="a_voting_sheet_is_one_participant",
            ),
        ]
        indexes = [models.Index(fields=["conversation", "voted_at"], name="who_voted_since")]

    def __str__(self) -> str:
        return self.key

    @property
    def seat(self) -> Seat:
        """By which names a device knows it."""
        return Seat(self.conversation.workshop.key, self.conversation.key, self.key)

    def belongs_to(self, who: Who) -> bool:  # a participant comes by code, never by account
        """Nobody's account opens somebody's votes."""
        return False


class Statement(models.Model):
    """One sentence to agree with or not. Its number is its name in the conversation and stays."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="statements")
    number = models.PositiveIntegerField()
    text = models.CharField(max_length=300)
    same_as = models.CharField(max_length=300)  # `rules.same_as` of the text
    language = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=10, choices=_choices(State), default=State.WAITING.value)
    reason = models.TextField(blank=True)  # why it was refused, for who gave it
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(
        Participant, models.SET_NULL, null=True, blank=True, related_name="statements"
    )  # None: a host
    fragment = models.ForeignKey(Fragment, models.SET_NULL, null=True, blank=True, related_name="+")
    voice = models.ForeignKey(Voice, models.SET_NULL, null=True, blank=True, related_name="+")
    looked_at = models.DateTimeField(null=True, blank=True)
    looked_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["conversation_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "number"], name="one_statement_per_number"),
            models.UniqueConstraint(fields=["conversation", "same_as"], name="a_statement_stands_once"),
            models.CheckConstraint(condition=~Q(text=""), name="a_statement_says_something"),
            models.CheckConstraint(
                condition=~Q(state=State.REFUSED.value) | ~Q(reason=""), name="a_refused_statement_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.conversation_id} {self.number}"


class Vote(models.Model):
    """What one participant said of one statement at one moment. Rows are only added; the last one counts."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="votes")
    statement = models.ForeignKey(Statement, models.CASCADE, related_name="votes")
    value = models.SmallIntegerField()
    at = models.DateTimeField()
    propensity = models.FloatField(null=True, blank=True)  # with what chance this statement was going to be shown
    once = models.CharField(max_length=64, blank=True)  # a button pressed twice is one vote

    class Meta:
        ordering = ["participant_id", "at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(value__gte=-1, value__lte=1), name="a_vote_is_agree_disagree_or_pass"),
            models.UniqueConstraint(
                fields=["participant", "once"], condition=~Q(once=""), name="a_button_pressed_twice_is_one_vote"
            ),
        ]
        indexes = [models.Index(F("participant"), F("statement"), F("at").desc(), name="last_votes_first")]

    def __str__(self) -> str:
        return f"vote {self.pk}"


class Result(models.Model):
    """What the votes said together when it was last computed. Shown with its age until the next one is there."""

    conversation = models.OneToOneField(Conversation, models.CASCADE, related_name="result")
    computed_at = models.DateTimeField()
    told = models.JSONField()  # as `queries.results` reads it
    begin = models.JSONField(default=list)  # what to ask first of who is new
    places = models.JSONField(default=dict)  # of each participant [group or None, x, y]: for who may take it out

    def __str__(self) -> str:
        return f"result of {self.conversation_id}"

    @property
    def kinds(self) -> dict[str, Any]:
        """The figures per kind of party as they were last shown."""
        return dict(self.told.get("kinds", {}))
