from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.replies.html import LIMIT, length, messages
from bot.replies.reply import Closing, Heading, Items, Paragraph, Reply, Warn


def test_layout() -> None:
    reply = Reply(
        (
            Heading("Title"),
            Warn((Paragraph("somebody", "Not with"),)),
            Items(("one", "two"), numbered=True),
            Items(("a",), label="List"),
            Paragraph("text", "Label"),
            Closing("end"),
        )
    )
    expected = (
        "<b>Title</b>\n\n"
        "<blockquote>\u26a0\ufe0f <b>Not with:</b> somebody</blockquote>\n\n"
        "1. one\n2. two\n\n"
        "<b>List</b>\n\u2022 a\n\n"
        "<b>Label:</b> text\n\n"
        "<i>end</i>"
    )
    assert messages(reply) == (expected,)


def test_markup_in_texts_is_text() -> None:
    assert messages(Reply((Paragraph("<b>&</b>"),))) == ("&lt;b&gt;&amp;&lt;/b&gt;",)


@given(st.lists(st.text(min_size=1, max_size=1200).filter(str.strip), min_size=1, max_size=12))
def test_no_message_is_over_the_limit_and_no_block_is_lost(texts: list[str]) -> None:
    parts = messages(Reply(tuple(Paragraph(text) for text in texts)))
    assert all(length(part) <= LIMIT for part in parts if "\n\n" in part)
    joined = messages(Reply((Paragraph("\n\n".join(texts)),)))[0]
    assert "\n\n".join(parts) == joined


def test_length_counts_as_telegram_does() -> None:
    assert length("a\U0001f600") == 3
