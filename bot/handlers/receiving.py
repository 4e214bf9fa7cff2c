"""Taking updates so that one which cannot be read does not stop all others.

In long polling the library reads all updates of an answer at once. Where one of them is not as it
knows them, it drops them all, asks again without a pause and gets the same: the bot would stand
still for ever. At the webhook it refuses such an update, and writes what people have said into the
log, each time that Telegram brings it again.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

from telegram import Bot, Update
from telegram.request import HTTPXRequest

log = logging.getLogger(__name__)

LARGEST = 2**63 - 1


class Receiving(HTTPXRequest):
    """For getUpdates. What cannot be read comes through as an empty update, to be confirmed."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        answer = HTTPXRequest.parse_json_payload(payload)
        if isinstance(answer, dict) and isinstance(answer.get("result"), list):
            answer["result"] = [told for update in answer["result"] for told in _read(update)]
        return answer


def forgive_at_the_webhook() -> None:
    """From now on the webhook takes what it cannot read, and makes nothing of it.

    The library leaves no other way but to serve HTTP oneself: it makes its server where it is
    started, and reads updates by this name.
    """
    from telegram.ext._utils import webhookhandler

    webhookhandler.Update = _Forgiving  # type: ignore[attr-defined]


class _Forgiving(Update):
    __slots__ = ()

    @classmethod
    def de_json(cls, data: dict[str, Any], bot: Bot | None = None) -> Update | None:  # type: ignore[override]
        told = next(_read(data), None)
        return None if told is None else Update.de_json(told, bot)


def _read(update: Any) -> Iterator[dict[str, Any]]:
    """The update, without what it holds where that is not readable; nothing for one without id."""
    id = update.get("update_id") if isinstance(update, dict) else None
    if type(id) is not int or not 0 <= id <= LARGEST:
        log.error("update without an id passed over")
        return
    try:
        Update.de_json(update)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with it, the others must come
        log.error("update cannot be read: update=%d %s", id, type(error).__name__)  # noqa: TRY400
        yield {"update_id": id}
    else:
        yield update
