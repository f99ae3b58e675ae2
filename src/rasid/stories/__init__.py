"""Many reports, one event: which articles are copies of one text, and which of their events are one act."""
