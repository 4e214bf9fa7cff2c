"""What is said for each kind of answer, on the real knowledge."""

from __future__ import annotations

import pytest

from bot.answering.answer import Answerer
from bot.answering.answers import Choice, EntryAnswer, Fallback, SmallTalk, Urgent
from bot.answering.matcher import Match
from bot.answering.safety import ruling
from bot.answering.triage import Alarm
from bot.knowledge.entry import Tier, Verdict
from bot.knowledge.knowledge import Knowledge
from bot.replies import pages
from bot.replies.compose import reply_to
from bot.replies.html import messages
from bot.replies.plain import plain
from bot.replies.reply import Button


def entry_reply(knowledge: Knowledge, id: str, *conditions: str) -> str:
    entry = next(entry for entry in knowledge.advice() if entry.id == id)
    return plain(reply_to(knowledge, EntryAnswer(entry, (), conditions)))


def labels(rows: tuple[tuple[Button, ...], ...]) -> list[str]:
    return [button.text for row in rows for button in row]


def test_a_technique_has_caution_before_steps_and_then_dose_and_caveat(
    knowledge: Knowledge,
) -> None:
    technique = knowledge.techniques["half-kneeling-lunge"]
    text = entry_reply(knowledge, technique.id)
    parts = [technique.title, "Not with:", technique.steps[0], technique.dose.text]
    places = [text.index(part) for part in [*parts, knowledge.messages.caveat.short]]
    assert places == sorted(places)


def test_the_caveat_is_full_where_it_matters(knowledge: Knowledge, answerer: Answerer) -> None:
    for message in (
        "physical therapy",
        "how do I stretch my psoas, it has been tight for months",
        "pigeon pose, the pain is getting worse",
        "cobra pose, I have osteoporosis",
    ):
        text = plain(reply_to(knowledge, answerer.answer(message)))
        assert text.endswith(knowledge.messages.caveat.full), message


def test_a_techniques_buttons_lead_easier_harder_and_elsewhere(knowledge: Knowledge) -> None:
    technique = knowledge.techniques["half-kneeling-lunge"]
    shown = labels(reply_to(knowledge, EntryAnswer(technique, ())).buttons)
    assert shown[0].startswith("Easier: ")
    assert any(label.startswith("Harder: ") for label in shown)
    assert any(label.startswith("Or: ") for label in shown)


def test_a_symptom_has_a_button_for_each_technique_that_helps(knowledge: Knowledge) -> None:
    for symptom in knowledge.symptoms.values():
        shown = labels(reply_to(knowledge, EntryAnswer(symptom, ())).buttons)
        helps = [knowledge.techniques[help.technique].title for help in symptom.helps]
        assert shown == [*helps, knowledge.messages.why.button]


@pytest.mark.parametrize("condition", ["pregnancy", "hip-replacement", "fresh-strain"])
def test_what_a_condition_forbids_is_nowhere_offered(knowledge: Knowledge, condition: str) -> None:
    for symptom in knowledge.symptoms.values():
        reply = reply_to(knowledge, EntryAnswer(symptom, (), (condition,)))
        for technique in knowledge.techniques.values():
            if not ruling(knowledge, technique, (condition,)).allows:
                assert technique.title not in labels(reply.buttons)
    for technique in knowledge.techniques.values():
        text = entry_reply(knowledge, technique.id, condition)
        allowed = ruling(knowledge, technique, (condition,)).allows
        assert (technique.steps[0] in text) is allowed


def test_a_replaced_hip_of_unknown_side_takes_the_stricter_verdict(knowledge: Knowledge) -> None:
    lunge = knowledge.techniques["half-kneeling-lunge"]
    assert knowledge.verdict(lunge, "hip-replacement-posterior")[0] is Verdict.ASK
    assert ruling(knowledge, lunge, ("hip-replacement",)).verdict is Verdict.NO


def test_an_urgent_reply_says_what_to_do_and_offers_nothing(knowledge: Knowledge) -> None:
    for flag in knowledge.red_flags.values():
        reply = reply_to(knowledge, Urgent((Alarm(flag.id, flag.tier),)))
        text = plain(reply)
        assert reply.buttons == ()
        assert flag.do_not in text
        assert flag.calm in text
        assert not any(t.title in text for t in knowledge.techniques.values())
        assert (knowledge.messages.caveat.full in text) is flag.closes_with_caveat


def test_emergency_numbers_stand_in_emergencies(knowledge: Knowledge) -> None:
    for flag in knowledge.red_flags.values():
        if flag.tier is Tier.EMERGENCY:
            text = plain(reply_to(knowledge, Urgent((Alarm(flag.id, Tier.EMERGENCY),))))
            assert "emergency" in text.lower()


@pytest.mark.parametrize("ids", [("chest-pain", "crisis"), ("crisis", "chest-pain", "infection")])
def test_crisis_comes_first_and_drops_no_other_help(
    knowledge: Knowledge, ids: tuple[str, ...]
) -> None:
    alarms = tuple(Alarm(id, Tier.EMERGENCY) for id in ids)
    text = plain(reply_to(knowledge, Urgent(alarms)))
    flags = knowledge.red_flags
    assert text.index(flags["crisis"].title) < text.index(flags["chest-pain"].title)
    assert flags["infection"].title not in text


def test_crisis_and_a_second_danger_in_one_message(answerer: Answerer) -> None:
    answer = answerer.answer("I want to end it all and I have crushing chest pain")
    text = plain(reply_to(answerer.knowledge, answer))
    assert text.startswith(answerer.knowledge.red_flags["crisis"].title)
    assert answerer.knowledge.red_flags["chest-pain"].title in text


def test_somebody_else_is_spoken_of_as_somebody_else(knowledge: Knowledge) -> None:
    alarm = Alarm("chest-pain", Tier.EMERGENCY, of_other=True)
    assert knowledge.messages.urgent.for_other in plain(reply_to(knowledge, Urgent((alarm,))))


def test_a_choice_has_a_button_for_each_entry(knowledge: Knowledge) -> None:
    reply = reply_to(knowledge, Choice((Match("walking", 30), Match("hip-pain", 20))))
    titles = [knowledge.techniques["walking"].title, knowledge.symptoms["hip-pain"].title]
    assert labels(reply.buttons) == titles
    assert all(title in plain(reply) for title in titles)


def test_small_talk_and_fallbacks(knowledge: Knowledge) -> None:
    greeting = plain(reply_to(knowledge, SmallTalk("greeting")))
    assert greeting == knowledge.small_talk["greeting"].replies[0]
    texts = knowledge.messages.fallback
    for fallback, text in (
        (Fallback(), texts.unknown),
        (Fallback(outside=True), texts.outside),
        (Fallback(empty=True), texts.empty),
    ):
        assert plain(reply_to(knowledge, fallback)).startswith(text)


def test_every_page_is_one_message(knowledge: Knowledge) -> None:
    for page in pages.PAGES.values():
        assert len(messages(page(knowledge))) == 1
    for family in knowledge.messages.families:
        assert len(messages(pages.family(knowledge, family))) == 1


def test_every_technique_is_found_through_its_family(knowledge: Knowledge) -> None:
    shown = [
        label
        for family in knowledge.messages.families
        for label in labels(pages.family(knowledge, family).buttons)
    ]
    assert {technique.title for technique in knowledge.techniques.values()} <= set(shown)


def test_a_family_that_is_gone_shows_all_families(knowledge: Knowledge) -> None:
    assert pages.family(knowledge, "gone") == pages.techniques(knowledge)
