"""Archives to shards on many processes or machines: the same coder, mapped over parts of the input. `rasid cluster` runs it."""
