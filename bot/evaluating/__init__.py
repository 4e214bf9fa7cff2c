"""Labelled questions put to the bot: how many it gets right, and where it fails."""
