"""The settings of a group, as its administrators see and change them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.knowledge.knowledge import Knowledge
from bot.reminders.house_rules import GENERAL, HouseRules, Pace
from bot.reminders.outcomes import Draft
from bot.reminders.reminder import QUIZ, Reminder
from bot.replies import actions
from bot.replies.entries import closing
from bot.replies.house_actions import (
    OpenRules,
    SetLanguage,
    SetPace,
    SetQuiet,
    SetQuiz,
    SetTopic,
    read_hours,
)
from bot.replies.reminder_actions import GoOn, OpenReminders
from bot.replies.reminders import reminder_line
from bot.replies.reply import Button, Heading, Items, Paragraph, Reply, Rows


def rules_reply(
    knowledge: Knowledge,
    rules: HouseRules,
    reminders: Iterable[Reminder],
    *,
    is_forum: bool,
    languages: Mapping[str, str] | None = None,
) -> Reply:
    """The settings; `languages` to choose from are their names by folder, the usual one first."""
    texts, known, spoken = knowledge.messages.rules, tuple(reminders), languages or {}
    quizzes = [reminder for reminder in known if reminder.plan == QUIZ]
    stretches = [reminder for reminder in known if reminder.plan != QUIZ]
    lines = [texts.stretch.format(line=reminder_line(knowledge, one)) for one in stretches]
    lines = lines or [texts.stretch_none]
    lines += [texts.quiz_on.format(line=reminder_line(knowledge, one)) for one in quizzes]
    if not quizzes:
        lines.append(texts.quiz_off)
    if is_forum or rules.topic is not None:
        lines.append(_topic(knowledge, rules))
    lines += [texts.paces[rules.pace], _quiet(knowledge, rules)]
    if len(spoken) > 1:
        lines.append(texts.language.format(language=spoken[_spoken(rules, spoken)]))
    rows = (
        (_stretch_button(knowledge, has_any=bool(stretches)),),
        (_quiz_button(knowledge, has_any=bool(quizzes)),),
        *((_topic_button(knowledge, rules),) for _ in range(is_forum or rules.topic is not None)),
        tuple(_pace_button(knowledge, rules, pace) for pace in Pace),
        (_button(texts.quiet_button, OpenRules(quiet=True)),),
        *_languages(knowledge, rules, spoken),
    )
    return Reply((Heading(texts.title), Items(tuple(lines)), closing(knowledge, full=False)), rows)


def quiet_reply(knowledge: Knowledge, rules: HouseRules) -> Reply:
    """The choice of quiet hours."""
    texts = knowledge.messages.rules
    rows = [(_button(hours, SetQuiet(read_hours(hours))),) for hours in texts.quiet_choices]
    rows.append((_button(texts.quiet_off_button, SetQuiet(None)),))
    rows.append((_button(texts.back, OpenRules()),))
    told = (Paragraph(_quiet(knowledge, rules)), Paragraph(texts.quiet_question))
    return Reply((*told, closing(knowledge, full=False)), tuple(rows))


def _topic(knowledge: Knowledge, rules: HouseRules) -> str:
    texts = knowledge.messages.rules
    if rules.topic is None:
        return texts.topic_all
    return texts.topic_general if rules.topic == GENERAL else texts.topic_one


def _quiet(knowledge: Knowledge, rules: HouseRules) -> str:
    texts, quiet = knowledge.messages.rules, rules.quiet
    if quiet is None or rules.zone is None:
        return texts.quiet_none
    return texts.quiet.format(
        begins=f"{quiet.begins:%H:%M}", ends=f"{quiet.ends:%H:%M}", zone=rules.zone
    )


def _stretch_button(knowledge: Knowledge, *, has_any: bool) -> Button:
    texts = knowledge.messages.rules
    if has_any:
        return _button(texts.stretch_button, OpenReminders())
    return _button(texts.stretch_set_button, GoOn(Draft()))


def _quiz_button(knowledge: Knowledge, *, has_any: bool) -> Button:
    texts = knowledge.messages.rules
    text = texts.quiz_off_button if has_any else texts.quiz_button
    return _button(text, SetQuiz(wished=not has_any))


def _topic_button(knowledge: Knowledge, rules: HouseRules) -> Button:
    texts = knowledge.messages.rules
    if rules.topic is None:
        return _button(texts.topic_button, SetTopic(only_here=True))
    return _button(texts.topics_button, SetTopic(only_here=False))


def _pace_button(knowledge: Knowledge, rules: HouseRules, pace: Pace) -> Button:
    text = knowledge.messages.rules.pace_buttons[pace]
    return _button(_marked(knowledge, text, is_chosen=rules.pace is pace), SetPace(pace))


def _languages(knowledge: Knowledge, rules: HouseRules, languages: Mapping[str, str]) -> Rows:
    if len(languages) < 2:
        return ()
    chosen = _spoken(rules, languages)
    row = (
        _button(_marked(knowledge, name, is_chosen=folder == chosen), SetLanguage(folder))
        for folder, name in languages.items()
    )
    return (tuple(row),)


def _spoken(rules: HouseRules, languages: Mapping[str, str]) -> str:
    known = rules.language if rules.language in languages else None
    return known or next(iter(languages))


def _marked(knowledge: Knowledge, text: str, *, is_chosen: bool) -> str:
    return knowledge.messages.rules.chosen.format(text=text) if is_chosen else text


def _button(text: str, action: actions.Action) -> Button:
    return Button(text, actions.encode(action))
