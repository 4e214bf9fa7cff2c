"""The bot's own settings: command lists, name, descriptions, menu button.

The words for a name or description that is too long are our own; Telegram's are not known.
"""

import re
from collections.abc import Callable

from tests.telegram.errors import bad_request
from tests.telegram.schema import Json
from tests.telegram.state import Chat, State

COMMANDS_LIMIT = 100
COMMAND_LIMIT = 32
COMMAND_DESCRIPTION_LIMIT = 256

_COMMAND = re.compile(r"[a-z0-9_]+")
_LANGUAGE = re.compile(r"(?:[a-z]{2})?")
_SCOPES = {
    *("default", "all_private_chats", "all_group_chats", "all_chat_administrators"),
    *("chat", "chat_administrators", "chat_member"),
}
# What a text of the profile is called in the API, and how long it may be.
_TEXTS = {"name": 64, "description": 512, "short_description": 120}


def set_my_commands(state: State, parameters: Json) -> bool:
    """setMyCommands: an empty list deletes, as in Telegram."""
    place = _place(state, parameters)
    commands = parameters["commands"]
    if len(commands) > COMMANDS_LIMIT:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        _check_command(command["command"].removeprefix("/"), command["description"])
    state.commands[place] = [
        {**command, "command": command["command"].removeprefix("/")} for command in commands
    ]
    return True


def get_my_commands(state: State, parameters: Json) -> list[Json]:
    """getMyCommands: only the list of exactly this scope and language."""
    return state.commands.get(_place(state, parameters), [])


def delete_my_commands(state: State, parameters: Json) -> bool:
    """deleteMyCommands."""
    state.commands.pop(_place(state, parameters), None)
    return True


def commands_shown(state: State, chat: Chat, language: str) -> list[Json]:
    """The commands that a person in a private chat is shown: the narrowest scope wins."""
    scopes = [("chat", chat.id), ("all_private_chats", 0), ("default", 0)]
    for scope, chat_id in scopes:
        for code in (language, ""):
            commands = state.commands.get((scope, chat_id, 0, code))
            if commands:
                return commands
    return []


def setter(field: str) -> Callable[[State, Json], bool]:
    """setMyName, setMyDescription or setMyShortDescription; an empty text deletes."""

    def set_text(state: State, parameters: Json) -> bool:
        text = parameters.get(field, "")
        if len(text) > _TEXTS[field]:
            raise bad_request(f"{field} length must not exceed {_TEXTS[field]}")
        state.profile[field, _language(parameters)] = text
        return True

    return set_text


def getter(field: str) -> Callable[[State, Json], Json]:
    """getMyName, getMyDescription or getMyShortDescription, in the language or the default."""

    def get_text(state: State, parameters: Json) -> Json:
        fallback = state.bot["first_name"] if field == "name" else ""
        texts = (state.profile.get((field, code)) for code in (_language(parameters), ""))
        return {field: next(filter(None, texts), fallback)}

    return get_text


def set_chat_menu_button(state: State, parameters: Json) -> bool:
    """setChatMenuButton: without chat_id it is the default for all."""
    button = parameters.get("menu_button", {"type": "default"})
    if button["type"] not in {"commands", "web_app", "default"}:
        raise bad_request("MenuButton has unsupported type")
    state.menu_buttons[_menu_chat(state, parameters)] = button
    return True


def get_chat_menu_button(state: State, parameters: Json) -> Json:
    """getChatMenuButton."""
    everyone = state.menu_buttons.get(0, {"type": "commands"})
    return state.menu_buttons.get(_menu_chat(state, parameters), everyone)


def _menu_chat(state: State, parameters: Json) -> int:
    return state.chat(parameters["chat_id"]).id if "chat_id" in parameters else 0


def _place(state: State, parameters: Json) -> tuple[str, int, int, str]:
    scope = parameters.get("scope", {"type": "default"})
    if scope["type"] not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    chat = state.chat(scope["chat_id"]) if "chat_id" in scope else None
    if chat and chat.type == "private" and scope["type"] != "chat":
        raise bad_request("can't use specified scope in private chats")
    user_id = scope.get("user_id", 0)
    return scope["type"], chat.id if chat else 0, user_id, _language(parameters)


def _language(parameters: Json) -> str:
    code: str = parameters.get("language_code", "")
    if not _LANGUAGE.fullmatch(code):
        raise bad_request("invalid language code specified")
    return code


def _check_command(name: str, description: str) -> None:
    if not name:
        raise bad_request("command must be non-empty")
    if len(name) > COMMAND_LIMIT:
        raise bad_request("command length must not exceed 32")
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not description:
        raise bad_request("command description must be non-empty")
    if len(description) > COMMAND_DESCRIPTION_LIMIT:
        raise bad_request("command description length must not exceed 256")
