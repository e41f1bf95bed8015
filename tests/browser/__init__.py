"""Journeys that cross pages, in a real browser."""
