"""The list under the bot's name in any chat: what each line says, and the message it becomes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from bot.answering.answer import Answerer
from bot.answering.answers import EntryAnswer, Reminding, Urgent
from bot.answering.conversation import Conversation
from bot.answering.listing import Listed, Lister, Withheld
from bot.knowledge.entry import Facet, Topic
from bot.knowledge.inline_texts import MOST
from bot.knowledge.knowledge import Knowledge
from bot.replies.entries import closing
from bot.replies.groups import group_reply
from bot.replies.links import ASK, REMIND, Link
from bot.replies.plain import plain
from bot.replies.reply import Closing, Heading, Paragraph, Reply
from bot.replies.sessions import first_sentence

KEPT = 1_000  # lists; the oldest goes first


@dataclass(frozen=True, slots=True)
class Result:
    """A line of the list, and the one message that it becomes; `id` has at most 64 bytes."""

    id: str
    title: str
    description: str
    reply: Reply


@dataclass(frozen=True, slots=True)
class Shown:
    """The list, and the button above it: its text, and what it starts the private chat with.

    `alike`: whoever asks the same may be shown it, since it holds nothing to try.
    """

    results: tuple[Result, ...]
    button: str
    payload: str
    alike: bool


class Lists:
    """Lists out of one knowledge, kept for those of whom nothing is known."""

    def __init__(self, answerer: Answerer, kept: int = KEPT) -> None:
        self._answerer = answerer
        self._knowledge = answerer.knowledge
        self._lister = Lister(answerer)
        self._most = kept
        self._kept: OrderedDict[str, Shown] = OrderedDict()
        self._named_in = lru_cache(kept)(self._read)

    def of(self, query: str, before: Conversation, link: Link) -> Shown:
        """What to show under `query` to somebody who has said `before` in private."""
        if not _is_blank(before):
            return self._shown(query, before, link)
        key = " ".join(query.casefold().split())
        if key not in self._kept:
            self._kept[key] = self._shown(query, before, link)
        self._kept.move_to_end(key)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return self._kept[key]

    def __len__(self) -> int:
        return len(self._kept)

    def _shown(self, query: str, before: Conversation, link: Link) -> Shown:
        texts = self._knowledge.messages.inline
        match self._lister.listing(query, before):
            case Urgent() as urgent:
                return Shown((_urgent(self._knowledge, urgent, link),), texts.private, ASK, True)
            case Withheld():
                return Shown((), texts.withheld, ASK, False)
            case Reminding():
                return Shown((), texts.reminders, REMIND, True)
            case Listed() as listed:
                results = tuple(islice(self._results(listed, link), MOST))
                text = texts.private if results else texts.nothing
                return Shown(results, text, ASK, not results)

    def _results(self, listed: Listed, link: Link) -> Iterator[Result]:
        """What may be sent: nothing that names a condition of the asker's, though of anybody."""
        full = bool(listed.own) or listed.lasting
        for answer in listed.answers:
            result = _result(self._knowledge, answer, link, full=full)
            if not listed.own or self._named_in(plain(result.reply)).isdisjoint(listed.own):
                yield result

    def _read(self, text: str) -> frozenset[str]:
        """The conditions that `text` names, and other signs, as the bot itself would read it."""
        signs = self._answerer.look(text).reading.signs
        return frozenset(sign.id for sign in signs)


def _is_blank(before: Conversation) -> bool:
    """Whether nothing is known of the person that could change a list."""
    told = before.held or before.held_of_other
    return not (told or before.alarms or before.reading.signs)


def _urgent(knowledge: Knowledge, urgent: Urgent, link: Link) -> Result:
    """The urgent text whole, under the title that it begins with."""
    reply = group_reply(knowledge, urgent, link)
    title = next(block.text for block in reply.blocks if isinstance(block, Heading))
    serious = next(block.text for block in reply.blocks if isinstance(block, Paragraph))
    return Result(urgent.alarms[0].flag, title, first_sentence(serious), reply)


def _result(knowledge: Knowledge, answer: EntryAnswer, link: Link, *, full: bool) -> Result:
    entry, facet = answer.entry, answer.facet
    id = entry.id if facet is None else f"{entry.id}.{facet}"
    told = entry.answer[0] if isinstance(entry, Topic) else entry.summary
    reply = group_reply(knowledge, answer, link)
    reply = _with_full_caveat(knowledge, reply) if full else reply
    return Result(id, _title(knowledge, entry.title, facet), first_sentence(told), reply)


def _title(knowledge: Knowledge, title: str, facet: Facet | None) -> str:
    if facet is None:
        return title
    texts = knowledge.messages
    care = facet is Facet.CAUTIONS
    aspect = texts.technique.warning if care else str(getattr(texts.facet, facet))
    return texts.inline.aspect.format(title=title, aspect=aspect)


def _with_full_caveat(knowledge: Knowledge, reply: Reply) -> Reply:
    blocks = tuple(
        closing(knowledge, full=True) if isinstance(block, Closing) else block
        for block in reply.blocks
    )
    return replace(reply, blocks=blocks)
