"""What the maker of a promise can tell about it, by link or by account: the same acts, the same words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.functional import Promise as Words
from django.utils.translation import gettext_lazy as _

from werkplaats.promises import actions
from werkplaats.promises.forms import (
    ChangeForm,
    ConfirmForm,
    DenyForm,
    DoneForm,
    ExtendForm,
    MakerVerdictForm,
    WithdrawForm,
)
from werkplaats.promises.models import Promise
from werkplaats.promises.rules import Channel, Happened, Kind, State, Word, may_be_judged, may_happen

Typed = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to tell: its form, what it does, and what is said afterwards."""

    name: str
    title: Words
    button: Words
    told: Words
    form: type[forms.Form]
    do: Callable[[Promise, Typed, datetime, Channel], object]
    happened: Happened | None = None
    is_refusal: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """An act on the page, with its form as it was typed."""

    act: Act
    form: forms.Form
    is_open: bool


def _confirm(row: Promise, typed: Typed, at: datetime, channel: Channel) -> object:
    return actions.confirm(row, at=at, channel=channel, due_on=typed["klaar"], maker_function=typed["functie"])


def _verdict(row: Promise, typed: Typed, at: datetime, channel: Channel) -> object:
    return actions.maker_verdict(row, word=Word(typed["oordeel"]), words=typed["woorden"], at=at)


ACTS = (
    Act(
        "ja",
        _("Ja, dit beloven we"),
        _("Ja, dit beloven we"),
        _("Dank je wel. Het is nu een belofte, en staat in het grootboek."),
        ConfirmForm,
        _confirm,
        Happened.CONFIRMED,
    ),
    Act(
        "klopt-niet",
        _("Dit klopt niet"),
        _("Stuur terug"),
        _("Dank je wel. De werkplaats schrijft het opnieuw op. Het staat nergens als belofte."),
        DenyForm,
        lambda row, typed, at, channel: actions.deny(row, words=typed["woorden"]),
        is_refusal=True,
    ),
    Act(
        "gedaan",
        _("Het is gedaan"),
        _("Meld als gedaan"),
        _("Dank je wel. Over vier weken vragen we één keer aan wie het kreeg of het te merken is."),
        DoneForm,
        lambda row, typed, at, channel: actions.report_done(row, evidence=typed["bewijs"], at=at),
        Happened.DONE,
    ),
    Act(
        "later",
        _("Het wordt later"),
        _("Zet de nieuwe datum erbij"),
        _("De nieuwe datum staat erbij, met je reden."),
        ExtendForm,
        lambda row, typed, at, channel: actions.extend(row, due_on=typed["klaar"], reason=typed["reden"], at=at),
        Happened.EXTENDED,
    ),
    Act(
        "anders",
        _("We zeggen het anders"),
        _("Zet de nieuwe woorden erbij"),
        _("De nieuwe woorden staan erbij. De oude blijven te lezen."),
        ChangeForm,
        lambda row, typed, at, channel: actions.change(row, wording=typed["woorden"], reason=typed["reden"], at=at),
        Happened.CHANGED,
    ),
    Act(
        "oordeel",
        _("Wat vinden we er zelf van?"),
        _("Geef dit oordeel"),
        _("Jullie oordeel staat erbij."),
        MakerVerdictForm,
        _verdict,
        Happened.MAKER_VERDICT,
    ),
    Act(
        "intrekken",
        _("We trekken het in"),
        _("Trek in"),
        _("De belofte is ingetrokken. Ze blijft te lezen, met je reden."),
        WithdrawForm,
        lambda row, typed, at, channel: actions.withdraw(row, reason=typed["reden"], at=at),
        Happened.WITHDRAWN,
        is_refusal=True,
    ),
)
BY_NAME = {act.name: act for act in ACTS}


def panels(row: Promise, *, today: date, bound: tuple[str, forms.Form] | None = None) -> list[Panel]:
    """The acts that are possible now; `bound`: the one that was sent but could not be done, with what was typed."""
    state, kind = State(row.state), Kind(row.kind)
    return [
        Panel(act, bound[1], is_open=True) if bound and bound[0] == act.name else Panel(act, act.form(), is_open=False)
        for act in ACTS
        if _is_possible(act, row, state=state, kind=kind, today=today)
    ]


def _is_possible(act: Act, row: Promise, *, state: State, kind: Kind, today: date) -> bool:
    if act.happened is None:
        return state is State.DRAFT
    if act.happened is Happened.MAKER_VERDICT and not may_be_judged(row.due_on, state=state, kind=kind, today=today):
        return False
    return may_happen(act.happened, state=state, kind=kind)
