"""Refusals: the code, Telegram's own words, and the parameters of the reply."""

from collections.abc import Mapping


class ApiError(Exception):
    """A refusal, as the bot gets it: error_code, description and, for some, parameters."""

    def __init__(
        self, code: int, description: str, parameters: Mapping[str, int] | None = None
    ) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = dict(parameters or {})

    def body(self) -> dict[str, object]:
        """The JSON object that Telegram answers with."""
        body: dict[str, object] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        return body | ({"parameters": self.parameters} if self.parameters else {})


def bad_request(reason: str) -> ApiError:
    """400; the description is reason after "Bad Request: "."""
    return ApiError(400, f"Bad Request: {reason}")


UNAUTHORIZED = (401, "Unauthorized")
NOT_FOUND = (404, "Not Found")
BLOCKED = (403, "Forbidden: bot was blocked by the user")
OTHER_POLLER = (
    409,
    (
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    ),
)
WEBHOOK_ACTIVE = (
    409,
    (
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    ),
)
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup "
    "are exactly the same as a current content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
