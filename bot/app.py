"""The composition root: the real things are chosen here, and the handlers are put in order."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
from collections.abc import Callable, Coroutine, Mapping
from datetime import timedelta
from typing import Any

from telegram import (
    LinkPreviewOptions,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    NetworkError,
    TelegramError,
)
from telegram.ext import Application, Defaults

from bot.answering.answer import Answerer
from bot.check import sound
from bot.errors import BotError, KnowledgeError, SettingsError
from bot.handlers import commands, gate, groups, house, inline, membership, questions, reminders
from bot.handlers.context import TYPES, App, Context, utc_now
from bot.handlers.hearing import Hearing
from bot.handlers.hosting import Hosting
from bot.handlers.keeper import BoardKeeper
from bot.handlers.manners import Manners
from bot.handlers.noticeboard import Noticeboard
from bot.handlers.pacer import Pacer
from bot.handlers.posting import Poster, may_not_write
from bot.handlers.receiving import Receiving, forgive_at_the_webhook
from bot.handlers.turns import InTurns
from bot.handlers.windows import Limits
from bot.learned import open_answerer
from bot.profile import introduce
from bot.reaching import reach_telegram
from bot.reminders.boards import Boards
from bot.reminders.database import Database, open_database
from bot.reminders.delivery import Delivery
from bot.reminders.queue import Queue
from bot.reminders.rulebook import Rulebook
from bot.reminders.subscriptions import Subscriptions
from bot.replies.inline import Lists
from bot.replies.talk import Talk
from bot.settings import Settings

log = logging.getLogger(__name__)

UPDATES = [
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.MY_CHAT_MEMBER,
    Update.INLINE_QUERY,
    Update.GUEST_MESSAGE,
]
MISSING = """\
There is no TELEGRAM_BOT_TOKEN. Get one from @BotFather on Telegram (send it /newbot), and write it
into a file .env in this folder:
    TELEGRAM_BOT_TOKEN=123456:your-token
Without Telegram the bot answers here: psoas-bot ask "how do I stretch my psoas\""""
SECOND_INSTANCE = """\
Another program is asking Telegram for the messages of this bot. Stop the other one: a token serves
one running bot at a time."""


def run(settings: Settings) -> int:
    """Answers on Telegram until told to stop; the exit status."""
    _log_to_stderr(settings.log_level)
    if settings.telegram_bot_token is None:
        raise SettingsError(MISSING)
    token = settings.telegram_bot_token.get_secret_value()
    answers = _opened(settings)
    database = open_database(settings.database_url)
    gc.freeze()  # the knowledge stays: looking through it for garbage would only delay answers
    asyncio.run(reach_telegram(token, settings.telegram_api_url))
    app = build(settings, token, answers, database)
    _listen(app, settings)
    database.close()
    if app.bot_data.failure:
        raise BotError(app.bot_data.failure)
    return 0


def build(
    settings: Settings, token: str, answers: Mapping[str, Answerer], database: Database
) -> App:
    """The application with its handlers, ready to run.

    `answers` are those in each language, the bot's own first.
    """
    limits = Limits(overall=settings.messages_per_second)
    app: App = (
        Application.builder()
        .token(token)
        .base_url(f"{settings.telegram_api_url}/bot")
        .base_file_url(f"{settings.telegram_api_url}/file/bot")
        .get_updates_request(Receiving(connection_pool_size=1))
        .defaults(_defaults())
        .context_types(TYPES)
        .concurrent_updates(InTurns())
        .rate_limiter(Pacer(limits))
        .job_queue(None)
        .post_init(_start(settings, database))
        .post_stop(_stop)
        .build()
    )
    boards = Boards(database)
    hearing = Hearing(Talk(next(iter(answers.values()))), Subscriptions(database))
    app.bot_data.hearing = hearing
    app.bot_data.hosting = Hosting(hearing.notebook, Rulebook(database), boards)
    app.bot_data.keeper = BoardKeeper(boards, Noticeboard(app), utc_now)
    app.bot_data.manners = Manners()
    _speak(app, answers)
    # The first handler that wants an update has it: what is for nobody, then what is said in a chat
    # of other people, which may be a private one; commands and places before free text; what is
    # pressed in groups before what is pressed in private.
    app.add_handlers([*gate.HANDLERS, *inline.HANDLERS, *commands.HANDLERS, *reminders.HANDLERS])
    app.add_handlers([*groups.PRESSES, *house.HANDLERS, *questions.HANDLERS, *groups.HANDLERS])
    app.add_handlers(membership.HANDLERS)
    app.add_error_handler(_on_error)
    return app


def _opened(settings: Settings) -> dict[str, Answerer]:
    """Answerers by the names of their languages' folders. Raises KnowledgeError."""
    return {f.name: open_answerer(sound(f)) for f in settings.language_folders}


def _speak(app: App, answers: Mapping[str, Answerer]) -> None:
    """Puts these in the place of what the bot knew before."""
    own, *others = answers.values()
    talk = Talk(own)
    app.bot_data.hearing.talk = talk
    app.bot_data.lists = Lists(own)
    talks = (talk, *(Talk(other, talk.conversations) for other in others))
    app.bot_data.hosting.tongues = dict(zip(answers, talks, strict=True))


def _listen(app: App, settings: Settings) -> None:
    if settings.webhook_url is None:
        app.run_polling(allowed_updates=UPDATES)
        return
    host, _, port = settings.webhook_listen.rpartition(":")
    secret = settings.webhook_secret
    forgive_at_the_webhook()
    app.run_webhook(
        listen=host,
        port=int(port),
        webhook_url=settings.webhook_url,
        secret_token=secret.get_secret_value() if secret else None,
        allowed_updates=UPDATES,
    )


def _defaults() -> Defaults:
    return Defaults(
        parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
    )


def _start(settings: Settings, database: Database) -> Callable[[App], Coroutine[Any, Any, None]]:
    """What PTB does between connecting and listening."""

    async def start(app: App) -> None:
        if hasattr(signal, "SIGHUP"):  # not on Windows
            loop = asyncio.get_running_loop()
            loop.add_signal_handler(
                signal.SIGHUP, lambda: app.create_task(_read_again(app, settings))
            )
        app.bot_data.working = (
            asyncio.create_task(_deliver(app, settings, database)),
            asyncio.create_task(app.bot_data.keeper.run()),
        )
        try:
            await introduce(app)
        except TelegramError as error:
            log.warning("commands and descriptions not set: %s", error)

    return start


async def _deliver(app: App, settings: Settings, database: Database) -> None:
    """Sends reminders until cancelled."""
    queue = Queue(database, timedelta(minutes=settings.reminder_grace_minutes))
    poster = Poster(app, utc_now, paid=settings.paid_broadcast)
    await Delivery(queue, poster, utc_now, in_flight=settings.reminders_in_flight).run()


async def _stop(app: App) -> None:
    """Lets the reminders that are on their way arrive, and begins no more."""
    for task in app.bot_data.working:
        task.cancel()
    await asyncio.gather(*app.bot_data.working, return_exceptions=True)


async def _read_again(app: App, settings: Settings) -> None:
    """Puts the changed knowledge in place of the old, or keeps the old when the new is broken."""
    old = app.bot_data.hearing.talk.knowledge.version
    try:
        new = await asyncio.to_thread(lambda: _opened(settings))
    except KnowledgeError as error:
        # Its text is the list of faults; where it was raised says nothing.
        log.error("knowledge kept at %s, the new has faults:\n%s", old, error)  # noqa: TRY400
        return
    _speak(app, new)
    version = app.bot_data.hearing.talk.knowledge.version
    log.info("knowledge read again: %s -> %s", old, version)


async def _on_error(update: object, context: Context) -> None:
    if isinstance(context.error, Conflict):
        context.bot_data.failure = SECOND_INSTANCE
        context.application.stop_running()
    elif isinstance(context.error, ChatMigrated) and isinstance(update, Update):
        await _follow_group(update, context.error.new_chat_id, context)
    elif isinstance(context.error, Forbidden):
        log.info("not delivered: the person has blocked the bot or is gone")
    elif isinstance(context.error, BadRequest) and may_not_write(context.error):
        log.info("not delivered: %s", context.error)
    elif isinstance(context.error, NetworkError) and update is None:
        log.warning("no answer while waiting for messages: %s", context.error)
    else:
        update_id = update.update_id if isinstance(update, Update) else None
        log.error("update failed: update=%s", update_id, exc_info=context.error)


async def _follow_group(update: Update, new: int, context: Context) -> None:
    """What Telegram's refusal tells of a group, where its message on that has not come yet."""
    if update.effective_chat is not None:
        await context.hearing.moves(update.effective_chat.id, new)
        await context.bot_data.keeper.look()


def _log_to_stderr(level: str) -> None:
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    # Their INFO lines hold the address of each request, and the address holds the token.
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
