"""What people read: lists, aspects, reminders, what is held, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.answering.answer import Answerer
from bot.answering.answers import EntryAnswer, Urgent
from bot.knowledge.entry import Facet
from bot.knowledge.knowledge import Knowledge
from bot.replies.actions import (
    ExplainEntry,
    ForgetCondition,
    LookedAt,
    OpenEntry,
    OpenFamily,
    OpenSymptoms,
    OpenTechniques,
    decode,
    encode,
)
from bot.replies.compose import reply_to
from bot.replies.plain import plain
from bot.replies.reply import Reply
from bot.replies.talk import Talk

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ADA, BOB = "ada", "bob"


@pytest.fixture
def talk(answerer: Answerer) -> Talk:
    return Talk(answerer)


def said(talk: Talk, *lines: str, key: str = ADA) -> Reply:
    for line in lines:
        _, reply = talk.says(key, line, NOW)
    return reply


def test_a_list_names_the_wishes_the_job_and_the_care(talk: Talk, knowledge: Knowledge) -> None:
    reply = said(talk, "20 weeks pregnant, what stretch can I do standing at my desk")
    text = plain(reply)
    assert "I have minded pregnancy." in text
    assert "standing" in text
    assert "For you: " in text
    *techniques, why = (button for (button,) in reply.buttons)
    assert [button.text for button in techniques] == [
        knowledge.techniques[decode(button.data).entry].title  # type: ignore[union-attr]
        for button in techniques
    ]
    assert "Why" in plain(talk.presses(ADA, decode(why.data), NOW))


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("how long do I stay in pigeon", "dose"),
        ("where should I feel the couch stretch", "feel"),
        ("does foam rolling actually work", "evidence"),
        ("which muscles does the glute bridge work", "targets"),
        ("what are common mistakes in cobra", "mistakes"),
        ("do I need anything for the couch stretch, what equipment", "equipment"),
    ],
)
def test_one_aspect_leads_and_the_whole_is_offered(
    talk: Talk, knowledge: Knowledge, question: str, told: str
) -> None:
    reply = said(talk, question)
    text = plain(reply)
    assert getattr(knowledge.messages.facet, told) in text
    assert "1. " not in text
    (button,) = reply.buttons[0]
    whole = talk.presses(ADA, decode(button.data), NOW)
    assert "1. " in plain(whole)


def test_every_aspect_of_every_technique_is_told_briefly(talk: Talk, knowledge: Knowledge) -> None:
    for technique in knowledge.techniques.values():
        for facet in Facet:
            answer = replace(talk.answerer.whole(technique, (), ()), facet=facet)
            told = plain(reply_to(knowledge, answer))
            assert technique.title in told
            assert told.endswith((knowledge.messages.caveat.short, knowledge.messages.caveat.full))


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ("remind me every weekday at 7:30, Berlin time", "on weekdays at 07:30, Europe/Berlin"),
        ("remind me to do pigeon mon and fri at 6pm", "Monday, Friday at 18:00 for Pigeon pose"),
        ("remind me in 2 hours", "once a day, on the days"),
        ("remind me daily at 25:00", "There is no such time"),
        ("remind me every blursday at 7", "I do not know that day"),
        ("cancel my reminders", "stop the reminders"),
    ],
)
def test_reminder_wishes_are_read_back(talk: Talk, wish: str, told: str) -> None:
    assert told in plain(said(talk, wish))


def test_settings_show_what_is_held_and_forget_it(talk: Talk, knowledge: Knowledge) -> None:
    said(talk, "I'm pregnant", "and I take warfarin")
    page = talk.page(ADA, "settings", NOW)
    assert knowledge.conditions["blood-thinners"].name in plain(page)
    assert len(page.buttons) == 3
    page = talk.menu(ADA, ForgetCondition("pregnancy"), NOW) or Reply(())
    assert knowledge.conditions["pregnancy"].name + "\n" not in plain(page)
    page = talk.menu(ADA, ForgetCondition(), NOW) or Reply(())
    assert page.buttons == ()
    assert knowledge.messages.conversation.held_nothing in plain(page)


def test_people_are_told_apart_and_an_hour_ends_it(talk: Talk, knowledge: Knowledge) -> None:
    said(talk, "I'm pregnant")
    nothing = knowledge.messages.conversation.held_nothing
    assert nothing in plain(talk.page(BOB, "settings", NOW))
    later = NOW + timedelta(minutes=61)
    assert nothing in plain(talk.page(ADA, "settings", later))


def test_why_names_sources_and_the_review(talk: Talk, knowledge: Knowledge) -> None:
    assert knowledge.messages.why.nothing in plain(talk.page(ADA, "why", NOW))
    said(talk, "how do I stretch my psoas")
    technique = knowledge.techniques["half-kneeling-lunge"]
    text = plain(talk.page(ADA, "why", NOW))
    assert technique.title in text
    assert knowledge.messages.why.sure in text
    assert knowledge.sources[technique.sources[0]].url in text
    assert technique.reviewed.isoformat() in text
    opened = plain(talk.presses(ADA, ExplainEntry("cobra-pose"), NOW))
    assert knowledge.messages.why.opened in opened


def test_a_flag_in_force_has_its_way_out(talk: Talk, knowledge: Knowledge) -> None:
    reply = said(talk, "I have crushing chest pain", "can I do pigeon then")
    assert knowledge.messages.conversation.standing in plain(reply)
    assert reply.buttons[0][0].text == knowledge.messages.conversation.looked_at
    assert knowledge.messages.conversation.cleared in plain(talk.presses(ADA, LookedAt(), NOW))
    assert plain(said(talk, "pigeon pose")).startswith("Pigeon")
    said(talk, "I have crushing chest pain")
    talk.page(ADA, "start", NOW)
    assert plain(said(talk, "pigeon pose")).startswith("Pigeon")


@pytest.mark.parametrize(
    "action",
    [OpenEntry("x" * 40), ExplainEntry("x" * 40), ForgetCondition("x" * 40), LookedAt()],
)
def test_the_data_of_buttons(action: OpenEntry) -> None:
    data = encode(action)
    assert len(data.encode()) <= 64
    assert decode(data) == action


@pytest.mark.parametrize("page", ["techniques", "symptoms"])
def test_under_a_red_flag_no_menu_offers_anything_else(talk: Talk, page: str) -> None:
    said(talk, "I have crushing chest pain")
    standing = talk.page(ADA, page, NOW)
    assert "112" in plain(standing)
    assert [decode(button.data) for row in standing.buttons for button in row] == [LookedAt()]
    for action in (OpenTechniques(), OpenSymptoms(), OpenFamily("stretch")):
        assert talk.menu(ADA, action, NOW) == standing


def test_what_is_held_is_carried_from_one_conversation_into_another(talk: Talk) -> None:
    talk.says("private", "I'm 25 weeks pregnant", NOW)
    talk.says("group", "my knee is sore", NOW)
    talk.carry("private", "group", NOW)
    assert talk.held("group", NOW) == ("pregnancy",)
    answer, _ = talk.says("group", "how do I do the pigeon pose", NOW)
    assert isinstance(answer, EntryAnswer)
    assert answer.conditions == ("pregnancy",)


def test_ones_own_red_flag_is_carried_and_so_is_its_clearance(talk: Talk) -> None:
    talk.says("private", "I have crushing chest pain", NOW)
    talk.carry("private", "group", NOW)
    assert [alarm.flag for alarm in talk.alarms("group", NOW)] == ["chest-pain"]
    assert isinstance(talk.opens("group", "pigeon-pose", NOW), Urgent)
    talk.forget("private")
    talk.carry("private", "group", NOW)
    assert talk.alarms("group", NOW) == ()
    assert isinstance(talk.opens("group", "pigeon-pose", NOW), EntryAnswer)


def test_anothers_red_flag_stays_where_it_was_told(talk: Talk) -> None:
    talk.says("group", "my friend has crushing chest pain", NOW)
    talk.carry("group", "private", NOW)
    assert talk.alarms("private", NOW) == ()
    talk.carry("private", "group", NOW)
    assert len(talk.alarms("group", NOW)) == 1


def test_a_link_to_what_was_answered_last_or_to_the_beginning(
    talk: Talk, knowledge: Knowledge
) -> None:
    assert talk.page("private", "last", NOW) == talk.page("private", "ask", NOW)
    talk.says("group", "I'm 25 weeks pregnant", NOW)
    talk.carry("group", "private", NOW, entry=True)
    assert knowledge.symptoms["pregnancy"].title in plain(talk.page("private", "last", NOW))
    assert talk.held("private", NOW) == ("pregnancy",)
    talk.says("private", "I have crushing chest pain", NOW)
    for page in ("ask", "last"):
        assert knowledge.red_flags["chest-pain"].title in plain(talk.page("private", page, NOW))
