"""What a group reads: short, with the caveat, and nothing of anybody's health."""

from __future__ import annotations

import re

import pytest

from bot.answering.answer import Answerer
from bot.answering.answers import EntryAnswer
from bot.knowledge.knowledge import Knowledge
from bot.replies.groups import group_reply, how_to_ask, introduction, pointer
from bot.replies.html import messages
from bot.replies.links import deep_link, entry_link, linked_entry
from bot.replies.plain import plain
from bot.replies.reply import Reply

LONGEST = 1_500  # letters, of which a phone shows about two screens


def link(payload: str) -> str:
    return deep_link("psoas_test_bot", payload)


def told(answerer: Answerer, said: str) -> Reply:
    return group_reply(answerer.knowledge, answerer.answer(said), link)


def ends_with_caveat(knowledge: Knowledge, reply: Reply) -> bool:
    return plain(reply).endswith((knowledge.messages.caveat.short, knowledge.messages.caveat.full))


def test_every_entry_is_told_shortly_with_the_way_to_the_whole(
    answerer: Answerer, knowledge: Knowledge
) -> None:
    for entry in knowledge.advice():
        reply = group_reply(knowledge, EntryAnswer(entry, ()), link)
        text = plain(reply)
        assert text.startswith(entry.title)
        assert len(text) <= LONGEST, entry.id
        assert ends_with_caveat(knowledge, reply)
        assert len(messages(reply)) == 1
        ((button,),) = reply.buttons
        assert button.url == link(entry_link(entry.id))


@pytest.mark.parametrize(
    "said",
    [
        "I'm 20 weeks pregnant, can I do pigeon",
        "had my hip replaced in may, what can I do",
        "on warfarin, may I foam roll",
        "I have osteoporosis",
    ],
)
def test_what_somebody_tells_of_themselves_is_not_told_to_the_group(
    answerer: Answerer, knowledge: Knowledge, said: str
) -> None:
    reply = told(answerer, said)
    text = plain(reply).lower()
    for word in ("pregnan", "hip replacement", "thinner", "warfarin", "osteoporosis", "mentioned"):
        assert word not in text
    assert reply.buttons[0][0].url
    assert ends_with_caveat(knowledge, reply)


def test_a_red_flag_is_told_whole_and_leads_to_the_private_chat(
    answerer: Answerer, knowledge: Knowledge
) -> None:
    reply = told(answerer, "I have crushing chest pain")
    flag = knowledge.red_flags["chest-pain"]
    assert flag.title in plain(reply)
    assert "112" in plain(reply)
    assert flag.do_not in plain(reply)
    assert reply.buttons[0][0].text == knowledge.messages.group.private


@pytest.mark.parametrize(
    "said",
    [
        *("how do I stretch my psoas", "how long in pigeon", "something in bed", "hello", "thanks"),
        *("remind me every day at 7", "how do I fix my bicycle", "why", "hip stretch or lunge"),
    ],
)
def test_whatever_is_asked_the_buttons_only_lead_away(answerer: Answerer, said: str) -> None:
    reply = told(answerer, said)
    assert plain(reply)
    for button in (button for row in reply.buttons for button in row):
        assert button.url
        assert not button.data


def test_links_fit_telegrams_rules(knowledge: Knowledge) -> None:
    for entry in knowledge.advice():
        payload = entry_link(entry.id)
        assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload)
        assert linked_entry(payload) == entry.id
    assert linked_entry("remind") is None


def test_the_rest_that_is_said(knowledge: Knowledge) -> None:
    assert "@psoas_test_bot" in plain(how_to_ask(knowledge, "@psoas_test_bot"))
    assert "/ask" in plain(introduction(knowledge, "@psoas_test_bot"))
    assert plain(pointer(knowledge)) == knowledge.messages.group.again
