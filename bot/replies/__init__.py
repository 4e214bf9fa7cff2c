"""From an Answer to what a person reads: blocks first, then HTML for Telegram or plain text."""
