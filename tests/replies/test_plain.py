from __future__ import annotations

from bot.replies.plain import plain
from bot.replies.reply import Closing, Heading, Items, Paragraph, Reply, Warn

REPLY = Reply(
    (
        Heading("Title"),
        Warn((Paragraph("somebody with a long list of reasons", "Not with"),)),
        Items(("first step that is long enough to wrap", "second"), numbered=True),
        Items(("a",), label="List"),
        Paragraph("text", "Label"),
        Closing("end"),
    )
)


def test_without_a_width_nothing_is_wrapped() -> None:
    assert plain(REPLY) == (
        "Title\n\n"
        "! Not with: somebody with a long list of reasons\n\n"
        "1. first step that is long enough to wrap\n2. second\n\n"
        "List:\n- a\n\n"
        "Label: text\n\n"
        "end"
    )


def test_lines_fit_the_width_and_hang_under_their_mark() -> None:
    text = plain(REPLY, 24)
    assert all(len(line) <= 24 for line in text.split("\n"))
    assert "1. first step that is\n   long enough to wrap" in text


def test_styles_mark_headings_labels_and_cautions() -> None:
    text = plain(REPLY, 80, bold=lambda t: f"*{t}*", warn=lambda t: f"!!{t}!!")
    assert "*Title*" in text
    assert "*List:*" in text
    assert "*Label:* text" in text
    assert "!!! Not with" in text
