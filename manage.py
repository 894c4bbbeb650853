#!/usr/bin/env python3
"""The commands of the platform, from a checkout: ``python manage.py run``."""

from werkplaats.__main__ import main

if __name__ == "__main__":
    main()
