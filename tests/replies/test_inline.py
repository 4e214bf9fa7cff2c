"""What is listed under the bot's name, and what each line becomes in a chat of other people."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.answer import Answerer
from bot.answering.conversation import Conversation
from bot.answering.safety import ruling
from bot.answering.triage import Alarm
from bot.knowledge.entry import Tier, Verdict
from bot.knowledge.inline_texts import MOST
from bot.knowledge.knowledge import Knowledge
from bot.replies.html import LIMIT, length, messages
from bot.replies.inline import Lists, Shown
from bot.replies.links import ASK, REMIND, deep_link, entry_link
from bot.replies.plain import plain
from bot.replies.talk import Talk

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
NOBODY = Conversation()
FLAGGED = Conversation(alarms=(Alarm("chest-pain", Tier.EMERGENCY),))
WORDS = ("tight", "hips", "psoas", "hurts", "pregnant", "pee", "how", "long", "pigeon", "fever")


def link(payload: str) -> str:
    return deep_link("psoas_test_bot", payload)


@pytest.fixture(scope="module")
def lists(answerer: Answerer) -> Lists:
    return Lists(answerer)


def ids(shown: Shown) -> list[str]:
    return [result.id for result in shown.results]


def show(lists: Lists, query: str, before: Conversation = NOBODY) -> Shown:
    return lists.of(query, before, link)


def told(answerer: Answerer, *lines: str) -> Conversation:
    """The conversation of somebody who has said `lines` in private."""
    talk = Talk(answerer)
    for line in lines:
        talk.says("ada", line, NOW)
    return talk.so_far("ada", NOW)


@pytest.mark.parametrize(
    ("query", "first", "among"),
    [
        ("tight hips", "tight-from-sitting", "standing-hip-flexor-stretch"),
        ("tight hi", "tight-from-sitting", "tight-from-sitting"),
        ("pig", "pigeon-pose", "pigeon-pose"),
        ("psoas str", "half-kneeling-lunge", "what-is-the-psoas"),
        ("lunge str", "half-kneeling-lunge", "half-kneeling-lunge"),
        ("COUCH ST", "couch-stretch", "couch-stretch"),
        ("how long in pigeon?", "pigeon-pose.dose", "half-kneeling-lunge"),
        ("my lower back aches after gardening", "lower-back-pain", "constructive-rest"),
        ("what's the psoas anyway", "what-is-the-psoas", "why-it-gets-tight"),
        ("anything I can do in bed?", "edge-of-bed-stretch", "edge-of-bed-stretch"),
    ],
)
def test_it_lists_what_is_meant(lists: Lists, query: str, first: str, among: str) -> None:
    shown = show(lists, query)
    assert ids(shown)[0] == first
    assert among in ids(shown)
    assert (shown.payload, shown.alike) == (ASK, False)


def test_at_each_letter_what_is_being_typed_is_listed(lists: Lists) -> None:
    for typed in ("pigeon pose", "glute bridge", "couch stretch", "child's pose"):
        for end in range(3, len(typed) + 1):
            name = typed.replace("'", "").replace(" ", "-")
            assert name in ids(show(lists, typed[:end])), typed[:end]


def test_a_question_on_one_aspect_sends_that_aspect(lists: Lists, knowledge: Knowledge) -> None:
    first = show(lists, "how long should I stay in pigeon?").results[0]
    assert first.title == f"{knowledge.techniques['pigeon-pose'].title}: How much"
    assert knowledge.techniques["pigeon-pose"].steps[0] not in plain(first.reply)


def test_no_words_list_the_favourites(lists: Lists, knowledge: Knowledge) -> None:
    for query in ("", "   "):
        assert ids(show(lists, query)) == list(knowledge.messages.inline.favourites)


@pytest.mark.parametrize(
    "query",
    [
        "quantum physics",
        "good morning",
        "cheers mate",
        "🙂🙂",
        "👍",
        "腰が痛い",
        "привет",
        "!?",
        "1234",
    ],
)
def test_what_is_not_asked_for_is_not_listed(
    lists: Lists, knowledge: Knowledge, query: str
) -> None:
    shown = show(lists, query)
    assert shown == Shown((), knowledge.messages.inline.nothing, ASK, alike=True)


def test_reminders_are_set_in_private(lists: Lists, knowledge: Knowledge) -> None:
    shown = show(lists, "remind me at 7 in the morning, please")
    assert shown == Shown((), knowledge.messages.inline.reminders, REMIND, alike=True)


@pytest.mark.parametrize("before", [NOBODY, FLAGGED, Conversation(held=("pregnancy",))])
@pytest.mark.parametrize(
    ("query", "flag"),
    [
        ("can't pee and my back", "cauda-equina"),
        ("can't pee and my back kills me, which stretch", "cauda-equina"),
        ("pigeon pose, I've got crushing chest pa", "chest-pain"),
        ("numb between my legs since this morn", "cauda-equina"),
    ],
)
def test_a_red_flag_stands_alone_and_whole(
    lists: Lists, knowledge: Knowledge, query: str, flag: str, before: Conversation
) -> None:
    (result,) = show(lists, query, before).results
    red_flag = knowledge.red_flags[flag]
    assert (result.id, result.title) == (flag, red_flag.title)
    for text in (red_flag.serious, red_flag.do_not, red_flag.calm):
        assert text in plain(result.reply)
    assert show(lists, query, before).alike


@pytest.mark.parametrize("query", ["", "pigeon pose", "tight hips", "what is the psoas", "glu"])
def test_nothing_is_listed_while_a_red_flag_stands(
    lists: Lists, knowledge: Knowledge, query: str
) -> None:
    shown = show(lists, query, FLAGGED)
    assert shown == Shown((), knowledge.messages.inline.withheld, ASK, alike=False)


def test_a_red_flag_of_which_half_was_told_in_private_withholds_all(
    lists: Lists, answerer: Answerer
) -> None:
    before = told(answerer, "I have a fever")
    assert not before.alarms
    shown = show(lists, "my lower back hurts", before)
    assert (shown.results, shown.alike) == ((), False)
    assert show(lists, "my lower back hurts").results


@pytest.mark.parametrize(
    ("query", "condition", "word"),
    [
        ("stretch at 20 weeks pregnant", "pregnancy", "pregnan"),
        ("is pigeon ok, I'm expecting", "pregnancy", "pregnan"),
        ("low back ache, 30 weeks pregnant", "pregnancy", "pregnan"),
        ("what can I do after my hip replacement", "hip-replacement", "replace"),
        ("I have osteoporosis, which stretch?", "osteoporosis", "osteoporo"),
        ("I'm on warfarin, may I foam roll", "blood-thinners", "thinner"),
        ("my leg tingles", "tingling-leg", "tingling"),
        ("my knees are bad, what can I stretch", "sore-knee", "sore knee"),
    ],
)
def test_with_a_condition_only_what_is_safe_is_listed_and_nothing_tells_of_it(
    lists: Lists, knowledge: Knowledge, query: str, condition: str, word: str
) -> None:
    results = show(lists, query).results
    assert results
    for result in results:
        technique = knowledge.techniques.get(result.id)
        if technique is not None:
            assert ruling(knowledge, technique, (condition,)).verdict is Verdict.OK
        assert word not in f"{result.title} {result.description} {plain(result.reply)}".lower()
        assert plain(result.reply).endswith(knowledge.messages.caveat.full)


@pytest.mark.parametrize("query", ["", "pigeon pose", "tight hips", "stretch", "low back ache"])
def test_what_was_told_in_private_holds_here(
    lists: Lists, answerer: Answerer, knowledge: Knowledge, query: str
) -> None:
    everybodys = ids(show(lists, query))
    for lines in (("I'm 20 weeks pregnant",), ("my wife is 20 weeks pregnant",)):
        before = told(answerer, *lines)
        shown = show(lists, query, before)
        assert not shown.alike
        for result in shown.results:
            technique = knowledge.techniques.get(result.id)
            assert technique is None or knowledge.verdict(technique, "pregnancy")[0] is Verdict.OK
            assert "pregnan" not in plain(result.reply).lower()
    assert ids(show(lists, query)) == everybodys


def test_a_page_names_only_what_is_safe(lists: Lists, knowledge: Knowledge) -> None:
    page = show(lists, "tight hips", Conversation(held=("pregnancy",))).results[0]
    assert page.id == "tight-from-sitting"
    for technique in knowledge.techniques.values():
        if technique.title in plain(page.reply):
            assert knowledge.verdict(technique, "pregnancy")[0] is Verdict.OK


def test_an_illness_without_verdicts_leaves_what_is_fine_with_any(
    lists: Lists, knowledge: Knowledge
) -> None:
    for result in show(lists, "which hip flexor stretch can I do, I have lupus").results:
        technique = knowledge.techniques[result.id]
        assert knowledge.verdict(technique, "other-condition")[0] is Verdict.OK


def test_beside_a_complaint_only_what_helps_with_it_as_it_is(
    lists: Lists, knowledge: Knowledge
) -> None:
    shown = show(lists, "hurts when I lift my knee, pulled hip flexor")
    page = knowledge.symptoms["pain-lifting-leg"]
    plainly = {help.technique for help in page.helps if help.note is None}
    assert ids(shown)[0] == page.id
    assert set(ids(shown)) & knowledge.techniques.keys() <= plainly


def test_each_line_leads_to_the_same_entry_in_private(lists: Lists) -> None:
    for result in show(lists, "").results:
        ((button,),) = result.reply.buttons
        assert button.url == link(entry_link(result.id))


def test_lists_are_kept_for_those_of_whom_nothing_is_known(answerer: Answerer) -> None:
    lists = Lists(answerer, kept=3)
    assert show(lists, "Tight  HIPS ") is show(lists, "tight hips")
    show(lists, "tight hips", Conversation(held=("pregnancy",)))
    assert len(lists) == 1
    for query in ("cobra", "pigeon", "couch", "dead bug"):
        show(lists, query)
    assert len(lists) == 3


typed = st.one_of(
    st.text(max_size=256),
    st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join),
    st.lists(st.sampled_from(WORDS), min_size=1).map(lambda said: " ".join(said)[:256][:-1]),
)
known = st.sampled_from(
    [NOBODY, FLAGGED, Conversation(held=("pregnancy", "sore-knee")), Conversation(held=("cancer",))]
)


@given(query=typed, before=known)
def test_whatever_is_typed_the_list_is_fit_to_be_sent(
    lists: Lists, knowledge: Knowledge, query: str, before: Conversation
) -> None:
    shown = show(lists, query, before)
    caveat = knowledge.messages.caveat
    assert len(shown.results) <= MOST
    assert len(set(ids(shown))) == len(shown.results)
    assert shown.button
    for result in shown.results:
        assert 1 <= len(result.id.encode()) <= 64
        assert result.title
        assert "\n" not in result.title + result.description
        (html,) = messages(result.reply)
        assert length(html) <= LIMIT
        flag = knowledge.red_flags.get(result.id)
        if flag is None or flag.closes_with_caveat:
            assert plain(result.reply).endswith((caveat.short, caveat.full))
        assert flag is None or len(shown.results) == 1
