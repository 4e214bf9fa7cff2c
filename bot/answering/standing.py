"""Red flags over the whole conversation: raised by several messages together, and lifted again."""

from __future__ import annotations

from bot.answering.answer import Answerer
from bot.answering.conversation import Conversation
from bot.answering.look import Look
from bot.answering.signs import Reading
from bot.answering.status import Status
from bot.answering.triage import Alarm
from bot.knowledge.language import Act

SAID_SO = 0.5  # likelihood from which a message says that a red flag has been looked at
# The signs that tell whether it has been, see signs.yaml.
LOOKED_AT, NOT_CLEARED = "looked-at", {"not-looked-at", "found-something"}


def raised_together(answerer: Answerer, before: Conversation, look: Look) -> tuple[Alarm, ...]:
    """Red flags that this message and earlier ones raise only together.

    Both must bear on the flag, or what was said before would be weighed again at each message.
    """
    if not before.reading.signs or not look.reading.signs:
        return ()
    together = Reading(
        before.reading.signs | look.reading.signs,
        (*before.reading.sentences, *look.reading.sentences),
    )
    triage, flags = answerer.triage, answerer.knowledge.red_flags
    old = {alarm.flag for alarm in (*before.alarms, *triage.alarms(before.reading.signs))}
    return tuple(
        alarm
        for alarm in answerer.alarms(together)
        if alarm.flag not in old and triage.touches(flags[alarm.flag], look.reading.signs)
    )


def is_cleared(answerer: Answerer, look: Look) -> bool:
    """Whether it says that the red flag in force was looked at, or that there was none.

    Only what sounds so and also says so; a denial, a plan or a bad finding is no clearance.
    """
    found = {sign.id for sign in look.reading.signs if sign.status is not Status.DENIED}
    says_so = LOOKED_AT in found and not found & NOT_CLEARED
    sounds_so = look.aspect.label is Act.CLEARED and look.aspect.likely >= SAID_SO
    return says_so and sounds_so and not answerer.triage.alarms(look.reading.signs)
