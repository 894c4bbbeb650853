"""The entrance for gunicorn: ``gunicorn werkplaats.config.wsgi``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "werkplaats.config.settings")
application = get_wsgi_application()

from werkplaats.search.analysis import warm  # noqa: E402  # its models are there only now

warm()
