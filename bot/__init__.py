"""A Telegram bot that answers questions on releasing a tight psoas: the map of the package.

A message walks one straight line: a handler (or the command line, cli.py) takes the text;
`answering` reads it with the eyes of one `knowledge` (text, spelling, signs), looks for red flags
(triage, screening), ranks the entries (matcher) and decides on one Answer (answer.py); `replies`
turns the Answer into blocks and buttons, and those into HTML or plain text; the handler sends it.
A reminder walks another: `reminders` reads the wish (wording), grants it (desk) and keeps it as a
row (subscriptions); a tick claims what is due (queue, delivery), a session is composed, and the
poster sends it at the pacer's pace.
`app.py` puts the real things together for Telegram, `learned.py` keeps what the models have learnt,
`check.py` and `evaluating` say what is wrong with the knowledge and how well it answers, and
`posters` prints QR codes that lead to it.
"""
