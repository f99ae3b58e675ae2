"""What a record is for: relations between two actors over time, agreements, people's words, claims, charts, watches."""
