"""``python -m werkplaats COMMAND``: the same commands as ``manage.py``, also when installed from a wheel."""

import os
import sys

from django.core.management import execute_from_command_line

from werkplaats.config.env import BadSetting


def main() -> None:
    """Runs one command. A setting that cannot be read ends with one clear line instead of a trace."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "werkplaats.config.settings")
    try:
        execute_from_command_line(sys.argv)
    except BadSetting as refusal:
        sys.exit(f"Settings: {refusal}")


if __name__ == "__main__":
    main()
