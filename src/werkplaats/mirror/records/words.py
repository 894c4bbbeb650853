"""The words of mirrors on screen."""

from django.utils.functional import Promise as Words
from django.utils.translation import gettext_lazy as _

from werkplaats.mirror.rules import Ending, Happened, ItemKind, Publication, RecordKind, Section
from werkplaats.promises.records import WORD_WORDS

SECTION_WORDS: dict[str, tuple[Words, Words]] = {
    Section.GAVE: (_("Wat jullie gaven"), _("Hier staat nog niets dat op twee bronnen rust.")),
    Section.NEVER_BACK: (_("Wat er niet terugkwam"), _("Hier staat nog niets dat op twee bronnen rust.")),
    Section.YEARS: (_("Jullie jaren van proberen"), _("Hier staat nog niets dat op twee bronnen rust.")),
    Section.PROMISES: (_("Beloften"), _("Er staat geen belofte die op twee bronnen rust.")),
    Section.ASKS: (_("Vragen en antwoorden"), _("Er staat geen vraag die op twee bronnen rust.")),
    Section.SAID: (_("Wat mensen en documenten noemen"), _("Geen twee bronnen noemen hetzelfde.")),
    Section.NEEDS: (
        _("Waar niemand nog antwoord op gaf"),
        _("Er staat geen vraag open waarvan een ander zegt: hier kunnen jullie iets mee."),
    ),
}
KIND_WORDS: dict[str, Words] = {
    ItemKind.KEPT: _("Beloofd en gehouden"),
    ItemKind.REPLIED: _("Antwoord gegeven"),
    ItemKind.PROMISED_TO_US: _("Aan jullie beloofd"),
    ItemKind.NOTHING_BACK: _("Jullie antwoordden, er kwam niets terug"),
    ItemKind.OWN_NEED: _("Jullie vraag staat nog open"),
    ItemKind.ATTEMPT: _("Geprobeerd"),
    ItemKind.TRAJECTORY: _("Samen aan gewerkt"),
    ItemKind.PROMISE: _("Belofte"),
    ItemKind.ASK: _("Vraag van jullie"),
    ItemKind.ANSWERS: _("Antwoord van jullie"),
    ItemKind.VOICES: _("Stemmen"),
    ItemKind.PASSAGE: _("Passage in documenten"),
    ItemKind.ABLE: _("Vraag van een ander"),
}
ENDING_WORDS: dict[str, Words] = {
    Ending.RUNS: _("Loopt nog"),
    Ending.STOPPED: _("Gestopt"),
    Ending.HANDED_OVER: _("Overgedragen"),
}
PUBLICATION_WORDS: dict[str, Words] = {
    Publication.ALWAYS: _("Dit is de spiegel van de werkplaats zelf. Die is altijd openbaar."),
    Publication.TALK: _(
        "Eerst praten jullie er samen over. Daarna kan iedereen deze spiegel lezen, met jullie woorden erbij. Slaan jullie het "
        "gesprek af, dan is dat na 60 dagen."
    ),
    Publication.CONSENT: _(
        "Alleen jullie beslissen of anderen deze spiegel mogen lezen. Eerst praten we er samen over."
    ),
}
HAPPENED_WORDS: dict[str, Words] = {
    Happened.TALKED: _("Samen besproken"),
    Happened.DECLINED: _("Gesprek afgeslagen"),
    Happened.CONSENTED: _("Ja gezegd tegen openbaar maken"),
    Happened.WITHDREW: _("Ja teruggenomen"),
}
PEOPLE_WORDS: dict[str, Words] = {
    **WORD_WORDS,
    "fits": _("het antwoord past"),
    "does_not_fit": _("het antwoord past niet"),
    "gave": _("vertelden iets"),
    "named": _("noemen jullie"),
}
WORDING = _(
    "Wij hebben deze spiegel gezien en erover gepraat. De werkplaats mag hem openbaar maken zoals hij nu is, met onze woorden "
    "erbij. We kunnen dit altijd terugnemen."
)
"""What a party says yes to that lets its mirror be published."""

DOORS = {
    **dict.fromkeys((RecordKind.PROMISE, RecordKind.VERDICT), "promises:promise"),
    **dict.fromkeys((RecordKind.ASK, RecordKind.GIVE_BACK, RecordKind.REPLY), "asks:ask"),
    **dict.fromkeys((RecordKind.NEED, RecordKind.ABLE, RecordKind.CONFIRMED), "pages:party"),
    RecordKind.TABLE: "tables:table",
    RecordKind.TRAJECTORY: "issues:trajectory",
    RecordKind.SOURCE: "sources:source",
}
RECORD_WORDS: dict[str, Words] = {
    RecordKind.PROMISE: _("het ja van %(label)s"),
    RecordKind.VERDICT: _("wat %(label)s ervan zegt"),
    RecordKind.TABLE: _("de tafel over %(label)s"),
    RecordKind.ASK: _("de vraag: %(label)s"),
    RecordKind.GIVE_BACK: _("wat %(label)s terugvertelde"),
    RecordKind.REPLY: _("het antwoord: %(label)s"),
    RecordKind.REPORT: _("een melding dat dit gevraagd werd"),
    RecordKind.TRAJECTORY: _("het werk aan %(label)s"),
    RecordKind.NEED: _("de vraag van %(label)s"),
    RecordKind.ABLE: _("%(label)s, die zegt wie hier iets mee kan"),
    RecordKind.ATTEMPT: _("jullie eigen woord"),
    RecordKind.CONFIRMED: _("%(label)s, die erbij was"),
    RecordKind.SOURCE: _("het document %(label)s"),
}
