"""The updates that wait for the bot: offsets, limits, and which kinds the bot asked for."""

from tests.telegram.schema import Json, bot_api, checked

# Kinds that Telegram sends only to a bot that names them.
ONLY_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_FIRST_ID = 100_001


class UpdateQueue:
    """Updates in the order in which they arose; each stays until it is confirmed."""

    def __init__(self) -> None:
        self.pending: list[Json] = []
        self.allowed: tuple[str, ...] = ()
        self._next_id = _FIRST_ID

    def add(self, kind: str, payload: Json) -> Json | None:
        """Queue an update of a kind such as "message"; None when the bot did not ask for it.

        ValueError when the update is not one that the Bot API knows.
        """
        update = checked("Update", {"update_id": self._next_id, kind: payload})
        if not self._wanted(kind):
            return None
        self._next_id += 1
        self.pending.append(update)
        return update

    def reserve(self, count: int) -> range:
        """So many ids, for updates that a test puts among the pending ones by itself."""
        self._next_id += count
        return range(self._next_id - count, self._next_id)

    def allow(self, kinds: list[str] | None) -> None:
        """Remember allowed_updates; None keeps what was asked last, an empty list is the default.

        As in Telegram, names of kinds that do not exist are passed over.
        """
        if kinds is None:
            return
        shape = bot_api().types["Update"]
        known = () if isinstance(shape, tuple) else shape.optional
        self.allowed = tuple(kind for kind in kinds if kind in known)

    def confirm(self, offset: int) -> None:
        """Forget every update before offset; a negative offset keeps only so many of the last."""
        if offset < 0:
            self.pending = self.pending[offset:]
        elif offset > 0:
            self.pending = [update for update in self.pending if update["update_id"] >= offset]

    def _wanted(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in ONLY_ON_REQUEST
