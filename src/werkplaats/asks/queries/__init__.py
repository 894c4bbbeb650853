"""Reads of asks and voices, to frozen records. Only `desk` gives a voice's own words, and only the team comes there."""

from werkplaats.asks.queries.asks import MOST_DAYS as MOST_DAYS
from werkplaats.asks.queries.asks import ask as ask
from werkplaats.asks.queries.asks import ask_lines as ask_lines
from werkplaats.asks.queries.asks import ask_of as ask_of
from werkplaats.asks.queries.asks import askers as askers
from werkplaats.asks.queries.asks import gatherers as gatherers
from werkplaats.asks.queries.asks import initiatives as initiatives
from werkplaats.asks.queries.asks import open_asks as open_asks
from werkplaats.asks.queries.asks import standing_key as standing_key
from werkplaats.asks.queries.asks import waiting as waiting
from werkplaats.asks.queries.desk import known_names as known_names
from werkplaats.asks.queries.desk import standing_of_desk as standing_of_desk
from werkplaats.asks.queries.desk import to_look_at as to_look_at
from werkplaats.asks.queries.desk import to_reply as to_reply
from werkplaats.asks.queries.load import load as load
from werkplaats.asks.queries.load import reports as reports
from werkplaats.asks.queries.through import waits_through as waits_through
from werkplaats.asks.queries.voices import public_page as public_page
from werkplaats.asks.queries.voices import public_voices as public_voices
from werkplaats.asks.queries.voices import receipt as receipt
from werkplaats.asks.queries.voices import shown as shown
