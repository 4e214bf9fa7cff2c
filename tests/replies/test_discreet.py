"""What a group reads of somebody who has told of themselves: whether it fits, and never why."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from bot.answering.answer import Answerer
from bot.answering.answers import EntryAnswer
from bot.answering.safety import ruling
from bot.answering.search import Search, find
from bot.knowledge.entry import Facet, Technique
from bot.knowledge.knowledge import Knowledge
from bot.replies.discreet import is_personal
from bot.replies.groups import group_reply
from bot.replies.html import messages
from bot.replies.links import LAST, deep_link, entry_link
from bot.replies.plain import plain
from bot.replies.reply import Reply

# How the words of each condition begin that would tell others of it.
TELLING = {
    "pregnancy": "pregnan prenatal midwi baby birth bump trimester pubic",
    "pelvic-pain-in-pregnancy": "pregnan prenatal midwi pubic",
    "after-birth": "birth baby postnatal postpartum dome",
    "hip-replacement-anterior": "replace surg operat",
    "hip-replacement-posterior": "replace surg operat",
    "hip-replacement": "replace surg operat",
    "recent-surgery": "surg operat spine",
    "fresh-strain": "strain swoll swell limp hours",
    "sore-knee": "sore kneecap meniscus ligament",
    "osteoporosis": "osteo bones spin",
    "blood-thinners": "blood thinner bleed clot",
    "poor-balance": "balance fall unsafe",
    "tingling-leg": "tingl skin shoot",
    "groin-pain-on-impact": "groin impact fracture",
    "hip-pinch": "pinch groin",
    "painful-snapping": "snap",
    "hernia": "hernia groin",
    "heart-or-blood-pressure": "heart blood pressure breath-hold",
    "cancer": "cancer tumour",
    "under-18": "teenage 18 young",
    "back-worse-arching": "arch",
    "acute-back-pain": "sharp disc",
    "wrist-or-shoulder-pain": "wrist shoulder fist",
    "sore-ankle": "ankle sore",
    "numb-skin": "skin diabet",
    "poor-circulation": "circulat",
    "hypermobility": "bendy mobil",
    "reflux-or-breathless-flat": "reflux breathless",
    "lung-disease": "lungs disease",
    "other-condition": "illness injur",
}


def link(payload: str) -> str:
    return deep_link("psoas_test_bot", payload)


def said(knowledge: Knowledge, reply: Reply) -> str:
    """The text without the caveat, which is the same for everybody."""
    text = plain(reply)
    assert text.endswith(knowledge.messages.caveat.full)
    return text.removesuffix(knowledge.messages.caveat.full)


def told(answerer: Answerer, text: str) -> str:
    return plain(group_reply(answerer.knowledge, answerer.answer(text), link))


def personal(knowledge: Knowledge) -> Iterator[tuple[str, EntryAnswer]]:
    """Each condition with each entry that it makes a matter of its own."""
    for condition in knowledge.conditions:
        for entry in knowledge.advice():
            for facet in (None, Facet.CAUTIONS):
                answer = EntryAnswer(entry, (), (condition,), facet=facet)
                if is_personal(knowledge, answer):
                    yield condition, answer


def test_every_condition_has_its_telling_words(knowledge: Knowledge) -> None:
    assert TELLING.keys() == knowledge.conditions.keys()


def test_no_reply_tells_of_what_decides_it(knowledge: Knowledge) -> None:
    for condition, answer in personal(knowledge):
        reply = group_reply(knowledge, answer, link)
        text = said(knowledge, reply).lower()
        for stem in TELLING[condition].split():
            assert not re.search(rf"\b{stem}", text), (condition, answer.entry.id, text)
        assert knowledge.conditions[condition].name not in text
        assert len(messages(reply)) == 1


def test_what_is_ruled_out_is_not_shown_and_what_is_named_instead_is_allowed(
    knowledge: Knowledge,
) -> None:
    by_title = {technique.title: technique for technique in knowledge.techniques.values()}
    for condition, answer in personal(knowledge):
        text = said(knowledge, group_reply(knowledge, answer, link))
        listed = [line.removeprefix("- ").partition(": ")[0] for line in text.splitlines()]
        for technique in (by_title[title] for title in listed if title in by_title):
            if technique is not answer.entry:
                assert ruling(knowledge, technique, (condition,)).allows
        if isinstance(answer.entry, Technique):
            assert not any(step in text for step in answer.entry.steps)


def test_a_page_on_what_somebody_has_is_private(knowledge: Knowledge) -> None:
    for symptom in knowledge.symptoms.values():
        if symptom.conditions:
            assert symptom.private, symptom.id
        reply = group_reply(knowledge, EntryAnswer(symptom, ()), link)
        ((button,),) = reply.buttons
        assert button.url == link(LAST if symptom.private else entry_link(symptom.id))
        assert (symptom.title in plain(reply)) is not symptom.private


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("any chance I can keep doing pigeon at 24 weeks pregnant?", "leave that one out"),
        ("new hip since may - couch stretch yes or no", "leave that one out"),
        ("on warfarin, may I foam roll", "leave that one out"),
        ("is cat cow ok with my osteoporosis", "fine in its easier form"),
        ("walking with a hernia, good or bad?", "fine, with the usual care"),
        ("what helps my tight hips, I'm 30 weeks pregnant", "What fits"),
        ("constipated and bloated since monday, does the psoas do that", "What fits"),
        ("osteoporosis here, when shouldn't I stretch", "in private"),
    ],
)
def test_it_is_answered_plainly(answerer: Answerer, text: str, words: str) -> None:
    reply = told(answerer, text)
    assert words in reply
    for word in ("pregnan", "new hip", "thinner", "warfarin", "osteopor", "hernia", "bloat"):
        assert word not in reply.lower()


def test_what_is_found_is_told_with_its_care(knowledge: Knowledge) -> None:
    for condition, stems in TELLING.items():
        found = find(knowledge, Search((), (condition,), {}))
        assert found is not None
        text = said(knowledge, group_reply(knowledge, found, link))
        assert all(f"- {s.technique.title}: " in text for s in found.suggestions)
        assert not any(s.ruling.note and s.ruling.note in text for s in found.suggestions)
        for stem in stems.split():
            assert not re.search(rf"\b{stem}", text.lower()), (condition, text)
