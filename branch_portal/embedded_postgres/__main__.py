"""Runs one of PostgreSQL's own programs on the server of a data folder, for backups and for looking around:

    python -m branch_portal.embedded_postgres var/pg pg_dump --format=custom > portal.dump

Without a program the server is only stopped, unless somebody uses it.
"""

import os
import subprocess
import sys

from . import places
from .cluster import ClusterError, cluster_at


def main(home: str, program: str = "", *arguments: str) -> int:
    cluster = cluster_at(home)
    cluster.hold()  # and at the end let go, perhaps as the last
    if not program:
        return 0
    address = {"PGHOST": str(cluster.sockets), "PGPORT": str(places.PORT)}
    account = {"PGUSER": "postgres", "PGDATABASE": "postgres"}
    command = [cluster.program(program), *arguments]
    return subprocess.run(command, env={**os.environ, **address, **account}, check=False).returncode


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:]))
    except ClusterError as error:
        sys.exit(str(error))
