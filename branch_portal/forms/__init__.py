"""Forms that lose nothing: two people edit the same record, a lost connection, a closed tab.

A leaf package: it imports Django and nothing of the portal.
"""
