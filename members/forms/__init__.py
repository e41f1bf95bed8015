"""What may be typed about people: their records, posts and groups, the branch, accounts."""
