"""What Telegram shows of the bot itself: its commands, for whom, and its descriptions."""

from __future__ import annotations

from telegram import (
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)

from bot.handlers.context import App


async def introduce(app: App) -> None:
    """Tells Telegram what the bot is and which commands it has."""
    profile = app.bot_data.hearing.talk.knowledge.messages.profile
    shown = (
        (BotCommandScopeAllPrivateChats(), profile.commands),
        (BotCommandScopeAllGroupChats(), profile.group_commands),
        (BotCommandScopeAllChatAdministrators(), profile.administrator_commands),
    )
    for scope, named in shown:
        await app.bot.set_my_commands([BotCommand(n, t) for n, t in named.items()], scope=scope)
    await app.bot.set_my_short_description(profile.short_description)
    await app.bot.set_my_description(profile.description)
