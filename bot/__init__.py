"""A Telegram bot that answers questions on releasing a tight psoas."""
