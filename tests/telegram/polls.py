"""Polls: sending, voting, stopping.

Formatting in them is read and left out. They do not close by themselves. The words of refusals are
Telegram's where they are known.
"""

from __future__ import annotations

from collections.abc import Sequence

from tests.telegram.access import Rights, check_may_send, reachable
from tests.telegram.entities import utf16_length
from tests.telegram.errors import bad_request
from tests.telegram.outgoing import edit, editable, send
from tests.telegram.schema import Json
from tests.telegram.sent import Record
from tests.telegram.state import State
from tests.telegram.texts import read_plain

QUESTION_LIMIT = 300
OPTIONS_LIMIT = 12
OPTION_LIMIT = 100
EXPLANATION_LIMIT = 200
EXPLANATION_LINE_FEEDS = 2
OPEN_SECONDS = range(5, 2_628_001)


def send_poll(state: State, parameters: Json) -> Json:
    """sendPoll: a regular poll or a quiz, anonymous unless is_anonymous is false."""
    chat = reachable(state, parameters["chat_id"], Rights.WRITE)
    check_may_send(state, chat, "can_send_polls", "polls")
    state.polls += 1
    poll = _poll(f"poll-{state.polls}", parameters)
    return send(state, chat, parameters, {"poll": poll}, poll["question"])


def stop_poll(state: State, parameters: Json) -> Json:
    """stopPoll: leaving reply_markup out takes the keyboard away."""
    chat = reachable(state, parameters["chat_id"], Rights.EDIT)
    if "poll" not in chat.records.get(parameters["message_id"], Record({})).message:
        raise bad_request("message with poll to stop not found")
    _, record = editable(state, parameters)
    if record.message["poll"]["is_closed"]:
        raise bad_request("poll has already been closed")
    poll = record.message["poll"] | {"is_closed": True}
    keyboard = {"reply_markup": parameters.get("reply_markup")}
    edit(state, chat, record, keyboard | {"poll": poll}, record.source)
    state.updates.add("poll", poll)
    return dict(poll)


def vote(state: State, record: Record, user: Json, options: tuple[int, ...]) -> None:
    """Choose these options, none taking the vote back.

    The bot gets the poll's new state, and who voted unless it is anonymous. ValueError for what no
    app offers: a closed poll, several options of a poll with one, a second answer to a quiz.
    """
    poll = record.message["poll"]
    before = state.votes.get((poll["id"], user["id"]), ())
    _check_vote(poll, before, options)
    state.votes[poll["id"], user["id"]] = options
    counts = [
        option | {"voter_count": option["voter_count"] + (number in options) - (number in before)}
        for number, option in enumerate(poll["options"])
    ]
    total = poll["total_voter_count"] + bool(options) - bool(before)
    record.message["poll"] = poll | {"options": counts, "total_voter_count": total}
    state.updates.add("poll", record.message["poll"])
    if not poll["is_anonymous"]:
        chosen = [counts[number]["persistent_id"] for number in options]
        answer = {"poll_id": poll["id"], "user": user, "option_ids": list(options)}
        state.updates.add("poll_answer", answer | {"option_persistent_ids": chosen})


def _poll(number: str, parameters: Json) -> Json:
    quiz = _is_quiz(parameters)
    several = parameters.get("allows_multiple_answers", False)
    poll: Json = {
        "id": number,
        "question": _read(parameters, "question", "poll question", QUESTION_LIMIT),
        "options": _options(parameters["options"]),
        "total_voter_count": 0,
        "is_closed": parameters.get("is_closed", False),
        "is_anonymous": parameters.get("is_anonymous", True),
        "type": "quiz" if quiz else "regular",
        "allows_multiple_answers": several,
        "allows_revoting": parameters.get("allows_revoting", not quiz),
        "members_only": parameters.get("members_only", False),
    }
    if quiz:
        poll |= _quiz(parameters, len(poll["options"]), several=several)
    kept = _closing(parameters)
    return poll | {name: parameters[name] for name in kept}


def _is_quiz(parameters: Json) -> bool:
    kind = parameters.get("type", "regular")
    if kind not in {"regular", "quiz"}:
        raise bad_request("unsupported poll type specified")
    return bool(kind == "quiz")


def _options(options: list[Json]) -> list[Json]:
    if not options:
        raise bad_request("poll must have at least 1 option")
    if len(options) > OPTIONS_LIMIT:
        raise bad_request(f"poll can't have more than {OPTIONS_LIMIT} options")
    return [
        {
            "persistent_id": f"option-{number}",
            "text": _read(option, "text", "poll option", OPTION_LIMIT),
            "voter_count": 0,
        }
        for number, option in enumerate(options)
    ]


def _quiz(parameters: Json, options: int, *, several: bool) -> Json:
    correct = parameters.get("correct_option_ids", [])
    if not correct or len(set(correct)) < len(correct) or not set(correct) <= set(range(options)):
        raise bad_request("wrong correct option ID specified")
    if len(correct) > 1 and not several:
        raise bad_request("wrong correct option ID specified")
    explanation = read_plain(parameters, "explanation")
    if utf16_length(explanation) > EXPLANATION_LIMIT:
        raise bad_request("poll explanation is too long")
    if explanation.count("\n") > EXPLANATION_LINE_FEEDS:
        raise bad_request("poll explanation has too many line feeds")
    shown = {"explanation": explanation} if explanation else {}
    return {"correct_option_ids": correct} | shown


def _closing(parameters: Json) -> Sequence[str]:
    given = [name for name in ("open_period", "close_date") if name in parameters]
    if len(given) > 1:
        raise bad_request("open_period and close_date can't be used together")
    if "open_period" in given and parameters["open_period"] not in OPEN_SECONDS:
        raise bad_request("poll open period is wrong")
    return given


def _read(parameters: Json, name: str, called: str, limit: int) -> str:
    text = read_plain(parameters, name)
    if not text:
        raise bad_request(f"{called} must be non-empty")
    if utf16_length(text) > limit:
        raise bad_request(f"{called} length must not exceed {limit}")
    return text


def _check_vote(poll: Json, before: tuple[int, ...], options: tuple[int, ...]) -> None:
    if poll["is_closed"]:
        raise ValueError("the poll is closed")
    if not set(options) <= set(range(len(poll["options"]))) or len(set(options)) < len(options):
        raise ValueError(f"the poll has no options {options}")
    if len(options) > 1 and not poll["allows_multiple_answers"]:
        raise ValueError("the poll takes one option")
    if before and not poll["allows_revoting"]:
        raise ValueError("the vote stands")
