"""From a person's words to an Answer: pure functions of the knowledge, no I/O and no clock."""
