"""How updates reach the bot: long polling, or a webhook."""

import asyncio
import re
from urllib.parse import urlsplit

import aiohttp

from tests.telegram.errors import OTHER_POLLER, WEBHOOK_ACTIVE, ApiError, bad_request
from tests.telegram.schema import Json
from tests.telegram.state import State, Webhook

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
LIMIT = 100
LONGEST_POLL = 50
SECRET_LIMIT = 256
# Telegram waits longer before it posts a refused update again; tests should not.
SECONDS_TO_RETRY = 0.1


async def get_updates(state: State, parameters: Json) -> list[Json]:
    """getUpdates: of two requests at once the older is ended with 409, as in Telegram."""
    if state.webhook.url:
        raise ApiError(*WEBHOOK_ACTIVE)
    state.updates.allow(parameters.get("allowed_updates"))
    state.updates.confirm(parameters.get("offset", 0))
    ticket = state.poller = object()
    await state.announce()
    seconds = min(max(parameters.get("timeout", 0), 0), LONGEST_POLL)
    await state.wait(lambda: _poll_ends(state, ticket), seconds)
    if state.poller is not ticket:
        raise ApiError(*OTHER_POLLER)
    limit = min(max(parameters.get("limit", LIMIT), 1), LIMIT)
    return state.updates.pending[:limit]


def set_webhook(state: State, parameters: Json) -> bool:
    """setWebhook: as a local Bot API server does, it takes HTTP and any port. An empty url ends it.

    A certificate is accepted and not used.
    """
    url, secret = parameters["url"], parameters.get("secret_token", "")
    if url and urlsplit(url).scheme not in {"http", "https"}:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if len(secret) > SECRET_LIMIT:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters")
    connections = parameters.get("max_connections", 40)
    state.webhook = Webhook(url, secret, parameters.get("ip_address", ""), connections)
    state.updates.allow(parameters.get("allowed_updates"))
    _drop_pending(state, parameters)
    return True


def delete_webhook(state: State, parameters: Json) -> bool:
    """deleteWebhook."""
    state.webhook = Webhook()
    _drop_pending(state, parameters)
    return True


def get_webhook_info(state: State, _parameters: Json) -> Json:
    """getWebhookInfo."""
    hook = state.webhook
    info: Json = {
        "url": hook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(state.updates.pending),
    }
    if hook.url:
        info["max_connections"] = hook.max_connections
    if hook.ip_address:
        info["ip_address"] = hook.ip_address
    if hook.last_error:
        info |= {"last_error_date": hook.last_error_date, "last_error_message": hook.last_error}
    if state.updates.allowed:
        info["allowed_updates"] = list(state.updates.allowed)
    return info


async def push_updates(state: State) -> None:
    """Post updates to the webhook, one after another, for as long as the server runs."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(10)) as session:
        while True:
            await state.wait(lambda: bool(state.webhook.url and state.updates.pending), None)
            if not await _push(state, session, state.updates.pending[0]):
                await asyncio.sleep(SECONDS_TO_RETRY)


async def _push(state: State, session: aiohttp.ClientSession, update: Json) -> bool:
    hook = state.webhook
    headers = {SECRET_HEADER: hook.secret} if hook.secret else {}
    try:
        async with session.post(hook.url, json=update, headers=headers) as response:
            fault = "" if response.ok else f"{response.status} {response.reason}"
    except (aiohttp.ClientError, TimeoutError):
        fault = "Connection refused"
    if fault:
        hook.last_error = f"Wrong response from the webhook: {fault}"
        hook.last_error_date = state.date
        return False
    state.updates.pending = [kept for kept in state.updates.pending if kept is not update]
    await state.announce()
    return True


def _poll_ends(state: State, ticket: object) -> bool:
    return bool(state.updates.pending) or state.poller is not ticket or state.closing


def _drop_pending(state: State, parameters: Json) -> None:
    if parameters.get("drop_pending_updates"):
        state.updates.pending.clear()
