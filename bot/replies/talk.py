"""The bot's side of all its conversations: words and presses in, replies out.

Handlers and the terminal walk through here alike. Reads no clock: each call is told the time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.answering.addressing import Addressing
from bot.answering.answer import Answerer
from bot.answering.answers import Answer, Note, Noted, Urgent
from bot.answering.conversation import NOTHING_SAID, Conversation, Conversations
from bot.answering.dialogue import Dialogue, explained
from bot.answering.triage import Alarm
from bot.knowledge.entry import RedFlag
from bot.knowledge.knowledge import Knowledge
from bot.replies import links, notes, pages
from bot.replies.actions import (
    Action,
    AskExample,
    ExplainEntry,
    ForgetCondition,
    LookedAt,
    OpenEntry,
    OpenFamily,
    OpenSymptoms,
    OpenTechniques,
)
from bot.replies.compose import red_flag_reply, reply_to
from bot.replies.reply import Reply

Key = object  # whatever tells one person in one chat from all others


class Talk:
    """Answers people out of one knowledge, with what each has said before in mind."""

    def __init__(self, answerer: Answerer, conversations: Conversations | None = None) -> None:
        self.answerer = answerer
        self._dialogue = Dialogue(answerer)
        self.conversations = conversations or Conversations()
        self.addressing = Addressing(answerer.knowledge.grammar)

    @property
    def knowledge(self) -> Knowledge:
        return self.answerer.knowledge

    def says(self, key: Key, text: str, now: datetime) -> tuple[Answer, Reply]:
        """The answer to what a person says, and the reply that says it."""
        answer, after = self._dialogue.turn(self.conversations.of(key, now), text)
        self.conversations.keep(key, after, now)
        return answer, reply_to(self.knowledge, answer)

    def recall(
        self,
        key: Key,
        now: datetime,
        *,
        conditions: Iterable[str] = (),
        flag: str | None = None,
        technique: str | None = None,
    ) -> None:
        """Puts into the conversation what is kept about the person elsewhere.

        `flag` is a red flag that is still in force, `technique` what the next words are about.
        """
        before = self.conversations.of(key, now)
        after = self.so_far(key, now, conditions=conditions, flag=flag)
        if technique in self.knowledge.techniques:
            after = replace(after, technique=technique, entry=technique)
        if after != before:
            self.conversations.keep(key, after, now)

    def so_far(
        self, key: Key, now: datetime, *, conditions: Iterable[str] = (), flag: str | None = None
    ) -> Conversation:
        """The conversation, with what is kept about the person elsewhere; nothing is put down."""
        before = self.conversations.of(key, now)
        known = [id for id in conditions if id in self.knowledge.conditions]
        after = replace(before, held=tuple(dict.fromkeys((*before.held, *known))))
        raised = self.knowledge.red_flags.get(flag or "")
        if raised is not None and not before.alarms:
            after = replace(after, alarms=(Alarm(raised.id, raised.tier),))
        return after

    def held(self, key: Key, now: datetime) -> tuple[str, ...]:
        """The conditions that the person has told of."""
        return self.conversations.of(key, now).held

    def alarms(self, key: Key, now: datetime) -> tuple[Alarm, ...]:
        """The red flags in force."""
        return self.conversations.of(key, now).alarms

    def opens(self, key: Key, entry: str, now: datetime) -> Answer:
        """The answer to somebody who has chosen `entry`, an id of the knowledge's advice."""
        answer, after = self._dialogue.opened(self.conversations.of(key, now), entry)
        self.conversations.keep(key, after, now)
        return answer

    def carry(self, source: Key, target: Key, now: datetime, *, entry: bool = False) -> None:
        """Puts what `source` holds of the person in the place of what `target` does.

        That is their conditions and own red flags, and the `entry` that they last were shown.
        """
        told, before = self.conversations.of(source, now), self.conversations.of(target, now)
        own = tuple(alarm for alarm in told.alarms if not alarm.of_other)
        others = tuple(alarm for alarm in before.alarms if alarm.of_other)
        after = replace(before, held=told.held, alarms=(*own, *others))
        if before.alarms and not after.alarms:  # looked at: what raised it is not weighed again
            after = replace(after, reading=NOTHING_SAID)
        if entry:
            after = replace(after, entry=told.entry)
        self.conversations.keep(target, after, now)

    def page(self, key: Key, name: str, now: datetime) -> Reply:
        """One of the fixed pages; /start begins anew, what a link of a group leads to does not."""
        before = self.conversations.of(key, now)
        match name:
            case "start":
                self.conversations.forget(key)
            case "settings":
                return pages.settings(self.knowledge, before.held)
            case "techniques" | "symptoms" | links.ASK | links.LAST if before.alarms:
                return self._standing(before)
            case links.LAST if before.entry and self.knowledge.entry(before.entry):
                return reply_to(self.knowledge, self.opens(key, before.entry, now))
            case links.ASK | links.LAST:
                return pages.start(self.knowledge)
            case "why":
                return notes.explained_reply(self.knowledge, explained(before))
        return pages.PAGES[name](self.knowledge)

    def menu(self, key: Key, action: Action | None, now: datetime) -> Reply | None:
        """What takes the place of the message whose button was pressed, if `action` does so."""
        before = self.conversations.of(key, now)
        match action:
            case OpenTechniques() | OpenFamily() | OpenSymptoms() if before.alarms:
                return self._standing(before)
            case OpenTechniques():
                return pages.techniques(self.knowledge)
            case OpenFamily(id):
                return pages.family(self.knowledge, id)
            case OpenSymptoms():
                return pages.symptoms(self.knowledge)
            case ForgetCondition(id):
                after = before.without(id) if id else before.forgetting()
                self.conversations.keep(key, after, now)
                return pages.settings(self.knowledge, after.held)
            case _:
                return None

    def presses(self, key: Key, action: Action | None, now: datetime) -> Reply:
        """What any other `action` is answered with, as a new message; None: an unknown one."""
        knowledge = self.knowledge
        examples = knowledge.messages.start.examples
        before = self.conversations.of(key, now)
        match action:
            case AskExample(number) if number < len(examples):
                return self.says(key, examples[number], now)[1]
            case OpenEntry(id) if entry := knowledge.entry(id):
                if isinstance(entry, RedFlag):
                    return red_flag_reply(knowledge, entry)
                answer, after = self._dialogue.opened(before, id)
            case ExplainEntry(id) if knowledge.entry(id):
                return notes.explained_reply(knowledge, self._dialogue.explained(before, id))
            case LookedAt():
                answer = Noted(Note.CLEARED, before.held)
                after = Conversation(held=before.held, held_of_other=before.held_of_other)
            case _:
                return self.menu(key, action, now) or pages.gone(knowledge)
        self.conversations.keep(key, after, now)
        return reply_to(knowledge, answer)

    def forget(self, key: Key) -> None:
        """Begins a new conversation."""
        self.conversations.forget(key)

    def _standing(self, before: Conversation) -> Reply:
        """The red flag in force, again: until it has been looked at, nothing else is offered."""
        return reply_to(self.knowledge, Urgent(before.alarms, standing=True))
