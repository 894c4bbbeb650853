"""The entrance for gunicorn: ``gunicorn werkplaats.config.wsgi``."""

import gc
import os
import sys

from django.core.wsgi import get_wsgi_application

SWITCH_SECONDS = 0.0005
"""So long one thread computes before another gets its turn. Who holds the lock of the writers waits for a turn after each look
at the disk: at Python's own 5 ms a full hall piles up behind it."""

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "werkplaats.config.settings")
application = get_wsgi_application()

from werkplaats.search.analysis import warm  # noqa: E402  # its models are there only now

warm()
sys.setswitchinterval(SWITCH_SECONDS)
gc.freeze()  # what was loaded stays: it need not be looked through for garbage again and again
