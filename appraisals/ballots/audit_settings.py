"""Django's settings for whoever audits an archive with a copy of the portal: no server, no database, no secret."""

INSTALLED_APPS = ["appraisals.ballots.apps.AuditConfig"]
USE_I18N = False
