"""HTML parse mode. Most cases are known answers of Telegram's own parser."""

import pytest

from tests.telegram.entities import Formatted, finished, utf16_length
from tests.telegram.errors import ApiError
from tests.telegram.html import parse_html

BALL = "\N{STADIUM}"
FAULTS = [
    ("&#57311;", "Text contains invalid Unicode characters after decoding HTML entities"),
    (f"{BALL} {BALL}&lt;<abacaba", "Unclosed start tag at byte offset 13"),
    (f"{BALL} {BALL}&lt;<abac aba>", 'Unsupported start tag "abac" at byte offset 13'),
    ("<script>alert(1)</script>", 'Unsupported start tag "script" at byte offset 0'),
    ("3 < 4 and more", 'Unsupported start tag "" at byte offset 2'),
    ("a<br/>b", 'Unsupported start tag "br/" at byte offset 1'),
    ("<i   =aba>", 'Empty attribute name in the tag "i" at byte offset 0'),
    (f"{BALL} {BALL}&lt;<i aba  =  ", 'Unclosed start tag "i" at byte offset 13'),
    ("<i a = 19A-.,", "Unexpected end of name token at byte offset 7"),
    ("<i a='&lt;>", "Unclosed start tag at byte offset 0"),
    ("<b></b></b>", "Unexpected end tag at byte offset 7"),
    ("<i>a</i   ", "Unclosed end tag at byte offset 4"),
    ("<b>open", 'Can\'t find end tag corresponding to start tag "b"'),
    (
        "<b><i>test</b></i>",
        'Unmatched end tag at byte offset 10, expected "</i>", found "</b>"',
    ),
    ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ('<tg-emoji emoji-id="x">a</tg-emoji>', "Invalid custom emoji identifier specified"),
    ('<tg-time unix="soon">a</tg-time>', "Invalid Unix time specified"),
]
READ = [
    ("&ge;&lt;&gt;&amp;&quot;&laquo;&#12345678;", '&ge;<>&"&laquo;&#12345678;', []),
    ("&#65;&#x42;&lt", "AB<", []),
    (f"{BALL}<i>{BALL}</i>", BALL * 2, [("italic", 2, 2)]),
    ("<b>a<u>b</u></b>", "ab", [("bold", 0, 2), ("underline", 1, 1)]),
    ("<STRONG>a</Strong><del>b</>", "ab", [("bold", 0, 1), ("strikethrough", 1, 1)]),
    ("<b></b>a", "a", []),
    ("<tg-spoiler>a</tg-spoiler>", "a", [("spoiler", 0, 1)]),
    ('<span class="tg-spoiler">a</span>', "a", [("spoiler", 0, 1)]),
    ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
    ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
    ('<a href="telegram.org">a</a>', "a", [("text_link", 0, 1, "http://telegram.org/")]),
    ("<a href='https://a.org/?b&amp;c'>a</a>", "a", [("text_link", 0, 1, "https://a.org/?b&c")]),
    ("<a href='no url'>a</a>", "a", []),
    ("<a href='tg://user?id=7'>a</a>", "a", [("text_mention", 0, 1)]),
    ('<pre><code class="language-c">a</code></pre>', "a", [("pre", 0, 1, "c")]),
    ("<code>a</code>", "a", [("code", 0, 1)]),
    ('<tg-time unix="60" format="wDT">then</tg-time>', "then", [("date_time", 0, 4, "wDT")]),
]


@pytest.mark.parametrize(("source", "reason"), FAULTS)
def test_faults_are_refused_in_telegrams_words(source: str, reason: str) -> None:
    with pytest.raises(ApiError) as refusal:
        parse_html(source)
    assert refusal.value.code == 400
    assert refusal.value.description.startswith(f"Bad Request: can't parse entities: {reason}")


@pytest.mark.parametrize(("source", "text", "entities"), READ)
def test_tags_become_entities(source: str, text: str, entities: list[tuple[object, ...]]) -> None:
    assert _short(parse_html(source)) == (text, entities)


@pytest.mark.parametrize(
    ("draft", "text", "entities"),
    [
        ("  <b> a </b> ", "a", [("bold", 0, 1)]),
        ("<code>/a <b>b</b></code>", "/a b", [("code", 0, 4)]),
        ("/start@a_bot now", "/start@a_bot now", [("bot_command", 0, 12)]),
        ("either/or 1/2 </b", None, []),
    ],
)
def test_finished_text(draft: str, text: str | None, entities: list[tuple[object, ...]]) -> None:
    done = finished(parse_html(draft) if text else Formatted(draft))
    assert _short(done) == (text or draft, entities)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("see https://a.org/b?c=d, or a.org.", [("url", 4, 19), ("url", 28, 5)]),
        ("ask @psoas_bot or a@b.org", [("mention", 4, 10), ("email", 18, 7)]),
        ("#hip #1 /help", [("hashtag", 0, 4), ("bot_command", 8, 5)]),
        (f"{BALL} /help", [("bot_command", 3, 5)]),
    ],
)
def test_plain_text_is_searched(text: str, kinds: list[tuple[object, ...]]) -> None:
    assert _short(finished(Formatted(text)))[1] == kinds


def test_length_counts_utf16_units() -> None:
    assert utf16_length(f"a{BALL}") == 3


def _short(done: Formatted) -> tuple[str, list[tuple[object, ...]]]:
    extra = ("url", "language", "date_time_format")
    return done.text, [
        tuple(entity[name] for name in ("type", "offset", "length", *extra) if name in entity)
        for entity in done.entities
    ]
