"""Telegram's HTML parse mode: strict about tags and nesting, with Telegram's own error texts."""

import re
from dataclasses import dataclass, field

from tests.telegram.entities import Formatted, in_order, utf16_length
from tests.telegram.schema import Json
from tests.telegram.tags import SUPPORTED, entity_of, fail

_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(
    r"&(?:(?P<name>lt|gt|amp|quot)(?![A-Za-z])|#(?P<dec>\d+)|#x(?P<hex>[0-9a-fA-F]+));?"
)
_ATTRIBUTE_NAME = re.compile(r"[^\s=>]*")
_NAME_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_SPACES = re.compile(r"\s*")


def parse_html(source: str) -> Formatted:
    """The text and entities of source; ApiError 400 "can't parse entities: ..." otherwise.

    Named references other than lt, gt, amp and quot stay in the text as they are, as in Telegram.
    """
    return _Parser(source).parse()


@dataclass
class _Open:
    """A tag not yet closed: offset in UTF-16 units, start in characters of the text so far."""

    tag: str
    attributes: dict[str, str]
    offset: int
    start: int


@dataclass
class _Parser:
    source: str
    at: int = 0
    text: str = ""
    open: list[_Open] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def parse(self) -> Formatted:
        while self.at < len(self.source):
            self._step()
        if self.open:
            tag = self.open[-1].tag
            fail(f'Can\'t find end tag corresponding to start tag "{tag}"')
        if re.search("[\ud800-\udfff]", self.text):
            fail(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        return Formatted(self.text, in_order([_public(entity) for entity in self.entities]))

    def _step(self) -> None:
        if self.source.startswith("</", self.at):
            self._end_tag()
        elif self.source[self.at] == "<":
            self._start_tag()
        else:
            self.text += self._character()

    def _character(self) -> str:
        reference = _REFERENCE.match(self.source, self.at)
        decoded = _decoded(reference) if reference else ""
        if reference and decoded:
            self.at = reference.end()
            return decoded
        self.at += 1
        return self.source[self.at - 1]

    def _start_tag(self) -> None:
        begin = self.at
        tag = self._take(re.compile(r"[^\s>]*"), begin + 1).lower()
        if self.at >= len(self.source):
            fail(f"Unclosed start tag at byte offset {self._byte(begin)}")
        if tag not in SUPPORTED:
            fail(f'Unsupported start tag "{tag}" at byte offset {self._byte(begin)}')
        attributes = self._attributes(tag, begin)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            place = self._byte(begin)
            fail(f'Tag "span" must have class "tg-spoiler" at byte offset {place}')
        self.open.append(_Open(tag, attributes, utf16_length(self.text), len(self.text)))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        """The attributes up to the tag's ">", which is passed over; one without a value has ""."""
        found: dict[str, str] = {}
        while True:
            self._take(_SPACES)
            if self._next(begin) == ">":
                self.at += 1
                return found
            name = self._take(_ATTRIBUTE_NAME)
            if not name:
                place = self._byte(begin)
                fail(f'Empty attribute name in the tag "{tag}" at byte offset {place}')
            self._take(_SPACES)
            found[name] = self._value(tag, begin) if self._next(begin) == "=" else ""

    def _value(self, tag: str, begin: int) -> str:
        self._take(_SPACES, self.at + 1)
        if self.at >= len(self.source):
            fail(f'Unclosed start tag "{tag}" at byte offset {self._byte(begin)}')
        quote = self.source[self.at]
        if quote in "\"'":
            return self._quoted(quote, begin)
        start = self.at
        token = self._take(_NAME_TOKEN).lower()
        if self.at >= len(self.source) or not re.match(r"[\s>]", self.source[self.at]):
            fail(f"Unexpected end of name token at byte offset {self._byte(start)}")
        return token

    def _quoted(self, quote: str, begin: int) -> str:
        self.at += 1
        value = ""
        while self._next(begin) != quote:
            value += self._character()
        self.at += 1
        return value

    def _end_tag(self) -> None:
        begin, place = self.at, self._byte(self.at)
        if not self.open:
            fail(f"Unexpected end tag at byte offset {place}")
        tag = self._take(re.compile(r"[^\s>]*"), begin + 2).lower()
        self._take(_SPACES)
        if not self.source.startswith(">", self.at):
            fail(f"Unclosed end tag at byte offset {place}")
        self.at += 1
        expected = self.open[-1].tag
        if tag and tag != expected:
            fail(
                f"Unmatched end tag at byte offset {place}, "
                f'expected "</{expected}>", found "</{tag}>"'
            )
        self._close(self.open.pop())

    def _close(self, opened: _Open) -> None:
        length = utf16_length(self.text) - opened.offset
        entity = entity_of(opened.tag, opened.attributes, self.text[opened.start :])
        if length == 0 or entity is None:
            return
        entity |= {"offset": opened.offset, "length": length}
        if opened.tag == "pre" and self.entities and _same_place(self.entities[-1], entity):
            code = self.entities.pop()
            entity |= {"language": code["language"]}
        self.entities.append(entity)

    def _take(self, pattern: re.Pattern[str], start: int | None = None) -> str:
        match = pattern.match(self.source, self.at if start is None else start)
        self.at = match.end() if match else self.at
        return match.group() if match else ""

    def _next(self, begin: int) -> str:
        if self.at >= len(self.source):
            fail(f"Unclosed start tag at byte offset {self._byte(begin)}")
        return self.source[self.at]

    def _byte(self, position: int) -> int:
        return len(self.source[:position].encode(errors="surrogatepass"))


def _decoded(reference: re.Match[str]) -> str:
    if reference["name"]:
        return _NAMED[reference["name"]]
    digits = reference["dec"] or reference["hex"]
    code = int(digits, 10 if reference["dec"] else 16) if len(digits) < 9 else 0
    return chr(code) if 0 < code <= 0x10FFFF else ""


def _same_place(code: Json, pre: Json) -> bool:
    return bool(code.get("language")) and all(
        code[name] == pre[name] for name in ("offset", "length")
    )


def _public(entity: Json) -> Json:
    """The entity as a Message carries it: only "pre" has a language."""
    if entity["type"] == "pre":
        return entity
    return {name: value for name, value in entity.items() if name != "language"}
