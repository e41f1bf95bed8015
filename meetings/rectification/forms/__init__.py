"""What may be typed about entries and tasks."""
