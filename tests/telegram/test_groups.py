"""Groups: what reaches the bot, what it may do, who is in, and how they move."""

from __future__ import annotations

from typing import Any

import pytest
import telegram
from telegram import InlineKeyboardButton as Button
from telegram import InlineKeyboardMarkup as Keyboard
from telegram.error import BadRequest, ChatMigrated, Forbidden

from tests.telegram import FakeTelegram, Group, Person

GO = Keyboard([[Button("Go", callback_data="go")]])


@pytest.fixture
async def friends(server: FakeTelegram, ada: Person) -> Group:
    """A supergroup of Ada, who made it, and the bot."""
    group = server.group("Friends")
    await group.add(ada, "creator")
    await group.add_bot()
    server.state.updates.pending.clear()
    return group


async def heard(bot: telegram.Bot) -> list[telegram.Message]:
    """The messages of all updates that wait, which are then forgotten."""
    updates = await bot.get_updates()
    if updates:
        await bot.get_updates(offset=updates[-1].update_id + 1)
    return [update.effective_message for update in updates if update.effective_message]


@pytest.mark.parametrize(
    ("text", "private", "all_heard"),
    [
        ("hello", False, True),
        ("/help", True, True),
        ("well /help", False, True),
        ("/help@psoas_test_bot", True, True),
        ("well /help@PSOAS_test_bot", True, True),
        ("/help@other_bot", False, True),
        ("what says @psoas_test_bot?", True, True),
        ("what says @psoas_test_bots?", False, True),
    ],
)
@pytest.mark.parametrize("way", ["private", "open", "administrator"])
async def test_privacy_mode(
    *,
    bot: telegram.Bot,
    server: FakeTelegram,
    ada: Person,
    friends: Group,
    text: str,
    private: bool,
    all_heard: bool,
    way: str,
) -> None:
    server.state.switches.privacy = way != "open"
    if way == "administrator":
        await friends.promote_bot()
    await ada.says_in(friends, text)
    messages = [message for message in await heard(bot) if message.text]
    assert bool(messages) == (private if way == "private" else all_heard)


async def test_replies_reach_the_bot(bot: telegram.Bot, ada: Person, friends: Group) -> None:
    await bot.send_message(friends.id, "hi")
    own = await friends.reads()
    theirs = await ada.says_in(friends, "a", reply_to=own)
    await ada.says_in(friends, "b", reply_to=theirs)
    (message,) = await heard(bot)
    assert message.reply_to_message
    assert (message.text, message.reply_to_message.text) == ("a", "hi")
    assert (message.message_thread_id, message.is_topic_message) == (own.message_id, None)


async def test_other_bots(
    bot: telegram.Bot, server: FakeTelegram, ada: Person, friends: Group
) -> None:
    other = server.other_bot("other_bot")
    await friends.add(other)
    theirs = await other.says_in(friends, "/help@psoas_test_bot")
    await ada.says_in(friends, "/bare")
    await ada.says_in(friends, "/to@psoas_test_bot", reply_to=theirs)
    await bot.send_message(friends.id, "hi")
    await ada.says_in(friends, "/again")
    messages = await heard(bot)
    assert [m.text for m in messages] == [None, "/again"]
    assert messages[0].new_chat_members


async def test_anonymous_and_forwarded(
    bot: telegram.Bot, server: FakeTelegram, ada: Person, friends: Group
) -> None:
    bob = server.person(first_name="Bob")
    await friends.add(bob)
    await ada.says_in(friends, "/help", anonymous=True)
    await ada.says_in(friends, "/old", forwarded_from=bob)
    with pytest.raises(ValueError, match="administrators write on its behalf"):
        await bob.says_in(friends, "/help", anonymous=True)
    _, hidden, old = await heard(bot)
    assert hidden.from_user
    assert hidden.sender_chat
    assert (hidden.from_user.id, hidden.sender_chat.id) == (1087968824, friends.id)
    assert old.forward_origin
    assert old.forward_origin.to_dict()["sender_user"]["id"] == bob.id


async def test_edits_and_stickers(bot: telegram.Bot, ada: Person, friends: Group) -> None:
    said = await ada.says_in(friends, "/hlp")
    await ada.edits_in(friends, said, "/help")
    sticker = {"file_id": "a", "file_unique_id": "b", "type": "regular", "width": 1, "height": 1}
    await ada.sends_in(friends, {"sticker": sticker | {"is_animated": False, "is_video": False}})
    assert [message.text for message in await heard(bot)] == ["/hlp", "/help"]
    await bot.send_message(friends.id, "hi")
    with pytest.raises(ValueError, match="edit their own"):
        await ada.edits_in(friends, friends.sees()[0].message_id, "a")


async def test_any_member_presses(
    bot: telegram.Bot, server: FakeTelegram, ada: Person, friends: Group
) -> None:
    bob = server.person(first_name="Bob")
    await bot.send_message(friends.id, "a", reply_markup=GO)
    message = await friends.reads()
    with pytest.raises(ValueError, match="Bob is not in chat"):
        await bob.presses(message, "Go")
    await friends.add(bob)
    presses = [await person.presses(message, "Go") for person in (ada, bob)]
    assert [press.user_id for press in presses] == [ada.id, bob.id]
    queries = [update.callback_query for update in await bot.get_updates()][1:]
    assert [query.from_user.id for query in queries if query] == [ada.id, bob.id]
    assert {query.chat_instance for query in queries if query} == {str(friends.id)}


@pytest.mark.parametrize(("supergroup", "kind"), [(True, "supergroup"), (False, "group")])
async def test_kicked_and_left(
    bot: telegram.Bot, server: FakeTelegram, ada: Person, supergroup: bool, kind: str
) -> None:
    group = server.group("Friends", supergroup=supergroup)
    await group.add(ada, "creator")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(group.id, "hi")
    await group.add_bot()
    await bot.send_message(group.id, "hi")
    await group.remove_bot()
    with pytest.raises(Forbidden, match=f"^Forbidden: bot was kicked from the {kind} chat$"):
        await bot.send_message(group.id, "hi")
    await ada.says_in(group, "/help")
    await group.add_bot()
    assert await bot.leave_chat(group.id)
    with pytest.raises(Forbidden, match=f"^Forbidden: bot is not a member of the {kind} chat$"):
        await bot.send_message(group.id, "hi")
    updates = await bot.get_updates()
    changes = [update.my_chat_member for update in updates if update.my_chat_member]
    assert [change.new_chat_member.status for change in changes] == [
        *("member", "kicked", "member", "left"),
    ]
    assert [change.from_user.id for change in changes][-2:] == [ada.id, bot.id]
    assert not [update for update in updates if update.message and update.message.text]


async def test_members(
    bot: telegram.Bot, server: FakeTelegram, ada: Person, friends: Group
) -> None:
    bob, eve = server.person(first_name="Bob"), server.person(first_name="Eve")
    other = server.other_bot("other_bot")
    await friends.add(bob)
    await friends.add(other, "administrator")
    await friends.promote_bot(can_delete_messages=True)
    await friends.add(bob, "administrator")
    await friends.remove(bob, by=ada)
    statuses = [(await bot.get_chat_member(friends.id, p.id)).status for p in (ada, bob, eve)]
    assert statuses == ["creator", "kicked", "left"]
    with pytest.raises(BadRequest, match="User not found"):
        await bot.get_chat_member(friends.id, 5)
    chiefs = await bot.get_chat_administrators(friends.id)
    assert {chief.user.id for chief in chiefs} == {ada.id, bot.id}
    assert len(await bot.get_chat_administrators(friends.id, return_bots=True)) == 3
    assert await bot.get_chat_member_count(friends.id) == 3
    await ada.says("hello")
    assert await bot.get_chat_member_count(ada.id) == 2
    with pytest.raises(BadRequest, match="no administrators in the private chat"):
        await bot.get_chat_administrators(ada.id)
    with pytest.raises(ValueError, match="can_fly is unknown"):
        await friends.promote_bot(can_fly=True)


async def test_members_are_told_only_to_an_administrator_who_asks(
    bot: telegram.Bot, server: FakeTelegram, friends: Group
) -> None:
    await bot.get_updates(allowed_updates=["chat_member"])
    for name in ("Bob", "Eve"):
        await friends.add(server.person(first_name=name))
        await friends.promote_bot()
    (update,) = await bot.get_updates()
    assert update.chat_member
    assert update.chat_member.new_chat_member.user.first_name == "Eve"


async def test_deleting(bot: telegram.Bot, ada: Person, friends: Group) -> None:
    own = await bot.send_message(friends.id, "a")
    theirs = await ada.says_in(friends, "b")
    assert await own.delete()
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await bot.delete_message(friends.id, theirs)
    await friends.promote_bot()
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await bot.delete_message(friends.id, theirs)
    await friends.promote_bot(can_delete_messages=True)
    assert await bot.delete_message(friends.id, theirs)
    assert friends.sees() == []


async def test_a_restricted_bot(bot: telegram.Bot, friends: Group) -> None:
    await friends.restrict_bot(can_send_photos=True)
    with pytest.raises(BadRequest, match="Not enough rights to send text messages to the chat"):
        await bot.send_message(friends.id, "a")
    with pytest.raises(BadRequest, match="Not enough rights to send polls to the chat"):
        await bot.send_poll(friends.id, "a", ["b"])
    await bot.send_photo(friends.id, b"picture")
    await friends.demote_bot()
    await bot.send_message(friends.id, "a")
    assert len(friends.unread()) == 2


@pytest.mark.parametrize("old_first", [True, False])
async def test_migration(
    bot: telegram.Bot, server: FakeTelegram, ada: Person, old_first: bool
) -> None:
    old = server.group("Friends", supergroup=False)
    await old.add(ada, "creator")
    await old.add_bot()
    await heard(bot)
    new = await old.migrate(old_first=old_first)
    moves: list[Any] = await heard(bot)
    if not old_first:
        moves.reverse()
    assert (moves[0].chat.id, moves[0].migrate_to_chat_id) == (old.id, new.id)
    assert (moves[1].chat.id, moves[1].migrate_from_chat_id) == (new.id, old.id)
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(old.id, "hi")
    assert moved.value.new_chat_id == new.id
    assert server.refused()[-1].error == (
        "Bad Request: group chat was upgraded to a supergroup chat"
    )
    with pytest.raises(ChatMigrated):
        await bot.get_chat_administrators(old.id)
    await bot.send_message(new.id, "hi")
    await ada.says_in(new, "/help")
    with pytest.raises(ValueError, match="has become"):
        await ada.says_in(old, "/help")
    assert (await heard(bot))[0].chat.type == "supergroup"


async def test_what_groups_refuse(server: FakeTelegram, ada: Person, friends: Group) -> None:
    with pytest.raises(ValueError, match="only a supergroup has topics"):
        server.group("Friends", supergroup=False, forum=True)
    with pytest.raises(ValueError, match="only a forum has topics"):
        await friends.topic("Stretching")
    with pytest.raises(ValueError, match="only a basic group"):
        await friends.migrate()
    with pytest.raises(ValueError, match="nobody is in Empty"):
        await server.group("Empty").add_bot()
    with pytest.raises(ValueError, match="Bob is not in chat"):
        await server.person(first_name="Bob").says_in(friends, "hello")
