"""Runs every measurement on a database of its own and prints one line for each.

python -m bench [words of measurements to run]
"""

from __future__ import annotations

import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"


def main(words: list[str]) -> None:
    import django
    from django.test.utils import get_runner, setup_test_environment

    django.setup()
    from django.conf import settings

    setup_test_environment()
    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        from bench import ballot, casting, duties, imports, pages, people, pictures, workbook

        for module in (pages, duties, workbook, people, pictures, imports, ballot, casting):
            module.measure(words)
    finally:
        runner.teardown_databases(databases)


if __name__ == "__main__":
    main(sys.argv[1:])
