"""What stands on a poster: of an entry, or of a thing that the bot can do."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.errors import BotError
from bot.knowledge.entry import RedFlag, Symptom, Technique, Topic
from bot.knowledge.knowledge import Knowledge
from bot.replies.links import GROUP, REMIND, deep_link, entry_link, group_link

_USERNAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}")
_NEAREST, _SIMILARITY = 3, 75

NO_USERNAME = """\
{name!r} is no username of a bot. It has at most 32 letters, digits and underscores, as in
    psoas-bot qr pigeon-pose --bot your_bot"""
WARNING_SIGN = """\
{id} is a warning sign and gets no poster: who has it should get help, and not scan a code.
The bot looks for it in every message, whatever poster has led there."""
UNKNOWN = "There is no entry {what!r} to make a poster of. {hint}"
NEAREST = "Did you mean: {ids}?"
WHERE = (
    "Name one as its file in techniques/, symptoms/ or topics/ is named, or say remind or group."
)


@dataclass(frozen=True, slots=True)
class Content:
    """The texts from top to bottom; `link` is what the code says."""

    title: str
    summary: str
    link: str
    how: str
    name: str
    caveat: str


def chosen(knowledge: Knowledge, what: str) -> str:
    """The id, "remind" or "group" that `what` names. Raises BotError for anything else."""
    id = re.sub(r"[\s_]+", "-", what.strip().lower())
    if id in knowledge.red_flags:
        raise BotError(WARNING_SIGN.format(id=id))
    if id in (REMIND, GROUP) or knowledge.entry(id):
        return id
    near = _nearest(knowledge, what.lower())
    hint = NEAREST.format(ids=", ".join(near)) if near else WHERE
    raise BotError(UNKNOWN.format(what=what, hint=hint))


def content(knowledge: Knowledge, id: str, username: str) -> Content:
    """What the poster of `id`, as `chosen` gives it, says. Raises BotError for a bad username."""
    name = username.removeprefix("@")
    if not _USERNAME.fullmatch(name):
        raise BotError(NO_USERNAME.format(name=username))
    title, summary, how = _texts(knowledge, id)
    named = knowledge.messages.poster.name.format(name=f"@{name}")
    return Content(title, summary, _link(id, name), how, named, knowledge.messages.caveat.short)


def _nearest(knowledge: Knowledge, what: str) -> list[str]:
    """The ids that are written or called most like `what`, best first; ids before names."""
    called = {id: id for id in (REMIND, GROUP)}
    called |= {entry.id.replace("-", " "): entry.id for entry in knowledge.advice()}
    for entry in knowledge.advice():
        for name in (entry.title, *entry.other_names):
            called.setdefault(name.lower(), entry.id)
    found = process.extract(
        what.replace("-", " "),
        called.keys(),
        scorer=fuzz.WRatio,
        score_cutoff=_SIMILARITY,
        limit=None,
    )
    return list(dict.fromkeys(called[name] for name, _, _ in found))[:_NEAREST]


def _texts(knowledge: Knowledge, id: str) -> tuple[str, str, str]:
    """Title, summary, and how to use the code."""
    texts = knowledge.messages.poster
    if id in (REMIND, GROUP):
        offer = texts.remind if id == REMIND else texts.group
        return offer.title, offer.summary, offer.how
    match knowledge.entry(id):
        case Technique(title=title, summary=summary):
            return title, summary, texts.technique
        case Symptom(title=title, summary=summary):
            return title, summary, texts.symptom
        case Topic(title=title, answer=answer):
            return title, answer[0], texts.topic
        case RedFlag() | None:
            raise KeyError(id)


def _link(id: str, username: str) -> str:
    if id == GROUP:
        return group_link(username)
    return deep_link(username, id if id == REMIND else entry_link(id))
