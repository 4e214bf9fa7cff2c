"""Everything that can go wrong and be told to a person in one sentence."""

from __future__ import annotations


class BotError(Exception):
    """Its text is fit to be shown: it says what is wrong and what to do."""


class KnowledgeError(BotError):
    """The knowledge cannot be read as it is."""


class SettingsError(BotError):
    """A setting is missing or makes no sense."""


class StoreError(BotError):
    """The database cannot be read or written; what was to be written is not."""
