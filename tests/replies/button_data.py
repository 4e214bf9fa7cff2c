"""What a button may carry, and what may come back instead."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import strategies as st

MOST = 64  # bytes
LARGEST = 2**53  # an id beyond those of Telegram

ids = st.integers(1, LARGEST) | st.just(LARGEST)
times = st.times().map(lambda t: t.replace(second=0, microsecond=0))
_NUMBERS = ("-", "0", "1", "2", "-1", "9" * 17, "9" * 5000, "", "\0")


def like_ours(names: Iterable[str], parts: Iterable[str], most: int) -> st.SearchStrategy[str]:
    """One of the names and at most so many parts: some of these, numbers, or a few letters."""
    part = st.sampled_from((*_NUMBERS, *parts)) | st.text(max_size=12)
    return st.builds(
        lambda name, rest: ":".join((name, *rest)),
        st.sampled_from(list(names)),
        st.lists(part, max_size=most),
    )
