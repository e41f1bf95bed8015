"""Whoever rests something on a ballot's result may object to its becoming void, without the ballot knowing who that is."""

from django.dispatch import Signal

# Sent with ``ballot``, locked, within the transaction that makes it void; a receiver objects with a ValidationError.
about_to_be_void = Signal()
