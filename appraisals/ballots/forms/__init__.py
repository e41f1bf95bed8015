"""What may be typed on the pages of a ballot."""
