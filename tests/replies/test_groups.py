"""What a group reads: short, with the caveat, and nothing of anybody's health."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.answering.answer import Answerer
from bot.answering.answers import Choice, EntryAnswer, Note, Noted, Urgent
from bot.answering.matcher import Match
from bot.knowledge.entry import Symptom
from bot.knowledge.knowledge import Knowledge
from bot.replies.group_actions import Choose, decode
from bot.replies.groups import (
    group_reply,
    how_to_ask,
    introduction,
    not_yours,
    page_link,
    pointer,
)
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
        if isinstance(entry, Symptom) and entry.private:
            continue
        reply = group_reply(knowledge, EntryAnswer(entry, ()), link)
        text = plain(reply)
        assert text.startswith(entry.title)
        assert len(text) <= LONGEST, entry.id
        assert ends_with_caveat(knowledge, reply)
        assert len(messages(reply)) == 1
        ((button,),) = reply.buttons
        assert button.url == link(entry_link(entry.id))


def test_a_complaint_says_first_what_is_urgent(knowledge: Knowledge) -> None:
    text = plain(group_reply(knowledge, EntryAnswer(knowledge.symptoms["hip-pain"], ()), link))
    see, texts = knowledge.symptoms["hip-pain"].see_someone, knowledge.messages.symptom
    assert f"{texts.see_now}: {see.now[0]}" in text
    assert f"{texts.see_today}: {see.today[0]}" in text
    assert texts.see_soon not in text


def test_a_red_flag_is_told_whole_and_leads_to_the_private_chat(
    answerer: Answerer, knowledge: Knowledge
) -> None:
    reply = told(answerer, "I have crushing chest pain")
    flag = knowledge.red_flags["chest-pain"]
    assert flag.title in plain(reply)
    assert "112" in plain(reply)
    assert flag.do_not in plain(reply)
    assert reply.buttons[0][0].text == knowledge.messages.group.private


def test_one_that_stands_is_told_again_and_names_no_button(
    answerer: Answerer, knowledge: Knowledge
) -> None:
    urgent = answerer.answer("I have crushing chest pain")
    assert isinstance(urgent, Urgent)
    reply = group_reply(knowledge, replace(urgent, standing=True), link)
    text = plain(reply)
    assert text.startswith(knowledge.messages.group.standing)
    assert knowledge.red_flags["chest-pain"].title in text
    assert "/start" not in text
    assert all(button.url for row in reply.buttons for button in row)


def test_a_choice_is_for_whoever_asked(answerer: Answerer, knowledge: Knowledge) -> None:
    choice = answerer.answer("cobra or pigeon")
    *rows, (private,) = group_reply(knowledge, choice, link, asker=42).buttons
    chosen = [decode(button.data) for (button,) in rows]
    assert chosen == [Choose("cobra-pose", 42), Choose("pigeon-pose", 42)]
    assert private.url == link("ask")


def test_a_choice_guesses_at_nothing_private(knowledge: Knowledge) -> None:
    guesses = Match("pregnancy", 50), Match("walking", 40)
    *rows, _ = group_reply(knowledge, Choice(guesses), link).buttons
    assert [decode(button.data) for (button,) in rows] == [Choose("walking")]
    text = plain(group_reply(knowledge, Choice(guesses[:1]), link))
    assert text.startswith(knowledge.messages.group.in_private)


def test_a_confirmation_names_nothing(answerer: Answerer, knowledge: Knowledge) -> None:
    for note in Note:
        reply = group_reply(knowledge, Noted(note, tuple(knowledge.conditions)), link)
        assert not any(c.name in plain(reply) for c in knowledge.conditions.values())


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
    assert how_to_ask(knowledge, "@psoas_test_bot", link).buttons[0][0].url == link("ask")
    assert page_link(knowledge, "symptoms", link).buttons[0][0].url == link("symptoms")
    for name in ("Ada", "x" * 64, None):
        assert len(not_yours(knowledge, name)) <= 200
