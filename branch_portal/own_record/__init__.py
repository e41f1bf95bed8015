"""Everybody's own pages: the record as the branch keeps it, what one may ask to be changed, all of it to take away.

Owns no tables. Asks members, meetings and appraisals for what they hold about one person; nobody imports it but the urls.
"""
