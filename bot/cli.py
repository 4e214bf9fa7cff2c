"""The command line: ask, chat, check, evaluate, collisions, schema, qr, run."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.answering.answer import Answerer
from bot.answering.answers import Answer
from bot.errors import BotError
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.loader import load
from bot.learned import open_answerer
from bot.replies import pages
from bot.replies.actions import decode
from bot.replies.compose import reply_to
from bot.replies.jsonable import jsonable
from bot.replies.plain import Style, plain
from bot.replies.reply import Button, Items, Reply
from bot.replies.talk import Talk
from bot.settings import Settings, language_folder, read

HERE = "terminal"  # the one conversation there is
NEW = "/new"
WIDEST = 88  # columns: longer lines are hard to read, however wide the terminal


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; the exit status. Whatever is wrong is told in a line on stderr."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.command(options))
    except BotError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of our output has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("psoas-bot", description="Answers on a tight psoas.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    ask = commands.add_parser("ask", help="answer one question, or one a line with --json")
    ask.add_argument("question", nargs="*", help="the question; with --json read from stdin")
    ask.add_argument("--json", action="store_true", help="one JSON object a line for each line in")
    ask.set_defaults(command=_ask)
    chat = commands.add_parser("chat", help="talk to the bot; /new starts another conversation")
    chat.add_argument("--json", action="store_true", help="one JSON object a line for each line in")
    chat.set_defaults(command=_chat)
    check = commands.add_parser("check", help="look for faults in the knowledge")
    check.add_argument("folder", nargs="?", type=Path, help="a folder of knowledge")
    check.set_defaults(command=_check)
    evaluate = commands.add_parser("evaluate", help="measure the answers to labelled questions")
    evaluate.add_argument("files", nargs="+", type=Path, metavar="FILE")
    evaluate.add_argument("--typos", action="store_true", help="with slips of the finger in each")
    evaluate.set_defaults(command=_evaluate)
    collide = commands.add_parser("collisions", help="entries whose phrases are too close")
    collide.set_defaults(command=_collisions)
    schema = commands.add_parser("schema", help="write the JSON Schemas that editors use")
    schema.add_argument("folder", type=Path, help="where to write them")
    schema.set_defaults(command=_schema)
    qr = commands.add_parser("qr", help="make a poster with a QR code, as PNG and SVG")
    qr.add_argument("what", nargs="+", help="the id of an entry, or remind, or group")
    qr.add_argument("--bot", metavar="NAME", help="its username; asked from Telegram without")
    qr.add_argument("--out", type=Path, default=Path(), metavar="FOLDER", help="where to put it")
    qr.add_argument("--font", type=Path, metavar="FILE", help="letters beyond those of English")
    qr.set_defaults(command=_qr)
    run = commands.add_parser("run", help="answer on Telegram")
    run.set_defaults(command=_run)
    return parser


def _ask(options: argparse.Namespace) -> int:
    if not options.question and not options.json:
        raise BotError('Ask something: psoas-bot ask "how do I stretch my psoas"')
    answerer = _answerer()
    if not options.json:
        answered = _answered(Talk(answerer), Reply(()), " ".join(options.question))
        _say(answerer.knowledge, answered)
        return 0
    asked = [" ".join(options.question)] if options.question else _messages()
    for message in asked:
        answer = answerer.answer(message)
        print(_line(message, answer, reply_to(answerer.knowledge, answer)), flush=True)
    return 0


def _chat(options: argparse.Namespace) -> int:
    talk = Talk(_answerer())
    prompt = sys.stdin.isatty() and not options.json
    shown = Reply(())
    if prompt:
        shown = _say(talk.knowledge, pages.start(talk.knowledge))
    for message in _prompted() if prompt else _messages():
        if message == NEW:
            talk.forget(HERE)
            shown = Reply(())
        elif options.json:
            answer, reply = talk.says(HERE, message, datetime.now(UTC))
            print(_line(message, answer, reply), flush=True)
        else:
            shown = _say(talk.knowledge, _answered(talk, shown, message))
    return 0


def _check(options: argparse.Namespace) -> int:
    from bot.check import sound

    chosen = language_folder(options.folder) if options.folder else read().language_folder
    knowledge = sound(chosen)
    counted = f"{len(list(knowledge.entries()))} entries in {chosen}"
    print(f"{counted}: no fault found")
    return 0


def _evaluate(options: argparse.Namespace) -> int:
    from bot.evaluating.evaluation import evaluate, lines, mistyped_all
    from bot.evaluating.questions import read_questions

    questions = list(read_questions(options.files))
    asked = mistyped_all(questions) if options.typos else questions
    for line in lines(evaluate(_answerer(), asked)):
        print(line)
    return 0


def _collisions(_: argparse.Namespace) -> int:
    from bot.evaluating.collisions import collisions, lines

    for line in lines(collisions(_answerer())):
        print(line)
    return 0


def _schema(options: argparse.Namespace) -> int:
    from bot.knowledge.schema import schemas

    options.folder.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas().items():
        path = options.folder / f"{name}.json"
        path.write_text(json.dumps(schema, indent=2) + "\n", encoding="utf-8")
        print(path)
    return 0


def _qr(options: argparse.Namespace) -> int:
    from bot.posters.content import chosen, content
    from bot.posters.poster import write_poster

    settings = read()
    knowledge = load(settings.language_folder, examples=False)
    what = chosen(knowledge, " ".join(options.what))
    shown = content(knowledge, what, _username(settings) if options.bot is None else options.bot)
    for path in write_poster(shown, what, options.out, options.font):
        print(path)
    print(shown.link)
    return 0


def _username(settings: Settings) -> str:
    from bot.reaching import username

    return username(settings)


def _run(_: argparse.Namespace) -> int:
    from bot.app import run

    return run(read())


def _answerer() -> Answerer:
    return open_answerer(load(read().language_folder, examples=False))


def _messages() -> Iterator[str]:
    """A message for each line of stdin: the "text" of a JSON object, or else the line itself."""
    for line in sys.stdin.buffer:
        yield _message(line.decode("utf-8", "replace").rstrip("\r\n"))


def _prompted() -> Iterator[str]:
    while True:
        try:
            yield input("\n> ")
        except EOFError:
            print()
            return


def _message(line: str) -> str:
    if line.startswith("{"):
        try:
            text = json.loads(line)["text"]
        except (ValueError, KeyError, TypeError):
            return line
        if isinstance(text, str):
            return text
    return line


def _answered(talk: Talk, shown: Reply, message: str) -> Reply:
    """The reply to a line typed: the choice of a button, a command, or anything else."""
    now = datetime.now(UTC)
    button = _chosen(shown, message)
    if button:
        return talk.presses(HERE, decode(button.data), now)
    command = message.strip().removeprefix("/") if message.startswith("/") else None
    if command in pages.COMMANDS:
        return talk.page(HERE, command, now)
    return talk.says(HERE, message, now)[1]


def _line(message: str, answer: Answer, reply: Reply) -> str:
    return json.dumps(jsonable(message, answer, plain(reply)), ensure_ascii=False)


def _chosen(shown: Reply, message: str) -> Button | None:
    """The button under the last reply that `message` names, by its number or its text."""
    buttons = [button for row in shown.buttons for button in row]
    named = {str(number): button for number, button in enumerate(buttons, 1)}
    named |= {button.text.casefold(): button for button in buttons}
    return named.get(message.strip().casefold())


def _say(knowledge: Knowledge, reply: Reply) -> Reply:
    """Prints `reply` at the terminal's width; with colour on a terminal that wants it."""
    labels = tuple(button.text for row in reply.buttons for button in row)
    options = Items(labels, knowledge.messages.menu.options, numbered=True)
    shown = Reply((*reply.blocks[:-1], options, *reply.blocks[-1:])) if labels else reply
    width = min(shutil.get_terminal_size().columns, WIDEST)
    if sys.stdout.isatty() and not os.environ.get("NO_COLOR"):
        print(plain(shown, width, _styled("1"), _styled("33")), flush=True)
    else:
        print(plain(shown, width), flush=True)
    return reply


def _styled(code: str) -> Style:
    return lambda text: f"\x1b[{code}m{text}\x1b[0m"
