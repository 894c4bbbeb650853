"""Who may bring in and take out a workshop's own data, and what a folder leaves behind."""

from enum import StrEnum

from werkplaats.accounts.rules import COORDINATORS, Verb

BRING_IN = Verb("exchange.bring_in", COORDINATORS)
TAKE_OUT = Verb("exchange.take_out", COORDINATORS)

BRINGING = "exchange.bring_in"
"""The slow work that reads the documents and folders of a confirmed batch."""


class Extent(StrEnum):
    """How much of a workshop goes into a folder."""

    WHOLE = "whole"
    WITHOUT_VOICES = "without_voices"
    """Without what residents gave, without people, codes and readers: what a colleague elsewhere may have."""


PRIVATE_TABLES = frozenset(
    {
        *("people", "consents", "memberships", "voices", "voice_issues", "reply_voices", "catches"),
        *("slips", "reported", "readers", "choices", "follows", "messages", "questions", "codes", "take_overs"),
        *("hand_overs", "askings", "sides", "moves", "participants", "statements", "votes"),
        *("attempts", "attempt_proofs", "mirrors", "snapshots", "snapshot_items", "snapshot_events"),
        *("shown_figures", "rejoinders", "sides_by_side", "check_outs"),
        *("guests", "table_draws", "lots"),
        *("introductions", "matches", "match_sides"),
    }
)
"""Tables that stay at home with `Extent.WITHOUT_VOICES`; so do the rows of others that point at a voice or catch.

Mirrors are among them: who may read one is decided here.
"""

COMPUTED = "is computed again from what is loaded"
OF_A_MACHINE = "belongs to a machine: who may come in there, is decided there"
LEFT_OUT = {
    "accounts.Account": OF_A_MACHINE,
    "accounts.Role": OF_A_MACHINE,
    "kit.Claim": "is the work of one machine in progress",
    "exchange.Batch": "is what was brought in on one machine, its receipt included",
    "exchange.Upload": "is what was brought in on one machine, its receipt included",
    "search.Vector": COMPUTED,
    "search.Entry": COMPUTED,
    "search.Index": COMPUTED,
    "neighbourhoods.Network": COMPUTED,
    "neighbourhoods.Position": COMPUTED,
    "neighbourhoods.DrawnNetwork": COMPUTED,
    "sources.Page": "is read again from the document",
    "sources.Fragment": "is cut again from the document; what people rest on stands in issue_fragments.csv",
    "sources.SaidBefore": COMPUTED,
    "sources.Saying": COMPUTED,
    "sources.Alike": COMPUTED,
    "sources.Library": COMPUTED,
    "issues.SuggestedFragment": COMPUTED,
    "issues.Agenda": COMPUTED,
    "chains.Lane": "stands in the steps that are done in it",
    "promises.Event": "stands in the ledger, word for word",
    "promises.EventText": "stands in the ledger, word for word",
    "promises.Verdict": "follows from the ledger",
    "promises.Reminded": "is when one machine last looked; who was told what stands in messages",
    "conversations.Result": COMPUTED,
    "defrag.Bench": COMPUTED,
    "dependence.Matching": COMPUTED,
}
"""Models that no table of a folder holds, each with why."""

LEFT_OUT_FIELDS = {
    "sort_name": "is made from the name",
    "stale_since": "asks the machine for work",
    "accounts.Person.account": OF_A_MACHINE,
    "conversations.Participant.queue": COMPUTED,
    "conversations.Statement.fragment": "is cut again from the document; its words are those of the statement",
    "sources.Source.file": "is the document itself",
    "sources.Source.media_type": "is told by the document itself",
    "sources.Source.sha256": "is told by the document itself",
}
"""Fields that no column holds, by name or by ``app.Model.field``, each with why. So is every field that names an account."""
