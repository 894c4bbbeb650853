from django.db import models
from django.db.models import F, Q

from werkplaats.accounts.models import Account, Person
from werkplaats.accounts.rules import Who
from werkplaats.neighbourhoods.rules import Asked, NeedKind, PartyKind, Size, StewardRole, TieKind, Verdict
from werkplaats.neighbourhoods.rules.needs import Ending
from werkplaats.workshops.models import Area, Theme, Workshop


def _choices(
    names: type[PartyKind | NeedKind | Ending | Size | TieKind | Verdict | StewardRole | Asked],
) -> list[tuple[str, str]]:
    return [(name.value, name.value) for name in names]


class Party(models.Model):
    """An organisation or group. Two parties that prove to be one keep both rows; `canonical` points to the one that stays."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    key = models.SlugField(max_length=80)
    name = models.CharField(max_length=200)
    sort_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=_choices(PartyKind))
    description = models.TextField(blank=True)
    address = models.CharField(max_length=300, blank=True)
    area = models.ForeignKey(Area, models.SET_NULL, null=True, blank=True, related_name="+")
    themes = models.ManyToManyField(Theme, related_name="+", blank=True)
    website = models.URLField(blank=True)
    founded_on = models.DateField(null=True, blank=True)
    size = models.CharField(max_length=10, choices=_choices(Size), blank=True)
    open_to_introductions = models.BooleanField(default=True)
    introductions_per_month = models.PositiveSmallIntegerField(default=2)
    source = models.CharField(max_length=300, blank=True)
    recorded_on = models.DateField(null=True, blank=True)
    # The party that stays, always itself without one: set by `actions.settle_doubles` alone, so that nobody follows a chain.
    canonical = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="also_known_as")

    class Meta:
        ordering = ["sort_name", "key"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "key"], name="one_party_per_key"),
            models.CheckConstraint(condition=~Q(canonical=F("pk")), name="a_party_is_not_its_own_double"),
        ]

    def __str__(self) -> str:
        return self.name

    def belongs_to(self, who: Who) -> bool:
        """Whether `who` speaks for this party, under any of its names: its person is a member now."""
        if who.account_id is None:
            return False
        stays = self.canonical_id or self.pk
        entries = Q(party=stays) | Q(party__canonical=stays)
        return Membership.objects.filter(entries, person__account_id=who.account_id, until__isnull=True).exists()

    @property
    def stays(self) -> "Party":
        """The entry that counts for this one: itself, or where a human said two are one party, the one that stays."""
        return self.canonical or self


class Position(models.Model):
    """Where a party stands in the picture of the network. Computed; it says nothing about the party."""

    party = models.OneToOneField(Party, models.CASCADE, primary_key=True, related_name="+")
    x = models.FloatField()
    y = models.FloatField()

    class Meta:
        ordering = ["party_id"]


class Membership(models.Model):
    """A person in a party, with a role and dates."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    party = models.ForeignKey(Party, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=120)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["party_id", "person_id", "role"]
        constraints = [models.UniqueConstraint(fields=["person", "party", "role"], name="one_membership_per_role")]


class Tie(models.Model):
    """A working relation between two parties, as one or both of them reported it, or as an event showed it."""

    party_a = models.ForeignKey(Party, models.CASCADE, related_name="+")
    party_b = models.ForeignKey(Party, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=_choices(TieKind))
    reported_by_a = models.BooleanField(default=False)
    reported_by_b = models.BooleanField(default=False)
    shown_by = models.CharField(max_length=300, blank=True)
    since = models.DateField(null=True, blank=True)
    last_seen = models.DateField(null=True, blank=True)
    # An end that says it is no longer so: what it reported before stays on record, and does not count.
    ended_by_a = models.BooleanField(default=False)
    ended_by_b = models.BooleanField(default=False)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["party_a__key", "party_b__key", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["party_a", "party_b", "kind"], name="one_tie_per_pair_and_kind"),
            models.CheckConstraint(condition=~Q(party_a=F("party_b")), name="a_party_has_no_tie_with_itself"),
            models.CheckConstraint(
                condition=Q(reported_by_a=True) | Q(reported_by_b=True) | ~Q(shown_by=""),
                name="a_tie_is_reported_or_shown",
            ),
        ]


class NeedSet(models.QuerySet["Need"]):
    def open(self) -> "NeedSet":
        """What stands now: not ended, not over its date (a sweep ends those), and not hidden."""
        return self.filter(ended_on=None, hidden_at=None)

    def of_parties(self) -> "NeedSet":
        """Without those of people, which are theirs: they count in no figure and make no demand."""
        return self.filter(party__isnull=False)


class Need(models.Model):
    """What a party needs, or can give; or a person, by their own act alone, who then has no name here for others."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    key = models.SlugField(max_length=80)
    party = models.ForeignKey(Party, models.CASCADE, null=True, blank=True, related_name="needs")
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=10, choices=_choices(NeedKind))
    text = models.TextField()
    theme = models.ForeignKey(Theme, models.SET_NULL, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=10, blank=True)  # of the text; empty: as the workshop speaks
    area = models.ForeignKey(
        Area, models.SET_NULL, null=True, blank=True, related_name="+"
    )  # empty: where the party is
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)  # the last day on which it stands
    ending = models.CharField(max_length=10, blank=True, choices=_choices(Ending))
    ended_on = models.DateField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)  # by a moderator; the party sees why
    hidden_reason = models.TextField(blank=True)
    posted_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = NeedSet.as_manager()

    class Meta:
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "key"], name="one_need_per_key"),
            models.CheckConstraint(
                condition=Q(party__isnull=False, person=None) | Q(party=None, person__isnull=False),
                name="a_need_is_of_a_party_or_of_a_person",
            ),
            models.CheckConstraint(
                condition=Q(ending="", ended_on=None) | (~Q(ending="") & Q(ended_on__isnull=False)),
                name="a_need_ends_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(hidden_at=None) | ~Q(hidden_reason=""), name="a_need_is_hidden_for_a_reason"
            ),
        ]

    def belongs_to(self, who: Who) -> bool:
        """Whether `who` speaks for the party whose it is, or is the person."""
        if self.person is not None:
            return who.account_id is not None and self.person.account_id == who.account_id
        return self.party is not None and self.party.belongs_to(who)


class Able(models.Model):
    """A party that is able to act on a need, according to another party."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="able")
    party = models.ForeignKey(Party, models.CASCADE, related_name="+")
    confirmed_by = models.ForeignKey(Party, models.CASCADE, related_name="+")
    confirmed_on = models.DateField()

    class Meta:
        ordering = ["need__key", "party__key"]
        constraints = [
            models.UniqueConstraint(fields=["need", "party"], name="a_party_is_able_once_per_need"),
            models.CheckConstraint(condition=~Q(party=F("confirmed_by")), name="ability_is_confirmed_by_another_party"),
        ]


class KeepApart(models.Model):
    """Two parties that are never proposed to each other."""

    party_a = models.ForeignKey(Party, models.CASCADE, related_name="+")
    party_b = models.ForeignKey(Party, models.CASCADE, related_name="+")
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["party_a__key", "party_b__key"]
        constraints = [models.UniqueConstraint(fields=["party_a", "party_b"], name="a_pair_is_kept_apart_once")]


class Introduction(models.Model):
    """A party was asked whether it wants to meet somebody: counted per month, whichever room asks. What it said is not here."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="+")
    about = models.CharField(max_length=120)  # the portable key of what was asked
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["party", "about"], name="a_party_is_counted_once_per_asking")]


class Double(models.Model):
    """Two entries that may be one party: suspected by the machine, decided by a human, never forgotten."""

    party_a = models.ForeignKey(Party, models.CASCADE, related_name="+")
    party_b = models.ForeignKey(Party, models.CASCADE, related_name="+")
    score = models.FloatField(null=True, blank=True)
    verdict = models.CharField(max_length=10, choices=_choices(Verdict), default=Verdict.SUSPECTED.value)
    stays = models.ForeignKey(
        Party, models.CASCADE, null=True, blank=True, related_name="+"
    )  # whose name is used, if the same
    decided_on = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["party_a__key", "party_b__key"]
        constraints = [
            models.UniqueConstraint(fields=["party_a", "party_b"], name="a_pair_is_suspected_once"),
            models.CheckConstraint(condition=~Q(party_a=F("party_b")), name="a_party_is_no_double_of_itself"),
        ]


class Group(models.Model):
    """Residents named together (tenants of a block, young people). There is no list of who they are, and none can be made."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    key = models.SlugField(max_length=80)
    name = models.CharField(max_length=200)
    sort_name = models.CharField(max_length=200)
    area = models.ForeignKey(Area, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["sort_name", "key"]
        constraints = [models.UniqueConstraint(fields=["workshop", "key"], name="one_group_per_key")]

    def __str__(self) -> str:
        return self.name


class Steward(models.Model):
    """Whose is this: who pays, hosts and decides, in words."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    role = models.CharField(max_length=10, choices=_choices(StewardRole))
    party = models.ForeignKey(Party, models.CASCADE, related_name="+")
    words = models.TextField()

    class Meta:
        ordering = ["role", "party__key"]
        constraints = [models.UniqueConstraint(fields=["workshop", "role", "party"], name="a_steward_has_a_role_once")]


class Network(models.Model):
    """When the parties, ties and needs of a workshop last changed. What is computed from them notes up to which change."""

    workshop = models.OneToOneField(Workshop, models.CASCADE, related_name="+", primary_key=True)
    changed_at = models.DateTimeField()
    doubles_up_to = models.DateTimeField(null=True, blank=True)  # by the search for doubles
    placed_up_to = models.DateTimeField(null=True, blank=True)  # by the picture of the network
    placed_on = models.DateField(null=True, blank=True)  # ties fade with time, and then stand in no picture


class DrawnNetwork(models.Model):
    """The picture of a large network as it was drawn last, with what its page tells beside it."""

    workshop = models.OneToOneField(Workshop, models.CASCADE, related_name="+", primary_key=True)
    up_to = models.DateTimeField()  # `Network.changed_at` when it was drawn
    on = models.DateField()
    parties = models.PositiveIntegerField()
    kinds = models.JSONField()  # kind of party -> how many
    full = models.PositiveIntegerField()
    half = models.PositiveIntegerField()
    faded = models.PositiveIntegerField()
    alone = models.JSONField()  # ids of the first parties without a tie
    alone_count = models.PositiveIntegerField()
    bounds = models.JSONField()  # least and most x, least and most y
    links = models.TextField()  # `queries.drawn.in_chunks`
    pictures = models.JSONField()  # language -> SVG


class PartyFact(models.Model):
    """Who told one fact of a party, and when: the party itself, where that is not the source of the whole entry."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="facts")
    name = models.CharField(max_length=40)  # a field of Party
    told_on = models.DateField()

    class Meta:
        ordering = ["party_id", "name"]
        constraints = [models.UniqueConstraint(fields=["party", "name"], name="a_party_tells_a_fact_once")]


class TakeOver(models.Model):
    """Somebody says: this is us. Stored by their own act, until the answer; then only a digest stays, so that no means no."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    key = models.SlugField(max_length=80)
    party = models.ForeignKey(Party, models.CASCADE, related_name="+")
    address_digest = models.CharField(max_length=64)
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    role = models.CharField(max_length=120, blank=True)
    words = models.TextField(blank=True)
    wording = models.TextField()  # what was said yes to, as it was shown
    language = models.CharField(max_length=10, default="nl")
    state = models.CharField(max_length=10, choices=_choices(Asked), default=Asked.OPEN.value)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "key"], name="one_take_over_per_key"),
            models.UniqueConstraint(fields=["party", "address_digest"], name="somebody_asks_for_a_party_once"),
            models.CheckConstraint(
                condition=Q(state=Asked.OPEN.value) | Q(name="", email="", words=""),
                name="who_was_answered_is_not_kept_here",
            ),
        ]
