"""Sets the portal up and runs it: what ``make`` calls, on nothing but Python's standard library.

    python3 -m branch_portal.launch run | test | lint | format | lock | build | bench | manage …

``__main__`` has the commands, ``installation`` makes what they need (each step only when its inputs changed),
``server`` serves, ``checks`` tests, ``console`` runs programs and says one line for each.
"""
