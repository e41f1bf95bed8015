"""What may be typed about a meeting: its plan, the rows of its record, reasons for big steps."""
