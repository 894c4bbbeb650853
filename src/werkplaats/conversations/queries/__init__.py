"""Reads of conversations, to frozen records. What one participant said is read by `voting` only, for that participant alone."""

from werkplaats.conversations.queries.conversations import OF_ASK_TEMPLATE as OF_ASK_TEMPLATE
from werkplaats.conversations.queries.conversations import asks_without as asks_without
from werkplaats.conversations.queries.conversations import conversation_lines as conversation_lines
from werkplaats.conversations.queries.conversations import conversations_of_issue as conversations_of_issue
from werkplaats.conversations.queries.conversations import has_conversation as has_conversation
from werkplaats.conversations.queries.conversations import material as material
from werkplaats.conversations.queries.conversations import people_in as people_in
from werkplaats.conversations.queries.conversations import statements as statements
from werkplaats.conversations.queries.missing import areas_asked as areas_asked
from werkplaats.conversations.queries.results import results as results
from werkplaats.conversations.queries.taking_out import places as places
from werkplaats.conversations.queries.taking_out import taken_out as taken_out
from werkplaats.conversations.queries.voting import own_statements as own_statements
from werkplaats.conversations.queries.voting import own_votes as own_votes
from werkplaats.conversations.queries.voting import participant_of as participant_of
from werkplaats.conversations.queries.voting import to_show as to_show
