"""What the bot does with each kind of update: take the text, call the core, render, send."""
