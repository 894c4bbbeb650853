"""From facts to the seven stations and their sentences. Whole sentences, none glued from parts."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from werkplaats.asks.records import VoiceStory
from werkplaats.asks.rules import State as VoiceState
from werkplaats.kit.dates import written
from werkplaats.threads.records import Facts, Station, Stations
from werkplaats.threads.rules import StationName, StationState, states

Said = tuple[bool, str, str, date | None]
"""What one station says: reached or not, its words, its day in words, that day."""


def line(facts: Facts, *, today: date) -> Stations:
    """The line of a story and the same in sentences."""
    said = {
        StationName.VOICE: _voice(facts),
        StationName.ISSUE: _issue(facts),
        StationName.TABLE: _table(facts),
        StationName.PROMISE: _promise(facts),
        StationName.ACTION: _action(facts, today),
        StationName.ANSWER: _answer(facts),
        StationName.DIFFERENCE: _difference(facts),
    }
    drawn = states([reached for reached, _text, _when, _on in said.values()])
    stations = tuple(_station(name, state, said[name]) for name, state in zip(said, drawn, strict=True))
    return Stations(stations, sentence(facts))


def sentence(facts: Facts) -> str:
    """The story in a few whole sentences, only what is so."""
    told, promised = facts.told, facts.promised
    parts = [_told(facts)]
    if facts.met.parties:
        parts.append(
            ngettext("%(n)d partij ging aan tafel.", "%(n)d partijen gingen aan tafel.", facts.met.parties)
            % {"n": facts.met.parties}
        )
    if promised.made:
        made = ngettext("Er is %(n)d ding beloofd.", "Er zijn %(n)d dingen beloofd.", promised.made)
        parts.append(made % {"n": promised.made})
        done = ngettext("%(n)d daarvan is klaar.", "%(n)d daarvan zijn klaar.", promised.done)
        parts.append(done % {"n": promised.done} if promised.done else _("Er is nog niets klaar."))
    if promised.refused:
        refused = ngettext(
            "%(n)d keer was het antwoord: nee, omdat.", "%(n)d keer was het antwoord: nee, omdat.", promised.refused
        )
        parts.append(refused % {"n": promised.refused})
    parts.append(_waits(facts))
    if told.does_not_fit:
        unfit = ngettext(
            "%(n)d mens zei: dit antwoord past niet.",
            "%(n)d mensen zeiden: dit antwoord past niet.",
            told.does_not_fit,
        )
        parts.append(unfit % {"n": told.does_not_fit})
    return " ".join(part for part in parts if part)


def own_line(facts: Facts, story: VoiceStory, *, today: date) -> Stations:
    """The line of one voice, as its giver reads it."""
    said = {
        StationName.VOICE: (True, _("Je verhaal is binnen"), written(story.given_on), story.given_on),
        StationName.ISSUE: _issue(facts),
        StationName.TABLE: _table(facts),
        StationName.PROMISE: _promise(facts),
        StationName.ACTION: _action(facts, today),
        StationName.ANSWER: _own_answer(story),
        StationName.DIFFERENCE: _difference(facts),
    }
    waits_for_giver = bool(story.replies) and story.state in (VoiceState.REPLIED, VoiceState.SILENT)
    answer = list(said).index(StationName.ANSWER)
    reached = [done for done, _text, _when, _on in said.values()]
    reached[answer] = bool(story.replies) and story.state != VoiceState.WAITING and not waits_for_giver
    drawn = list(states(reached))
    if waits_for_giver:  # the giver is the one who can go on: here we are
        drawn = [StationState.OPEN if state is StationState.NOW else state for state in drawn]
        drawn[answer] = StationState.NOW
    stations = tuple(_station(name, state, said[name]) for name, state in zip(said, drawn, strict=True))
    return Stations(stations, own_sentence(story))


def own_sentence(story: VoiceStory) -> str:
    """How it stands with one voice, in one sentence to its giver."""
    day = {"day": written(story.come_back_on or story.due_on)}
    if story.state == VoiceState.WITHDRAWN:
        return _("Je verhaal is weggehaald. Alleen het aantal blijft staan.")
    if story.state == VoiceState.WAITING and story.reopened:
        return _("Je zei dat het antwoord niet past. Je vraag staat weer open: voor %(day)s hoor je meer.") % day
    if story.state == VoiceState.WAITING:
        return _("Je vraag wacht nog. Voor %(day)s hoor je wat ermee gebeurt.") % day
    sentences = {
        VoiceState.FITS: _("Er is een antwoord, en jij zei dat het past."),
        VoiceState.DOES_NOT_FIT: _("Er is een antwoord, en jij zei dat het niet past. Zo staat het er."),
        VoiceState.SILENT: _("Er is een antwoord. Je kunt nog steeds zeggen of het past."),
        VoiceState.REPLIED: _("Er is een antwoord. Jij zegt of het past."),
    }
    return sentences[VoiceState(story.state)]


def _own_answer(story: VoiceStory) -> Said:
    if not story.replies:
        return False, _("Nog niet"), _("beloofd voor %(day)s") % {"day": written(story.due_on)}, story.due_on
    on = story.replies[-1].at.date()
    words = {
        VoiceState.FITS: _("Het antwoord past"),
        VoiceState.DOES_NOT_FIT: _("Het antwoord past niet"),
        VoiceState.WAITING: _("Je vraag staat weer open"),
    }
    return True, words.get(VoiceState(story.state), _("Past dit antwoord?")), written(on), on


def _told(facts: Facts) -> str:
    if not facts.told.voices:
        return _("Nog niemand vertelde hier iets over.")
    told = ngettext("%(n)d mens vertelde iets.", "%(n)d mensen vertelden iets.", facts.told.voices)
    return told % {"n": facts.told.voices}


def _waits(facts: Facts) -> str:
    told = facts.told
    if told.waiting and told.promised_by:
        waits = ngettext(
            "%(n)d mens wacht op antwoord, beloofd voor %(day)s.",
            "%(n)d mensen wachten op antwoord, beloofd voor %(day)s.",
            told.waiting,
        )
        return waits % {"n": told.waiting, "day": written(told.promised_by)}
    if told.waiting:
        waits = ngettext("%(n)d mens wacht op antwoord.", "%(n)d mensen wachten op antwoord.", told.waiting)
        return waits % {"n": told.waiting}
    return _("Iedereen die iets vertelde, kreeg antwoord.") if told.present and told.replied else ""


def _station(name: StationName, state: StationState, said: Said) -> Station:
    _reached, text, when, on = said
    return Station(name, state, text, when, on)


def _voice(facts: Facts) -> Said:
    told = facts.told
    if not told.voices:
        return False, _("Nog niemand"), "", None
    text = ngettext("%(n)d mens vertelde iets", "%(n)d mensen vertelden iets", told.voices) % {"n": told.voices}
    since = _("sinds %(month)s") % {"month": date_format(told.first_on, "F Y")} if told.first_on else ""
    return True, text, since, told.first_on


def _issue(facts: Facts) -> Said:
    if facts.issues > 1:
        return True, _("Hoort bij %(n)d vraagstukken") % {"n": facts.issues}, _day(facts.issue_on), facts.issue_on
    if facts.issue_name:
        return True, facts.issue_name, _day(facts.issue_on), facts.issue_on
    return False, _("Nog bij geen vraagstuk"), "", None


def _table(facts: Facts) -> Said:
    met = facts.met
    if met.days:
        count = len(met.days)
        text = ngettext("%(n)d tafel, %(parties)s", "%(n)d tafels, %(parties)s", count)
        parties = ngettext("%(n)d partij", "%(n)d partijen", met.parties) % {"n": met.parties}
        return True, text % {"n": count, "parties": parties}, _day(max(met.days)), max(met.days)
    if met.next_on:
        return False, _("Afgesproken"), _day(met.next_on), met.next_on
    return False, _("Nog niet"), "", None


def _promise(facts: Facts) -> Said:
    promised = facts.promised
    if promised.made:
        text = ngettext("%(n)d belofte met een ja", "%(n)d beloften met een ja", promised.made) % {"n": promised.made}
        return True, text, _day(promised.first_on), promised.first_on
    if promised.refused:
        return True, _("Het antwoord is: nee, omdat"), _day(promised.first_on), promised.first_on
    if promised.waiting:
        text = ngettext("%(n)d wacht op een ja", "%(n)d wachten op een ja", promised.waiting) % {"n": promised.waiting}
        return False, text, "", None
    return False, _("Nog niet"), "", None


def _action(facts: Facts, today: date) -> Said:
    promised = facts.promised
    if not promised.made:
        return False, _("Nog niet"), "", None
    text = _("%(done)d van de %(made)d is klaar") % {"done": promised.done, "made": promised.made}
    if promised.done >= promised.made:
        return True, text, _day(promised.done_on), promised.done_on
    if promised.next_due is None:
        return False, text, "", None
    due = _("was beloofd voor %(day)s") if promised.next_due < today else _("beloofd voor %(day)s")
    return False, text, due % {"day": written(promised.next_due)}, promised.next_due


def _answer(facts: Facts) -> Said:
    told = facts.told
    if told.replied and not told.waiting:
        return True, _answered(told.replied, told.present), _day(told.replied_on), told.replied_on
    by = _("beloofd voor %(day)s") % {"day": written(told.promised_by)} if told.promised_by else ""
    text = _answered(told.replied, told.present) if told.replied else _("Nog niet")
    return False, text, by, told.promised_by


def _answered(replied: int, present: int) -> str:
    words = ngettext("%(n)d van de %(all)d kreeg antwoord", "%(n)d van de %(all)d kregen antwoord", replied)
    return words % {"n": replied, "all": max(present, replied)}


def _difference(facts: Facts) -> Said:
    promised = facts.promised
    asked = promised.noticed + promised.unnoticed
    if not asked:
        return False, _("Nog niet gevraagd"), "", None
    words = ngettext("%(n)d van de %(all)d merkt het", "%(n)d van de %(all)d merken het", promised.noticed)
    text = words % {"n": promised.noticed, "all": asked}
    return promised.noticed > 0, text, _day(promised.noticed_on), promised.noticed_on


def _day(on: date | None) -> str:
    return written(on) if on else ""
