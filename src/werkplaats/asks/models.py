from django.db import models
from django.db.models import Q

from werkplaats.accounts.models import Account
from werkplaats.accounts.rules import Who
from werkplaats.asks.rules import AskState, Channel, Fit, GrownUp, Privacy, Report, State
from werkplaats.issues.models import Issue
from werkplaats.neighbourhoods.models import Party
from werkplaats.workshops.models import Area, Workshop
from werkplaats.workshops.rules import WRITTEN

_Names = type[AskState | Channel | Fit | GrownUp | Privacy | Report | State]
_FILLED = ("asker_function", "on_behalf_of", "giver_gets", "asker_gets", "comes_back", "data_use", "still_unknown")


def _choices(names: _Names) -> list[tuple[str, str]]:
    return [(name.value, name.value) for name in names]


_GOES_OUT = (
    Q(privacy=Privacy.NAMELESS.value, looked_at__isnull=False, hidden_at__isnull=True)
    & ~Q(shared_text="")
    & ~Q(state=State.WITHDRAWN.value)
)
"""When the words of a voice may be read by everybody: the giver said so, a human looked, nobody hid them."""


def _is_whole() -> Q:
    """What an ask must tell before anybody gives their time to it; the same for whoever asks."""
    whole = Q(asker__isnull=False, answer_by__isnull=False, minutes__gt=0)
    for name in _FILLED:
        whole &= ~Q(**{name: ""})
    return whole & (Q(asked_party__isnull=False) | ~Q(asked_group=""))


class Ask(models.Model):
    """A question from one party to another or to residents, in either direction. Written as a draft, whole before it opens."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    key = models.SlugField(max_length=80)
    title = models.CharField(max_length=200)
    sort_name = models.CharField(max_length=200)
    question = models.TextField()
    still_unknown = models.TextField(blank=True)  # what is still the question, after seeing what is known already
    asker = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    asker_function = models.CharField(max_length=200, blank=True)
    on_behalf_of = models.CharField(max_length=200, blank=True)
    asked_party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    asked_group = models.CharField(max_length=200, blank=True)  # "bewoners van de Havenstraat"
    area = models.ForeignKey(Area, models.SET_NULL, null=True, blank=True, related_name="+")
    minutes = models.PositiveSmallIntegerField(default=0)  # that giving takes one person
    giver_gets = models.TextField(blank=True)
    asker_gets = models.TextField(blank=True)
    comes_back = models.TextField(blank=True)
    answer_by = models.DateField(null=True, blank=True)  # the standing ask: counted per voice instead
    data_use = models.TextField(blank=True)
    pays = models.BooleanField(default=False)
    under_sixteen = models.BooleanField(default=False)
    is_standing = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=_choices(AskState), default=AskState.DRAFT.value)
    late_reason = models.TextField(blank=True)
    issue = models.ForeignKey(Issue, models.SET_NULL, null=True, blank=True, related_name="+")
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["sort_name", "key"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "key"], name="one_ask_per_key"),
            models.UniqueConstraint(
                fields=["workshop"], condition=Q(is_standing=True), name="a_workshop_has_one_standing_ask"
            ),
            models.CheckConstraint(
                condition=~Q(state=AskState.OPEN.value) | Q(is_standing=True) | _is_whole(),
                name="an_open_ask_tells_everything",
            ),
            models.CheckConstraint(
                condition=Q(state=AskState.DRAFT.value) | Q(opened_on__isnull=False) | Q(closed_on__isnull=False),
                name="an_ask_that_was_open_says_since_when",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def belongs_to(self, who: Who) -> bool:
        """Whether `who` speaks for the party that asks."""
        return self.asker is not None and (self.asker.canonical or self.asker).belongs_to(who)


class Voice(models.Model):
    """One thing somebody gave in answer to an ask, in their own words, which nobody edits."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    key = models.SlugField(max_length=80)  # also the `thing` of its receipt code
    ask = models.ForeignKey(Ask, models.PROTECT, related_name="voices")
    text = models.TextField(blank=True)  # empty once withdrawn
    language = models.CharField(max_length=10, blank=True)
    privacy = models.CharField(max_length=10, choices=_choices(Privacy), default=Privacy.WORKSHOP.value)
    channel = models.CharField(max_length=10, choices=_choices(Channel), default=Channel.WEB.value)
    given_at = models.DateTimeField()
    area = models.ForeignKey(Area, models.SET_NULL, null=True, blank=True, related_name="+")
    group = models.CharField(max_length=120, blank=True)
    # The residents' initiative whose table, cards or helper gathered it; nothing that goes out tells it.
    through = models.ForeignKey(Party, models.SET_NULL, null=True, blank=True, related_name="+")
    contact = models.CharField(max_length=200, blank=True)  # a separate yes
    grown_up = models.CharField(max_length=10, choices=_choices(GrownUp), blank=True)
    state = models.CharField(max_length=12, choices=_choices(State), default=State.WAITING.value)
    reopened = models.BooleanField(default=False)
    replied_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    come_back_on = models.DateField(null=True, blank=True)
    come_back_by = models.ForeignKey(Party, models.SET_NULL, null=True, blank=True, related_name="+")
    reward_came = models.BooleanField(null=True, blank=True)  # the giver's word: did what was promised for giving come
    looked_at = models.DateTimeField(null=True, blank=True)
    looked_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")
    shared_text = models.TextField(blank=True)  # what may go out, after a human's look
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_reason = models.TextField(blank=True)
    goes_out = models.BooleanField(
        default=False
    )  # kept by the actions, and by the constraint below; `queries.shown` reads it
    typed_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")
    batch = models.CharField(max_length=80, blank=True)  # the stack of cards or the file it came in
    number = models.PositiveIntegerField(null=True, blank=True)  # of the card in its stack, of the row in its file
    once = models.CharField(max_length=64, blank=True)  # a form sent twice is one voice

    class Meta:
        ordering = ["given_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "key"], name="one_voice_per_key"),
            models.UniqueConstraint(
                fields=["ask", "batch", "number"],
                condition=Q(number__isnull=False),
                name="a_card_is_typed_in_once",
            ),
            models.UniqueConstraint(fields=["ask", "once"], condition=~Q(once=""), name="a_form_is_one_voice"),
            models.CheckConstraint(
                condition=~Q(state=State.WITHDRAWN.value) | Q(text="", shared_text="", contact=""),
                name="a_withdrawn_voice_has_no_words",
            ),
            models.CheckConstraint(
                condition=Q(shared_text="") | Q(privacy=Privacy.NAMELESS.value, looked_at__isnull=False),
                name="words_go_out_after_a_yes_and_a_look",
            ),
            models.CheckConstraint(
                condition=(Q(goes_out=True) & _GOES_OUT) | (Q(goes_out=False) & ~_GOES_OUT),
                name="a_voice_goes_out_exactly_when_it_may",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.REPLIED.value, State.SILENT.value]) | Q(replied_at__isnull=False),
                name="a_replied_voice_says_since_when",
            ),
            models.CheckConstraint(
                condition=Q(hidden_at__isnull=True) | ~Q(hidden_reason=""), name="hiding_has_a_reason"
            ),
        ]
        indexes = [
            # Counting reads an index alone, and never the words beside it: each holds every column that is counted.
            models.Index(fields=["workshop", "state", "given_at", "reopened"], name="voices_by_state"),
            models.Index(fields=["ask", "state", "given_at"], name="voices_of_an_ask"),
            models.Index(
                fields=["ask", "state", "reopened", "come_back_on", "given_at", "replied_at"], name="counts_of_an_ask"
            ),
            models.Index(
                fields=["workshop", "come_back_on"],
                condition=Q(come_back_on__isnull=False),
                name="voices_to_come_back_to",
            ),
            # Read newest first, and counted by area and group. A condition on a yes alone is one that SQLite knows again;
            # the yes stands in the index too, else it would be read from the row.
            models.Index(
                fields=["ask", "given_at", "id", "area", "group", "goes_out"],
                condition=Q(goes_out=True),
                name="voices_that_go_out",
            ),
            models.Index(
                fields=["workshop", "given_at", "id", "area", "group", "goes_out"],
                condition=Q(goes_out=True),
                name="voices_that_go_out_anywhere",
            ),
            models.Index(
                fields=["workshop", "privacy", "given_at", "state"],
                condition=Q(looked_at__isnull=True, hidden_at__isnull=True),
                name="voices_to_look_at",
            ),
            models.Index(
                fields=["workshop", "state", "through", "ask", "come_back_by"],
                condition=Q(through__isnull=False),
                name="voices_through_a_party",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def written_in(self) -> str:
        """The language in which we write to the giver: their own, as far as we write it."""
        return self.language if self.language in WRITTEN else WRITTEN[0]

    def belongs_to(self, who: Who) -> bool:  # the giver comes by receipt, never by account
        """Nobody's account opens a voice."""
        return False


class Slip(models.Model):
    """A card printed beforehand with its receipt: the voice that is typed in from it takes this key, which the code opens."""

    ask = models.ForeignKey(Ask, models.CASCADE, related_name="slips")
    batch = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    voice_key = models.SlugField(max_length=80)
    through = models.ForeignKey(
        Party, models.SET_NULL, null=True, blank=True, related_name="+"
    )  # for whom it was printed
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["ask_id", "batch", "number"]
        constraints = [
            models.UniqueConstraint(fields=["ask", "batch", "number"], name="one_slip_per_card"),
            models.UniqueConstraint(fields=["voice_key"], name="a_slip_is_for_one_voice"),
        ]


class VoiceIssue(models.Model):
    """A voice that belongs to an issue, as a human of the workshop said."""

    voice = models.ForeignKey(Voice, models.CASCADE, related_name="issues")
    issue = models.ForeignKey(Issue, models.CASCADE, related_name="+")
    ask = models.ForeignKey(
        Ask, models.CASCADE, related_name="+"
    )  # of the voice, for good: an index tells what came of it

    class Meta:
        ordering = ["issue_id", "voice_id"]
        constraints = [models.UniqueConstraint(fields=["voice", "issue"], name="a_voice_is_in_an_issue_once")]
        indexes = [
            models.Index(fields=["issue", "voice"], name="voices_of_an_issue"),
            models.Index(fields=["ask", "issue"], name="issues_of_an_ask"),
        ]


class Reply(models.Model):
    """An answer to one voice, or to a group of voices that a human put together."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    key = models.SlugField(max_length=80)
    ask = models.ForeignKey(Ask, models.PROTECT, related_name="replies")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["workshop", "key"], name="one_reply_per_key")]


class ReplyVoice(models.Model):
    """One giver's word on one reply: it fits, it does not; or 'I do not belong in this group'."""

    reply = models.ForeignKey(Reply, models.CASCADE, related_name="voices")
    voice = models.ForeignKey(Voice, models.CASCADE, related_name="replies")
    fit = models.CharField(max_length=12, choices=_choices(Fit), blank=True)
    disputed = models.BooleanField(default=False)
    fit_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["reply_id", "voice_id"]
        constraints = [
            models.UniqueConstraint(fields=["reply", "voice"], name="a_reply_names_a_voice_once"),
            models.CheckConstraint(
                condition=Q(fit="") | Q(fit_at__isnull=False), name="a_word_on_a_reply_has_a_moment"
            ),
        ]


class GiveBack(models.Model):
    """What came back to all who gave. It answers nobody in particular."""

    ask = models.ForeignKey(Ask, models.CASCADE, related_name="give_backs")
    key = models.SlugField(max_length=80)
    text = models.TextField()
    at = models.DateTimeField()
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["ask", "key"], name="one_give_back_per_key")]


class Reported(models.Model):
    """Something was asked here, says somebody. The host checks; the party that asked completes it as an ask."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    key = models.SlugField(max_length=80)
    what = models.TextField()
    asked_by = models.CharField(max_length=200, blank=True)  # as told, a party or a description
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")  # as checked
    asked_on = models.DateField(null=True, blank=True)
    area = models.ForeignKey(Area, models.SET_NULL, null=True, blank=True, related_name="+")
    group = models.CharField(max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    people = models.PositiveIntegerField(null=True, blank=True)
    reported_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=_choices(Report), default=Report.REPORTED.value)
    checked_at = models.DateTimeField(null=True, blank=True)
    became = models.ForeignKey(Ask, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-reported_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "key"], name="one_report_per_key"),
            models.CheckConstraint(
                condition=~Q(state=Report.COMPLETED.value) | Q(became__isnull=False),
                name="a_completed_report_is_an_ask",
            ),
        ]
