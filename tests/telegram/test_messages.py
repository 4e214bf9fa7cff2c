"""Sending, editing and deleting, through a real python-telegram-bot Bot."""

from typing import Any

import pytest
import telegram
from telegram import InlineKeyboardButton as Button
from telegram import InlineKeyboardMarkup as Keyboard
from telegram.error import BadRequest, Forbidden

from tests.telegram import FakeTelegram, Person

YES = Keyboard([[Button("Yes", callback_data="yes"), Button("Site", url="https://a.org")]])
# "a" needs a shape that python-telegram-bot itself lets through.
WRONG_MARKUPS = [
    ([[{"text": "a", "callback_data": "é" * 33}]], "BUTTON_DATA_INVALID"),
    ([[{"text": "", "callback_data": "a"}]], "inline keyboard button text must be non-empty"),
    ([[{"text": "a", "callback_data": ""}]], "Text buttons are unallowed"),
    ([[{"text": "a"}]], "Text buttons are unallowed"),
    ([[{"text": "a", "url": "not-a-url"}]], "URL 'not-a-url' is invalid: Wrong HTTP URL"),
    ([[{"text": "a", "url": "ftp://a.org"}]], "Unsupported URL protocol"),
    ([[{"text": "a", "callback_data": "a"}]] * 101, "REPLY_MARKUP_TOO_LONG"),
]
WRONG_MESSAGES: list[tuple[dict[str, Any], str]] = [
    ({"text": ""}, "Message text is empty"),
    ({"text": " \n "}, "Text must be non-empty"),
    ({"text": "<b> </b>", "parse_mode": "HTML"}, "Text must be non-empty"),
    ({"text": "a" * 4097}, "Message is too long"),
    ({"text": "\N{STADIUM}" * 2049}, "Message is too long"),
    ({"text": "<b>a", "parse_mode": "HTML"}, "Can't parse entities: can't find end tag"),
    ({"text": "*a*", "parse_mode": "MarkdownV2"}, "does not read MarkdownV2"),
    ({"text": "a", "parse_mode": "BBCode"}, "Unsupported parse_mode"),
    ({"text": "a", "reply_to_message_id": 99}, "Message to be replied not found"),
    ({"text": "a", "chat_id": 5}, "Chat not found"),
    ({"text": "a", "chat_id": "@nobody"}, "Chat not found"),
]


@pytest.mark.parametrize(("changes", "reason"), WRONG_MESSAGES)
async def test_wrong_messages(
    bot: telegram.Bot, ada: Person, changes: dict[str, Any], reason: str
) -> None:
    await ada.says("hello")
    with pytest.raises(BadRequest) as refusal:
        await bot.send_message(**({"chat_id": ada.id} | changes))
    assert reason.lower() in refusal.value.message.lower()
    assert ada.unread() == []


@pytest.mark.parametrize(("rows", "reason"), WRONG_MARKUPS)
async def test_wrong_keyboards(
    bot: telegram.Bot, ada: Person, rows: list[list[dict[str, str]]], reason: str
) -> None:
    await ada.says("hello")
    markup = {"inline_keyboard": rows}
    with pytest.raises(BadRequest) as refusal:
        await bot.send_message(ada.id, "a", api_kwargs={"reply_markup": markup})
    assert reason.lower() in refusal.value.message.lower()


async def test_what_is_just_allowed(bot: telegram.Bot, ada: Person, server: FakeTelegram) -> None:
    await ada.says("hello")
    rows = [[Button("a", callback_data="é" * 32)] * 2] * 50
    sent = await bot.send_message(
        ada.id, f"<b>{'&lt;' * 4096}</b>", parse_mode="HTML", reply_markup=Keyboard(rows)
    )
    assert sent.text == "<" * 4096
    assert sent.entities[0].to_dict() == {"type": "bold", "offset": 0, "length": 4096}
    assert server.violations == []


async def test_a_person_sees_what_was_sent(bot: telegram.Bot, ada: Person) -> None:
    first = await ada.says("hello")
    await bot.send_message(
        ada.id,
        "<i>Hi</i>, Ada",
        parse_mode="HTML",
        reply_markup=YES,
        disable_notification=True,
        reply_to_message_id=first,
    )
    seen = await ada.reads()
    assert (seen.text, seen.html, seen.edited, seen.silent) == (
        "Hi, Ada",
        "<i>Hi</i>, Ada",
        False,
        True,
    )
    assert seen.buttons == ((("Yes", "yes"), ("Site", "https://a.org")),)
    assert seen.entities == ({"type": "italic", "offset": 0, "length": 2},)
    assert seen.reply_to == first


async def test_edits(bot: telegram.Bot, ada: Person) -> None:
    await ada.says("hello")
    sent = await bot.send_message(ada.id, "one", reply_markup=YES)
    with pytest.raises(BadRequest, match="Message is not modified: specified new message content"):
        await sent.edit_text("one", reply_markup=YES)
    await sent.edit_text("<b>one</b>", parse_mode="HTML", reply_markup=YES)
    await sent.edit_reply_markup(None)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await sent.edit_reply_markup(None)
    steps = [await ada.reads() for _ in range(3)]
    assert [(step.html, step.edited, step.labels) for step in steps] == [
        ("one", False, ["Yes", "Site"]),
        ("<b>one</b>", True, ["Yes", "Site"]),
        ("<b>one</b>", True, []),
    ]
    assert [message.text for message in ada.sees()] == ["one"]


async def test_only_own_messages_that_exist_are_edited(bot: telegram.Bot, ada: Person) -> None:
    theirs = await ada.says("hello")
    sent = await bot.send_message(ada.id, "one")
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("two", ada.id, theirs)
    assert await sent.delete()
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await sent.edit_text("two")
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await sent.delete()
    with pytest.raises(BadRequest, match="Message identifier is not specified"):
        await bot.edit_message_text("two")
    assert ada.sees() == []


async def test_a_blocked_bot_may_not_write(bot: telegram.Bot, ada: Person) -> None:
    await ada.says("hello")
    await ada.blocks_bot()
    with pytest.raises(Forbidden, match="Forbidden: bot was blocked by the user"):
        await bot.send_message(ada.id, "one")
    await ada.unblocks_bot()
    await bot.send_message(ada.id, "two")
    assert (await ada.reads()).text == "two"
    changes = [update.my_chat_member for update in await bot.get_updates() if update.my_chat_member]
    assert [change.new_chat_member.status for change in changes] == ["kicked", "member"]


async def test_photos(bot: telegram.Bot, ada: Person) -> None:
    await ada.says("hello")
    sent = await bot.send_photo(ada.id, b"picture", caption="<b>a</b>", parse_mode="HTML")
    again = await bot.send_photo(ada.id, sent.photo[0].file_id)
    assert again.photo == sent.photo
    assert (await ada.reads()).text == "a"
    for photo, reason in ((b"", "File must be non-empty"), ("nothing", "Wrong file identifier")):
        with pytest.raises(BadRequest, match=reason):
            await bot.send_photo(ada.id, photo)
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_photo(ada.id, b"picture", caption="a" * 1025)
    with pytest.raises(BadRequest, match="no text in the message to edit"):
        await again.edit_text("a")


async def test_chat_actions(bot: telegram.Bot, ada: Person) -> None:
    await ada.says("hello")
    assert await bot.send_chat_action(ada.id, "typing")
    with pytest.raises(BadRequest, match="Wrong parameter action in request"):
        await bot.send_chat_action(ada.id, "dancing")


async def test_get_chat(bot: telegram.Bot, ada: Person) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.get_chat(ada.id)
    await ada.says("hello")
    assert (await bot.get_chat(ada.id)).first_name == "Ada"
