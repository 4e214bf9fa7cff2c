"""Everything that can be wrong with the knowledge, down to what it would look like when said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.answering.answers import EntryAnswer
from bot.answering.look import LASTING
from bot.answering.patterns import Patterns
from bot.answering.text import normalize
from bot.errors import KnowledgeError
from bot.knowledge.entry import RedFlag
from bot.knowledge.faults import Fault, KnowledgeFaultsError, Place
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.links import file_of
from bot.knowledge.loader import lines_of, load
from bot.replies.compose import red_flag_reply
from bot.replies.entries import entry_reply
from bot.replies.html import messages
from bot.replies.pages import PAGES

CALLBACK_BYTES = 64


def sound(folder: Path) -> Knowledge:
    """The knowledge in `folder`, checked all through. Raises KnowledgeFaultsError."""
    knowledge = load(folder)
    found = list(faults(knowledge))
    if found:
        raise KnowledgeFaultsError(lines_of(found))
    return knowledge


def faults(knowledge: Knowledge) -> Iterator[Fault]:
    """Faults that only show when the knowledge is put to use."""
    yield from _missing_sign(knowledge)
    yield from _claimed_twice(knowledge)
    yield from _unreadable_patterns(knowledge)
    yield from _over_the_limits(knowledge)


def _missing_sign(knowledge: Knowledge) -> Iterator[Fault]:
    if LASTING not in knowledge.signs:
        text = f"the sign {LASTING!r}, which asks for the caveat in full, is not here"
        yield Fault(knowledge.folder / "signs.yaml", (), text)


def _claimed_twice(knowledge: Knowledge) -> Iterator[Fault]:
    """A phrase or name that two entries claim."""
    claimed: dict[str, str] = {}
    for entry in knowledge.entries():
        texts = [("phrases", n, phrase) for n, phrase in enumerate(entry.phrases)]
        if not isinstance(entry, RedFlag):
            texts.append(("title", 0, entry.title))
            texts += [("other_names", n, name) for n, name in enumerate(entry.other_names)]
        for key, number, text in texts:
            owner = claimed.setdefault(normalize(text), entry.id)
            if owner != entry.id:
                said = f"{text!r} is claimed by {owner!r} as well"
                yield Fault(file_of(knowledge, entry), (key, number), said)


def _unreadable_patterns(knowledge: Knowledge) -> Iterator[Fault]:
    file = knowledge.folder / "signs.yaml"
    named: list[tuple[Path, Place, tuple[str, ...]]] = [
        (file, (id,), says) for id, says in knowledge.signs.items()
    ]
    for condition in knowledge.conditions.values():
        file = knowledge.folder / "conditions.yaml"
        named.append((file, (condition.id, "says"), condition.says))
    for flag in knowledge.red_flags.values():
        file = file_of(knowledge, flag)
        named += [(file, ("signs", id), says) for id, says in flag.signs.items()]
        named.append((file, ("not_this",), flag.not_this))
    for file, place, patterns in named:
        for number, pattern in enumerate(patterns):
            try:
                Patterns({"": [pattern]}, knowledge.sign_words)
            except KnowledgeError as error:
                yield Fault(file, (*place, number), str(error))


def _over_the_limits(knowledge: Knowledge) -> Iterator[Fault]:
    """Replies that take more than one message, or a button that cannot carry its data."""
    for entry in knowledge.entries():
        if isinstance(entry, RedFlag):
            reply = red_flag_reply(knowledge, entry)
        else:
            reply = entry_reply(knowledge, EntryAnswer(entry, ()))
        if len(messages(reply)) > 1:
            text = "is too long for one Telegram message (4,096 characters): shorten its texts"
            yield Fault(file_of(knowledge, entry), (), text)
        for button in (button for row in reply.buttons for button in row):
            if len(button.data.encode()) > CALLBACK_BYTES:
                text = f"the button {button.text!r} carries more than {CALLBACK_BYTES} bytes"
                yield Fault(file_of(knowledge, entry), (), text)
    for name, page in PAGES.items():
        if len(messages(page(knowledge))) > 1:
            yield Fault(knowledge.folder / "messages.yaml", (name,), "is too long for one message")
