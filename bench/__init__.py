"""``make bench``: what the portal's pages cost, small beside large in one run. Nothing here passes or fails."""
