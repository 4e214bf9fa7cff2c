"""The methods that the server really carries out, in one table; others are only checked."""

from collections.abc import Awaitable, Callable

from tests.telegram import chat_members, delivery, guests, inline, messages, polls, profile
from tests.telegram.access import Rights, reachable
from tests.telegram.schema import Json
from tests.telegram.state import State

Implementation = Callable[[State, Json], object | Awaitable[object]]


def get_me(state: State, _parameters: Json) -> Json:
    """getMe: with what the bot's owner switched."""
    switches = state.switches
    return state.bot | {
        "can_join_groups": True,
        "can_read_all_group_messages": not switches.privacy,
        "supports_inline_queries": switches.inline,
        "supports_guest_queries": switches.guests,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def get_chat(state: State, parameters: Json) -> Json:
    """getChat."""
    gifts = ("unlimited", "limited", "unique")
    accepted = {f"{kind}_gifts": True for kind in gifts}
    accepted |= {"premium_subscription": True, "gifts_from_channels": True}
    return reachable(state, parameters["chat_id"], Rights.READ).as_json() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": accepted,
    }


METHODS: dict[str, Implementation] = {
    "getMe": get_me,
    "getUpdates": delivery.get_updates,
    "setWebhook": delivery.set_webhook,
    "deleteWebhook": delivery.delete_webhook,
    "getWebhookInfo": delivery.get_webhook_info,
    "sendMessage": messages.send_message,
    "sendPhoto": messages.send_photo,
    "sendChatAction": messages.send_chat_action,
    "editMessageText": messages.edit_message_text,
    "editMessageReplyMarkup": messages.edit_message_reply_markup,
    "deleteMessage": messages.delete_message,
    "deleteMessages": messages.delete_messages,
    "answerCallbackQuery": messages.answer_callback_query,
    "answerInlineQuery": inline.answer_inline_query,
    "answerGuestQuery": guests.answer_guest_query,
    "sendPoll": polls.send_poll,
    "stopPoll": polls.stop_poll,
    "getChat": get_chat,
    "getChatMember": chat_members.get_chat_member,
    "getChatAdministrators": chat_members.get_chat_administrators,
    "getChatMemberCount": chat_members.get_chat_member_count,
    "leaveChat": chat_members.leave_chat,
    "setMyCommands": profile.set_my_commands,
    "getMyCommands": profile.get_my_commands,
    "deleteMyCommands": profile.delete_my_commands,
    "setMyName": profile.setter("name"),
    "getMyName": profile.getter("name"),
    "setMyDescription": profile.setter("description"),
    "getMyDescription": profile.getter("description"),
    "setMyShortDescription": profile.setter("short_description"),
    "getMyShortDescription": profile.getter("short_description"),
    "setChatMenuButton": profile.set_chat_menu_button,
    "getChatMenuButton": profile.get_chat_menu_button,
}
