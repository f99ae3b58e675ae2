"""Pages from the web: politely, conditionally, and never from private addresses."""
