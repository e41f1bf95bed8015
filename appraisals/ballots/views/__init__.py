"""Pages of a ballot, one file a topic."""
