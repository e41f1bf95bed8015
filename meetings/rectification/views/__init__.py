"""Request in, response out. Every view fetches through ``visible_to``: what is not to be seen is not found."""
