#!/usr/bin/env python
"""Django's commands for this portal; a wrong setting is one line, not a traceback."""

import os
import sys

# What reads nothing but a file must work for anybody with a copy of the portal, who has no server's settings.
OWN_SETTINGS = {"verify_ballots": "appraisals.ballots.audit_settings"}


def main() -> None:
    settings = OWN_SETTINGS.get(sys.argv[1] if len(sys.argv) > 1 else "", "branch_portal.settings")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings)
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
    except ImportError:
        sys.exit("Django is not installed here: run `make run` once, then use .venv/bin/python manage.py …")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"Settings: {error}")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:  # asked to stop, as the clock beside the server is
        sys.exit(130)
