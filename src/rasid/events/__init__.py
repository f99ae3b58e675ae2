"""From clauses to events."""
