"""Answer -> Reply: what is said for each kind of answer."""

from __future__ import annotations

from bot.answering.answers import (
    Answer,
    Choice,
    EntryAnswer,
    Explained,
    Fallback,
    Found,
    Noted,
    Reminding,
    SmallTalk,
    Urgent,
)
from bot.answering.triage import Alarm
from bot.knowledge.entry import RedFlag
from bot.knowledge.knowledge import Knowledge
from bot.replies import actions
from bot.replies.entries import closing, entry_reply, open_button
from bot.replies.lists import found_reply
from bot.replies.notes import explained_reply, noted_reply
from bot.replies.reply import Block, Button, Heading, Items, Paragraph, Reply, Warn
from bot.replies.wishes import reminding_reply


def reply_to(knowledge: Knowledge, answer: Answer) -> Reply:
    """The reply that says `answer`."""
    match answer:
        case EntryAnswer(entry):
            return _with_why(knowledge, entry_reply(knowledge, answer), entry.id)
        case Choice():
            return _choice_reply(knowledge, answer)
        case Found(suggestions):
            first = suggestions[0].technique.id
            return _with_why(knowledge, found_reply(knowledge, answer), first)
        case Urgent(alarms, standing):
            return _urgent_reply(knowledge, alarms, standing=standing)
        case Reminding():
            return reminding_reply(knowledge, answer)
        case Noted():
            return noted_reply(knowledge, answer)
        case Explained():
            return explained_reply(knowledge, answer)
        case SmallTalk(talk):
            return Reply((Paragraph(knowledge.small_talk[talk].replies[0]),))
        case Fallback():
            return _fallback_reply(knowledge, answer)


def _with_why(knowledge: Knowledge, reply: Reply, entry: str) -> Reply:
    """`reply` with a button that says where it comes from."""
    why = Button(knowledge.messages.why.button, actions.encode(actions.ExplainEntry(entry)))
    return Reply(reply.blocks, (*reply.buttons, (why,)))


def red_flag_reply(knowledge: Knowledge, flag: RedFlag) -> Reply:
    """What a red flag says where it is looked up, at its own tier."""
    return _urgent_reply(knowledge, (Alarm(flag.id, flag.tier),))


def menu_buttons(knowledge: Knowledge) -> tuple[tuple[Button, ...], ...]:
    """The way to everything there is."""
    commands = knowledge.messages.profile.commands
    return (
        (Button(commands["techniques"], actions.encode(actions.OpenTechniques())),),
        (Button(commands["symptoms"], actions.encode(actions.OpenSymptoms())),),
    )


def _choice_reply(knowledge: Knowledge, choice: Choice) -> Reply:
    texts = knowledge.messages.choice
    ids = [match.entry for match in choice.candidates]
    entries = [entry for id in ids if (entry := knowledge.entry(id))]
    blocks = (
        Paragraph(texts.question),
        Items(tuple(entry.title for entry in entries), numbered=True),
        Paragraph(texts.hint),
        closing(knowledge, full=choice.lasting or bool(choice.conditions)),
    )
    return Reply(blocks, tuple((open_button(knowledge, entry.id),) for entry in entries))


def _urgent_reply(
    knowledge: Knowledge, alarms: tuple[Alarm, ...], *, standing: bool = False
) -> Reply:
    """The first of the alarms; one that is never dropped goes before it and takes no place.

    One that is `standing` says first why nothing else is answered.
    """
    never = [alarm for alarm in alarms if knowledge.red_flags[alarm.flag].never_dropped]
    others = [alarm for alarm in alarms if alarm not in never]
    told = [*never, *others[:1]]
    texts = knowledge.messages.conversation
    blocks: list[Block] = [Paragraph(texts.standing)] if standing else []
    blocks += [block for alarm in told for block in _alarm_blocks(knowledge, alarm)]
    if any(knowledge.red_flags[alarm.flag].closes_with_caveat for alarm in told):
        blocks.append(closing(knowledge, full=True))
    button = Button(texts.looked_at, actions.encode(actions.LookedAt()))
    return Reply(tuple(blocks), ((button,),) if standing else ())


def _alarm_blocks(knowledge: Knowledge, alarm: Alarm) -> list[Block]:
    texts = knowledge.messages.urgent
    flag = knowledge.red_flags[alarm.flag]
    what = next((w for w in flag.what_to_do if w.tier == alarm.tier), flag.what_to_do[0])
    blocks: list[Block] = [Heading(flag.title), Paragraph(flag.serious)]
    if alarm.of_other:
        blocks.append(Paragraph(texts.for_other))
    blocks.append(Warn((Paragraph(what.text, texts.to_do),)))
    return [*blocks, Paragraph(flag.do_not, texts.do_not), Paragraph(flag.calm)]


def _fallback_reply(knowledge: Knowledge, fallback: Fallback) -> Reply:
    texts = knowledge.messages.fallback
    said = texts.empty if fallback.empty else texts.outside if fallback.outside else texts.unknown
    menu = texts.menu.format(example=knowledge.messages.start.examples[0])
    blocks = (Paragraph(said), Paragraph(menu), closing(knowledge, full=False))
    return Reply(blocks, menu_buttons(knowledge))
