"""What a person is told when something cannot happen to a promise. Nothing changed then."""

from datetime import date

from django.utils.translation import gettext as _

from werkplaats.kit.dates import written
from werkplaats.kit.refusal import Refusal
from werkplaats.promises.rules import State


class AlreadyConfirmed(Refusal):
    """The link was opened twice, or somebody else was first."""

    def __init__(self, on: date | None) -> None:
        day = written(on) if on else _("een eerdere dag")
        super().__init__(_("Op deze belofte is al ja gezegd, op %(on)s. Er is niets veranderd.") % {"on": day})


class NotNow(Refusal):
    """The state of the promise does not allow it."""

    def __init__(self, state: State) -> None:
        sentences = {
            State.DRAFT: _("Dit is nog geen belofte: wie het zei, heeft nog geen ja gezegd."),
            State.DENIED: _("Wie het zei, zegt dat het zo niet klopt. Schrijf het eerst opnieuw op."),
            State.RUNNING: _("Dat kan nu niet bij deze belofte. Er is niets veranderd."),
            State.DONE: _("Deze belofte is al gemeld als gedaan. Er is niets veranderd."),
            State.WITHDRAWN: _("Deze belofte is ingetrokken. Er is niets veranderd."),
        }
        super().__init__(sentences[state])


class NothingToJudge(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Er valt nog niets te oordelen. Dat kan als het gedaan is, of als de datum voorbij is."))


class DueInThePast(Refusal):
    def __init__(self) -> None:
        super().__init__(
            _("Die dag is al voorbij. Kies een dag die nog komt, of laat de datum leeg: nog af te spreken.")
        )


class NoDayTold(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Bij een andere datum hoort een dag. Vul die in."))


class NoReceiver(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Een belofte is voor iemand. Vul in voor wie, of kies een partij."))


class NotForYou(Refusal):
    """A verdict from a receipt, table or party that is no receiver of this promise."""

    def __init__(self) -> None:
        super().__init__(_("Over deze belofte kan alleen oordelen voor wie ze is. Met deze code kan dat niet."))


class NothingNew(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Dit stond er al zo. Er is niets veranderd."))


class NothingToErase(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Deze woorden staan er niet, of ze zijn al gewist."))


class LedgerDiffers(Refusal):
    """A ledger that comes in is altered, or does not go on from the one that is here."""

    def __init__(self, number: int) -> None:
        super().__init__(
            _("Dit grootboek is niet overgenomen: gebeurtenis %(number)d klopt niet, of is hier anders.")
            % {"number": number}
        )
