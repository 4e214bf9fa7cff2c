"""The fixed pages: start, help, privacy, settings, and the menus of techniques and symptoms."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.knowledge.knowledge import Knowledge
from bot.knowledge.messages import PageTexts
from bot.replies import actions
from bot.replies.compose import menu_buttons
from bot.replies.entries import closing, open_button
from bot.replies.notes import forget_buttons, held_blocks
from bot.replies.reply import Button, Heading, Items, Paragraph, Reply, Warn


def start(knowledge: Knowledge) -> Reply:
    texts = knowledge.messages.start
    blocks = (
        Heading(texts.hello),
        Paragraph(texts.does),
        Warn((Paragraph(texts.is_not),)),
        Paragraph(texts.try_),
        closing(knowledge, full=True),
    )
    examples = tuple(
        (Button(example, actions.encode(actions.AskExample(number))),)
        for number, example in enumerate(texts.examples)
    )
    return Reply(blocks, examples)


def help(knowledge: Knowledge) -> Reply:
    texts = knowledge.messages.help
    blocks = (
        Heading(texts.title),
        Items(texts.lines),
        Warn((Paragraph(texts.stop),)),
        closing(knowledge, full=True),
    )
    return Reply(blocks, menu_buttons(knowledge))


def privacy(knowledge: Knowledge) -> Reply:
    return _page(knowledge, knowledge.messages.privacy)


def settings(knowledge: Knowledge, held: tuple[str, ...] = ()) -> Reply:
    """What can be set, and what is kept in mind about the person."""
    page = _page(knowledge, knowledge.messages.settings)
    return Reply((*page.blocks, *held_blocks(knowledge, held)), forget_buttons(knowledge, held))


def techniques(knowledge: Knowledge) -> Reply:
    """The families that have a technique, as buttons."""
    used = {technique.family for technique in knowledge.techniques.values()}
    rows = tuple(
        (Button(name, actions.encode(actions.OpenFamily(id))),)
        for id, name in knowledge.messages.families.items()
        if id in used
    )
    return Reply(
        (Paragraph(knowledge.messages.menu.techniques), closing(knowledge, full=False)), rows
    )


def family(knowledge: Knowledge, id: str) -> Reply:
    """The techniques of one family, as buttons, with the way back; an unknown id: all families."""
    menu = knowledge.messages.menu
    of_family = [t for t in knowledge.techniques.values() if t.family == id]
    if not of_family:
        return techniques(knowledge)
    title = menu.family.format(family=knowledge.messages.families[id])
    lines = tuple(f"{technique.title}: {technique.summary}" for technique in of_family)
    rows = tuple((open_button(knowledge, technique.id),) for technique in of_family)
    back = (Button(menu.back, actions.encode(actions.OpenTechniques())),)
    return Reply((Paragraph(title), Items(lines), closing(knowledge, full=False)), (*rows, back))


def symptoms(knowledge: Knowledge) -> Reply:
    rows = tuple((open_button(knowledge, id),) for id in knowledge.symptoms)
    return Reply(
        (Paragraph(knowledge.messages.menu.symptoms), closing(knowledge, full=False)), rows
    )


def gone(knowledge: Knowledge) -> Reply:
    """What an old button leads to when its entry is not there any more."""
    blocks = (Paragraph(knowledge.messages.menu.gone), closing(knowledge, full=False))
    return Reply(blocks, menu_buttons(knowledge))


# The pages that need to know nothing of the conversation.
PAGES: Mapping[str, Callable[[Knowledge], Reply]] = {
    "start": start,
    "help": help,
    "techniques": techniques,
    "symptoms": symptoms,
    "privacy": privacy,
}
COMMANDS = (*PAGES, "settings", "why")


def _page(knowledge: Knowledge, texts: PageTexts) -> Reply:
    lines = tuple(line.format(language=knowledge.messages.language) for line in texts.lines)
    return Reply((Heading(texts.title), Items(lines)))
