"""What the library tells a conversation, and the files of Polis that it writes."""

from werkplaats.conversations.analysis.opinions import CLOSE as CLOSE
from werkplaats.conversations.analysis.opinions import Found as Found
from werkplaats.conversations.analysis.opinions import language_of as language_of
from werkplaats.conversations.analysis.opinions import similar as similar
from werkplaats.conversations.analysis.polis import write_polis as write_polis
