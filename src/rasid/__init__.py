"""rasid reads Arabic news and keeps the record of the political events in it."""
