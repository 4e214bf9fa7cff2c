"""Denials, the past and general questions, on the real grammar of the language."""

from __future__ import annotations

import pytest

from bot.answering.signs import Signs
from bot.answering.spelling import Spelling
from bot.answering.status import Status
from bot.knowledge.knowledge import Knowledge

SIGNS = {
    "fever": ["fever"],
    "numb": ["numb*"],
    "back-pain": ["back (pain|hurts)"],
    "cannot-pee": ["cant pee"],
    "clot": ["clot"],
}


@pytest.mark.parametrize(
    ("text", "sign", "status"),
    [
        ("I have a fever", "fever", Status.CURRENT),
        ("no fever", "fever", Status.DENIED),
        ("I don't have any numbness", "numb", Status.DENIED),
        ("no fever, chills or numbness", "numb", Status.DENIED),
        ("no fever, my leg is numb", "numb", Status.CURRENT),
        ("no fever but numb toes", "numb", Status.CURRENT),
        ("no pain and my foot is numb", "numb", Status.CURRENT),
        ("no pain, can't pee", "cannot-pee", Status.CURRENT),
        ("I don't feel well, back pain", "back-pain", Status.CURRENT),
        ("the numbness is gone", "numb", Status.DENIED),
        ("probably nothing but numb toes", "numb", Status.CURRENT),
        ("last year I had a clot", "clot", Status.PAST),
        ("I had a clot in 2019, tight hips now", "clot", Status.PAST),
        ("had a clot last year, all fine now", "clot", Status.PAST),
        ("back pain since 2019", "back-pain", Status.CURRENT),
        ("had chemo last year, new back pain", "back-pain", Status.CURRENT),
        ("last year a clot and now again a clot", "clot", Status.CURRENT),
        ("can stretching cause a clot?", "clot", Status.ASKED),
        ("can a clot make my leg hurt?", "clot", Status.CURRENT),
        ("what does a fever mean? mine started today", "fever", Status.CURRENT),
    ],
)
def test_status(knowledge: Knowledge, text: str, sign: str, status: Status) -> None:
    signs = Signs(SIGNS, {}, {}, knowledge.grammar)
    spelling = Spelling(signs.vocabulary(), knowledge.dictionary)
    found = {s.status for s in signs.read(text, spelling).signs if s.id == sign}
    assert status in found


def test_a_harmless_wording_hides_its_words_from_its_flag_only(knowledge: Knowledge) -> None:
    signs = Signs({"dead": ["dead"]}, {"crisis": ["dead bug"]}, {}, knowledge.grammar)
    spelling = Spelling(signs.vocabulary(), knowledge.dictionary)
    (sign,) = signs.read("the dead bug", spelling).signs
    assert sign.hidden_from == {"crisis"}


def test_a_sign_at_the_end_of_an_endless_sentence_is_found(knowledge: Knowledge) -> None:
    signs = Signs(SIGNS, {}, {}, knowledge.grammar)
    spelling = Spelling(signs.vocabulary(), knowledge.dictionary)
    found = signs.read("stretch " * 2000 + "and I cant pee", spelling).signs
    assert {sign.id for sign in found} == {"cannot-pee"}
