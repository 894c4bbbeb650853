from django.db import models
from django.db.models import F, Q

from werkplaats.accounts.models import Account, Person
from werkplaats.accounts.rules import Who
from werkplaats.dependence.rules import MatchState, Outcome
from werkplaats.neighbourhoods.models import Need, Party
from werkplaats.neighbourhoods.rules.asking import Answer, By
from werkplaats.workshops.models import Workshop


class Match(models.Model):
    """A need and an offer that may belong together. Nothing happens without the people concerned; a no is remembered."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    key = models.SlugField(max_length=80)  # says nothing
    need = models.ForeignKey(Need, models.CASCADE, related_name="+")
    offer = models.ForeignKey(Need, models.CASCADE, related_name="+")
    meaning = models.FloatField()  # cosine of the two texts
    steps = models.SmallIntegerField()  # `rules.fitting.steps_apart`
    score = models.FloatField()
    state = models.CharField(max_length=12, choices=[(state.value, state.value) for state in MatchState])
    proposed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)  # when it was refused, or asking began
    decided_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.TextField(blank=True)
    introduced_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome_due_on = models.DateField(
        null=True, blank=True
    )  # when the sides are asked what came of it; None: not any more

    class Meta:
        ordering = ["workshop_id", "-score", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "key"], name="one_match_per_key"),
            models.UniqueConstraint(fields=["need", "offer"], name="a_need_and_an_offer_match_once"),
            models.CheckConstraint(condition=~Q(need=F("offer")), name="nothing_matches_itself"),
            models.CheckConstraint(
                condition=~Q(state=MatchState.REFUSED.value) | ~Q(reason=""), name="a_match_is_refused_for_a_reason"
            ),
        ]


class MatchSide(models.Model):
    """One side of a match: the words it is asked with, and what it said. A code opens `thing` without account."""

    match = models.ForeignKey(Match, models.CASCADE, related_name="sides")
    key = models.SlugField(max_length=80)  # says nothing
    number = models.PositiveSmallIntegerField()  # 1: who offers, who is asked first; 2: who needs
    party = models.ForeignKey(Party, models.CASCADE, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    words = models.TextField()
    by = models.CharField(max_length=6, choices=[(by.value, by.value) for by in By])
    turn_at = models.DateTimeField(null=True, blank=True)  # from when it is this side that is asked
    asked_at = models.DateTimeField(null=True, blank=True)  # the mail went on record, or the first card was made
    card_made_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=4, blank=True, choices=[(answer.value, answer.value) for answer in Answer])
    answered_at = models.DateTimeField(null=True, blank=True)
    outcome_asked_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=8, blank=True, choices=[(word.value, word.value) for word in Outcome])
    outcome_at = models.DateTimeField(null=True, blank=True)
    outcome_words = models.TextField(blank=True)

    class Meta:
        ordering = ["match_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["match", "number"], name="sides_of_a_match_are_asked_in_order"),
            models.UniqueConstraint(fields=["match", "key"], name="one_side_of_a_match_per_key"),
            models.CheckConstraint(
                condition=Q(party__isnull=False, person=None) | Q(party=None, person__isnull=False),
                name="a_side_is_a_party_or_a_person",
            ),
            models.CheckConstraint(
                condition=Q(answer="") | Q(answered_at__isnull=False), name="a_side_of_a_match_answered_at_a_moment"
            ),
        ]

    @property
    def thing(self) -> str:
        """What a code of this side opens."""
        return f"match:{self.key}"

    def belongs_to(self, who: Who) -> bool:
        """Whether `who` is the person, or speaks for the party, that is asked."""
        if self.person is not None:
            return who.account_id is not None and self.person.account_id == who.account_id
        return self.party is not None and self.party.belongs_to(who)


class Matching(models.Model):
    """Up to which change of the neighbourhood (`neighbourhoods.Network`) needs and offers were laid beside each other."""

    workshop = models.OneToOneField(Workshop, models.CASCADE, related_name="+", primary_key=True)
    up_to = models.DateTimeField(null=True, blank=True)
    on = models.DateField(null=True, blank=True)
    stale_since = models.DateTimeField(null=True, blank=True)  # a no asks for it again, and one that was taken back
