"""Stops the server of a data folder, unless it is in use: python -m branch_portal.embedded_postgres HOME"""

import sys

from .cluster import cluster_at

cluster_at(sys.argv[1]).hold()  # and lets go at once, perhaps as the last
