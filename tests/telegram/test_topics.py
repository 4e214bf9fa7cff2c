"""Forum topics, and the threads of replies that are none."""

from __future__ import annotations

import pytest
import telegram
from telegram.error import BadRequest

from tests.telegram import FakeTelegram, Group, Person


@pytest.fixture
async def forum(server: FakeTelegram, ada: Person) -> Group:
    """A forum of Ada and the bot."""
    group = server.group("Forum", forum=True)
    await group.add(ada, "creator")
    await group.add_bot()
    return group


async def last_heard(bot: telegram.Bot) -> telegram.Message:
    message = (await bot.get_updates())[-1].message
    assert message
    return message


async def test_messages_in_topics(bot: telegram.Bot, ada: Person, forum: Group) -> None:
    topic = await forum.topic("Stretching")
    created = await last_heard(bot)
    assert created.forum_topic_created
    assert (created.message_thread_id, created.is_topic_message) == (topic, True)
    await ada.says_in(forum, "/help", topic=topic)
    asked = await last_heard(bot)
    assert (asked.chat.is_forum, asked.message_thread_id, asked.is_topic_message) == (
        *(True, topic, True),
    )
    assert asked.reply_to_message
    assert asked.reply_to_message.forum_topic_created
    await asked.reply_text("a", do_quote=True)
    await bot.send_message(forum.id, "b", message_thread_id=topic)
    await bot.send_message(forum.id, "c", reply_to_message_id=asked.message_id)
    seen = [(message.thread_id, message.reply_to) for message in forum.unread()]
    assert seen == [(topic, asked.message_id), (topic, None), (topic, asked.message_id)]


async def test_a_topic_is_no_reply_to_the_bot(bot: telegram.Bot, ada: Person, forum: Group) -> None:
    topic = await forum.topic("Stretching")
    await ada.says_in(forum, "hello", topic=topic)
    assert (await last_heard(bot)).forum_topic_created


async def test_general_has_no_thread(bot: telegram.Bot, ada: Person, forum: Group) -> None:
    await ada.says_in(forum, "/help")
    asked = await last_heard(bot)
    assert (asked.message_thread_id, asked.is_topic_message) == (None, None)
    await asked.reply_text("a", do_quote=True)
    assert (await forum.reads()).thread_id is None


@pytest.mark.parametrize("thread", [1, 99])
async def test_threads_that_are_none(bot: telegram.Bot, forum: Group, thread: int) -> None:
    with pytest.raises(BadRequest, match=r"^Message thread not found$"):
        await bot.send_message(forum.id, "a", message_thread_id=thread)
    with pytest.raises(BadRequest, match=r"^Message thread not found$"):
        await bot.send_chat_action(forum.id, "typing", message_thread_id=thread)


async def test_a_deleted_topic(bot: telegram.Bot, ada: Person, forum: Group) -> None:
    topic = await forum.topic("Stretching")
    await bot.send_message(forum.id, "a", message_thread_id=topic)
    forum.delete_topic(topic)
    assert forum.sees() == []
    with pytest.raises(BadRequest, match=r"^Message thread not found$"):
        await bot.send_message(forum.id, "a", message_thread_id=topic)
    with pytest.raises(LookupError, match="no topic"):
        await ada.says_in(forum, "hello", topic=topic)
    await bot.send_message(forum.id, "a")


async def test_the_beginning_of_a_topic_stays(bot: telegram.Bot, forum: Group) -> None:
    topic = await forum.topic("Stretching")
    await forum.promote_bot(can_delete_messages=True)
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await bot.delete_message(forum.id, topic)


@pytest.mark.parametrize("supergroup", [True, False])
async def test_threads_of_replies(
    bot: telegram.Bot, server: FakeTelegram, ada: Person, supergroup: bool
) -> None:
    group = server.group("Friends", supergroup=supergroup)
    await group.add(ada, "creator")
    await group.add_bot()
    first = await ada.says_in(group, "hello")
    second = await ada.says_in(group, "/a", reply_to=first)
    await ada.says_in(group, "/b", reply_to=second)
    asked = await last_heard(bot)
    thread = first if supergroup else None
    assert (asked.message_thread_id, asked.is_topic_message) == (thread, None)
    reason = "thread is not a forum topic thread" if supergroup else "thread not found"
    with pytest.raises(BadRequest, match=reason):
        await bot.send_message(group.id, "c", message_thread_id=first)
    await bot.send_message(group.id, "c", reply_to_message_id=second)
    assert (await group.reads()).thread_id == thread
