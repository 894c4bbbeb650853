from django.db import models

from werkplaats.kit.language import as_read
from werkplaats.workshops.rules import Capability, at_first


class Workshop(models.Model):
    """One district's neighbourhood workshop: the border of all data and roles."""

    key = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    city = models.CharField(max_length=200, blank=True)
    timezone = models.CharField(max_length=60, default="Europe/Amsterdam")
    languages = models.JSONField(default=list)  # ["nl", "en"]: the languages that its documents are written in
    opened_on = models.DateField(null=True, blank=True)
    introduction = models.TextField(blank=True)
    small_number = models.PositiveSmallIntegerField(default=5)  # no breakdown of people under this many
    tie_months = models.PositiveSmallIntegerField(default=24)  # a tie not seen for longer has faded
    pause_days = models.PositiveSmallIntegerField(default=90)  # after so many days a pause is proposed
    capabilities = models.JSONField(default=at_first)  # what is switched on, of `rules.Capability`

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.name

    @property
    def workshop_id(self) -> int:
        """A workshop stands inside its own border, so that may() can take it as a thing."""
        return self.pk

    def has(self, capability: Capability) -> bool:
        """Whether this is switched on here."""
        return capability.value in self.capabilities


class Area(models.Model):
    """A place with a code and a name: stadsdeel, wijk, buurt."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="areas")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    population = models.PositiveIntegerField(null=True, blank=True)
    polygons = models.JSONField(default=list)  # [[ring, hole, ...], ...], each ring [[lon, lat], ...]; empty: not drawn

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["workshop", "code"], name="one_area_per_code")]

    def __str__(self) -> str:
        return self.name


class Theme(models.Model):
    """The drawer in which the system world keeps things: housing, income, youth."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="themes")
    key = models.SlugField(max_length=80)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    sort_name = models.CharField(max_length=200)  # kit.names.sort_key(name), set by actions

    class Meta:
        ordering = ["sort_name", "key"]
        constraints = [models.UniqueConstraint(fields=["workshop", "key"], name="one_theme_per_key")]

    def __str__(self) -> str:
        return self.called

    @property
    def called(self) -> str:
        """The name in the language of the page."""
        return as_read(self.name, self.name_en)


class RelatedThemes(models.Model):
    """Two themes that touch the same lives, so that who works in them ought to reach each other."""

    theme_a = models.ForeignKey(Theme, models.CASCADE, related_name="+")
    theme_b = models.ForeignKey(Theme, models.CASCADE, related_name="+")
    why = models.TextField(blank=True)

    class Meta:
        ordering = ["theme_a__key", "theme_b__key"]
        constraints = [
            models.UniqueConstraint(fields=["theme_a", "theme_b"], name="two_themes_are_related_once"),
            models.CheckConstraint(
                condition=~models.Q(theme_a=models.F("theme_b")), name="a_theme_is_not_related_to_itself"
            ),
        ]
