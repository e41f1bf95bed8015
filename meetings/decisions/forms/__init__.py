"""What is typed about decisions, by topic."""
