"""Pages of the duty calendar and of its rules."""
