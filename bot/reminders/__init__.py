"""Daily reminders: what people wish, in words."""
