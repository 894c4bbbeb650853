"""What happens in a conversation: one atomic function per event."""

from werkplaats.conversations.actions.computing import is_due as is_due
from werkplaats.conversations.actions.computing import keep_queues as keep_queues
from werkplaats.conversations.actions.computing import keep_result as keep_result
from werkplaats.conversations.actions.computing import settle as settle
from werkplaats.conversations.actions.exchanging import bring_in as bring_in
from werkplaats.conversations.actions.exchanging import take_out as take_out
from werkplaats.conversations.actions.indexing import show_all as show_all
from werkplaats.conversations.actions.making import add_statements as add_statements
from werkplaats.conversations.actions.making import begin_conversation as begin_conversation
from werkplaats.conversations.actions.making import give_results_back as give_results_back
from werkplaats.conversations.actions.stating import accept as accept
from werkplaats.conversations.actions.stating import give_statement as give_statement
from werkplaats.conversations.actions.stating import refuse as refuse
from werkplaats.conversations.actions.taking_part import make_codes as make_codes
from werkplaats.conversations.actions.taking_part import say_kind as say_kind
from werkplaats.conversations.actions.taking_part import take_part as take_part
from werkplaats.conversations.actions.taking_part import withdraw as withdraw
from werkplaats.conversations.actions.voting import keep_first as keep_first
from werkplaats.conversations.actions.voting import type_in as type_in
from werkplaats.conversations.actions.voting import vote as vote
