"""What a person may type to ask, to give, to answer and to report."""

from werkplaats.asks.forms.asking import AskForm as AskForm
from werkplaats.asks.forms.asking import CheckForm as CheckForm
from werkplaats.asks.forms.asking import FirstForm as FirstForm
from werkplaats.asks.forms.asking import GiveBackForm as GiveBackForm
from werkplaats.asks.forms.asking import LateForm as LateForm
from werkplaats.asks.forms.asking import LookForm as LookForm
from werkplaats.asks.forms.asking import ReplyForm as ReplyForm
from werkplaats.asks.forms.asking import ReportForm as ReportForm
from werkplaats.asks.forms.giving import CardForm as CardForm
from werkplaats.asks.forms.giving import GiveForm as GiveForm
from werkplaats.asks.forms.giving import ImportForm as ImportForm
from werkplaats.asks.forms.giving import SlipsForm as SlipsForm
