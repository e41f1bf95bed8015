"""Request in, response out. People are fetched through ``visible_to``: whom one may not see is not found."""
