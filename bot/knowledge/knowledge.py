"""Everything one language's folder holds, as one read-only value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.entry import Asks, Examples, Frozen, RedFlag, Symptom, Technique, Topic, Verdict
from bot.knowledge.language import (
    Condition,
    Grammar,
    OutOfScope,
    ReminderWords,
    Request,
    SmallTalk,
    Source,
    Turn,
    Wish,
)
from bot.knowledge.messages import Messages
from bot.knowledge.plans import Plans
from bot.knowledge.quizzes import Quiz

Entry = Technique | Symptom | Topic | RedFlag

# Folder of each kind of entry: the one table of where entries live.
ENTRY_FOLDERS: Mapping[str, type[Technique | Symptom | Topic | RedFlag]] = {
    "techniques": Technique,
    "symptoms": Symptom,
    "topics": Topic,
    "red-flags": RedFlag,
}
# Folders of messages to learn from: one file for each red flag, and for each technique.
EXAMPLES_FOLDER, ASKS_FOLDER = "examples", "asks"
# File of each kind of record that is kept as one mapping from id to record.
RECORD_FILES: Mapping[str, type[Frozen]] = {
    "conditions": Condition,
    "wishes": Wish,
    "sources": Source,
    "small-talk": SmallTalk,
    "out-of-scope": OutOfScope,
    "quiz": Quiz,
}
# ... and of those that are only learnt from.
LEARNT_FILES: Mapping[str, type[Frozen]] = {"requests": Request, "turns": Turn}
# File of each kind of word list: a mapping from id to wordings.
WORD_FILES = ("concepts", "sign-words", "wish-words", "signs")


@dataclass(frozen=True)
class Knowledge:
    """The knowledge of one language; every mapping is by id, red flags in order of precedence.

    `examples`, `asks`, `requests` and `turns` are empty where what is only learnt from was not
    asked for. `folder` is where it was read from;
    `version` changes whenever any of its files does, `learnt_version` with those learnt from.
    """

    folder: Path
    version: str
    learnt_version: str
    techniques: Mapping[str, Technique]
    symptoms: Mapping[str, Symptom]
    topics: Mapping[str, Topic]
    red_flags: Mapping[str, RedFlag]
    examples: Mapping[str, Examples]
    asks: Mapping[str, Asks]
    conditions: Mapping[str, Condition]
    wishes: Mapping[str, Wish]
    requests: Mapping[str, Request]
    turns: Mapping[str, Turn]
    sources: Mapping[str, Source]
    small_talk: Mapping[str, SmallTalk]
    out_of_scope: Mapping[str, OutOfScope]
    concepts: Mapping[str, tuple[str, ...]]
    sign_words: Mapping[str, tuple[str, ...]]
    wish_words: Mapping[str, tuple[str, ...]]
    signs: Mapping[str, tuple[str, ...]]
    plans: Plans
    quiz: Mapping[str, Quiz]
    grammar: Grammar
    reminder_words: ReminderWords
    messages: Messages
    dictionary: frozenset[str]

    def entry(self, id: str) -> Entry | None:
        return (
            self.techniques.get(id)
            or self.symptoms.get(id)
            or self.topics.get(id)
            or self.red_flags.get(id)
        )

    def advice(self) -> Iterator[Technique | Symptom | Topic]:
        """Every entry that may be asked for: all but the red flags."""
        yield from self.techniques.values()
        yield from self.symptoms.values()
        yield from self.topics.values()

    def entries(self) -> Iterator[Entry]:
        """Every entry, red flags last."""
        yield from self.advice()
        yield from self.red_flags.values()

    def verdict(self, technique: Technique, condition: str) -> tuple[Verdict, str | None]:
        """What `condition` means for `technique`, and the note that goes with it."""
        known = self.conditions[condition]
        if known.strictest_of:
            both = [self.verdict(technique, part) for part in known.strictest_of]
            return max(both, key=lambda found: found[0].severity)
        for caution in technique.cautions:
            if caution.condition == condition:
                return caution.verdict, caution.note
        # What nobody has judged is not offered; `check` asks for the judgement.
        return Verdict.NO if known.otherwise == "stated" else Verdict(known.otherwise), None
