"""Request in, response out; what is not to be seen is not found."""
