"""What Telegram asks of reply_markup, and the buttons as a person sees them."""

from typing import NamedTuple

from tests.telegram.errors import bad_request
from tests.telegram.links import check_button_url
from tests.telegram.schema import Json

BUTTON_LIMIT = 100
DATA_LIMIT = 64

_DECORATION = {"text", "icon_custom_emoji_id", "style"}


class Button(NamedTuple):
    """A button: its label, and the callback_data or URL (or other action) behind it."""

    text: str
    target: str


def inline_keyboard(markup: Json | None) -> Json | None:
    """The keyboard that stays under the message, None for none; ApiError 400 for a wrong one.

    Reply keyboards are not part of a message: their buttons are checked and None is returned.
    """
    if markup is None:
        return None
    if "inline_keyboard" not in markup:
        _check_reply_keyboard(markup.get("keyboard", []))
        return None
    rows = [row for row in markup["inline_keyboard"] if row]
    buttons = [button for row in rows for button in row]
    for button in buttons:
        _check_button(button)
    if len(buttons) > BUTTON_LIMIT:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return {"inline_keyboard": rows} if rows else None


def rows_of(markup: Json | None) -> tuple[tuple[Button, ...], ...]:
    """The rows of an inline keyboard as a person sees them."""
    rows = (markup or {}).get("inline_keyboard", [])
    return tuple(tuple(Button(button["text"], _target(button)) for button in row) for row in rows)


def _check_reply_keyboard(rows: list[list[Json]]) -> None:
    if any(not button["text"] for row in rows for button in row):
        raise bad_request("keyboard button text must be non-empty")


def _check_button(button: Json) -> None:
    if not button["text"]:
        raise bad_request("inline keyboard button text must be non-empty")
    actions = button.keys() - _DECORATION
    if not actions or button.get("callback_data") == "":
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(actions) > 1:
        raise bad_request("BUTTON_TYPE_INVALID")
    if len(button.get("callback_data", "").encode()) > DATA_LIMIT:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button:
        check_button_url(button["url"])


def _target(button: Json) -> str:
    (action,) = button.keys() - _DECORATION
    return str(button[action])
