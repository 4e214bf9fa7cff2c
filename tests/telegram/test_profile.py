"""Commands, name, descriptions and the menu button."""

import pytest
import telegram
from telegram import BotCommandScopeAllPrivateChats, BotCommandScopeChat
from telegram.error import BadRequest

from tests.telegram import FakeTelegram, Person

START = [("start", "Begin")]


async def test_commands_belong_to_a_scope_and_a_language(bot: telegram.Bot, ada: Person) -> None:
    await ada.says("hello")
    private = BotCommandScopeAllPrivateChats()
    await bot.set_my_commands(START)
    assert ada.commands_shown() == START
    await bot.set_my_commands([("stop", "End")], scope=private, language_code="en")
    await bot.set_my_commands([("halt", "Ende")], scope=private, language_code="de")
    assert ada.commands_shown() == [("stop", "End")]
    assert await bot.get_my_commands(scope=private) == ()
    (command,) = await bot.get_my_commands(scope=private, language_code="de")
    assert command.description == "Ende"
    await bot.set_my_commands([("mine", "Only mine")], scope=BotCommandScopeChat(ada.id))
    assert ada.commands_shown() == [("mine", "Only mine")]
    await bot.delete_my_commands(scope=BotCommandScopeChat(ada.id))
    await bot.delete_my_commands(scope=private, language_code="en")
    assert ada.commands_shown() == START


@pytest.mark.parametrize(
    ("commands", "reason"),
    [
        ([("", "a")], "Command must be non-empty"),
        ([("a" * 33, "a")], "Command length must not exceed 32"),
        ([("Start", "a")], "Bot_command_invalid"),
        ([("re-mind", "a")], "Bot_command_invalid"),
        ([("a", "")], "Command description must be non-empty"),
        ([("a", "b" * 257)], "Command description length must not exceed 256"),
        ([(f"c{n}", "a") for n in range(101)], "Bot_commands_too_much"),
    ],
)
async def test_wrong_commands(
    bot: telegram.Bot, commands: list[tuple[str, str]], reason: str
) -> None:
    with pytest.raises(BadRequest) as refusal:
        await bot.set_my_commands(commands)
    assert reason.lower() == refusal.value.message.lower()


async def test_wrong_scopes_and_languages(bot: telegram.Bot, ada: Person) -> None:
    await ada.says("hello")
    with pytest.raises(BadRequest, match="Invalid language code specified"):
        await bot.set_my_commands(START, language_code="english")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.set_my_commands(START, scope=BotCommandScopeChat(5))
    administrators = telegram.BotCommandScopeChatAdministrators(ada.id)
    with pytest.raises(BadRequest, match="specified scope in private chats"):
        await bot.set_my_commands(START, scope=administrators)


async def test_texts_fall_back_to_the_default_language(bot: telegram.Bot) -> None:
    await bot.set_my_description("d" * 512)
    await bot.set_my_description("kurz", language_code="de")
    await bot.set_my_short_description("s" * 120)
    await bot.set_my_name("Psoas bot")
    assert (await bot.get_my_description("fr")).description == "d" * 512
    assert (await bot.get_my_description("de")).description == "kurz"
    assert (await bot.get_my_short_description()).short_description == "s" * 120
    assert (await bot.get_my_name()).name == "Psoas bot"


async def test_texts_that_are_too_long(bot: telegram.Bot) -> None:
    for refused in (
        bot.set_my_description("d" * 513),
        bot.set_my_short_description("s" * 121),
        bot.set_my_name("n" * 65),
    ):
        with pytest.raises(BadRequest, match="length must not exceed"):
            await refused


async def test_menu_button(bot: telegram.Bot, server: FakeTelegram, ada: Person) -> None:
    await ada.says("hello")
    assert (await bot.get_chat_menu_button(ada.id)).type == "commands"
    await bot.set_chat_menu_button(ada.id, telegram.MenuButtonDefault())
    assert (await bot.get_chat_menu_button(ada.id)).type == "default"
    assert server.violations == []
