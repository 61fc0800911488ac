"""The text of a document to its paragraphs, counted from 1: what items cite and drafts rest on.

There are three kinds of document, told apart by the end of the file's name:

- text: a paragraph is a line with text;
- markdown: a paragraph, heading, list entry or code block, and a row of a table, is a paragraph;
- html: what stands between the tags that start a line of their own, and a row of a table. Two line
  breaks part as well. What is raised is a power ("10^6"). What no reader sees is left out: scripts,
  comments, and what `hidden` or a style of its own hides; `aria-hidden` hides from voices alone.

White space is made single spaces. Whoever counts paragraphs does so here, so that all count alike;
digests in banks rest on it, so that it never changes for documents that were read before.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, assert_never

if TYPE_CHECKING:
    from markdown_it.token import Token

Kind: TypeAlias = Literal["text", "markdown", "html"]
Role: TypeAlias = Literal["text", "heading", "caption", "item", "step", "row", "code", "aside"]
"""What a paragraph is: an entry of a list is an item or, in a numbered one, a step; an aside is
what stands around a page, such as its menu."""


class Part(NamedTuple):
    """A paragraph, and what it is in its document."""

    role: Role
    text: str


_KINDS: dict[str, Kind] = {
    "md": "markdown", "markdown": "markdown", "mdown": "markdown",
    "html": "html", "htm": "html", "xhtml": "html",
}  # fmt: skip
_FRONT_MATTER = re.compile(
    r"\A---[ \t]*\n.*?^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_CELLS = " | "
"""Between the cells of a row, so that no reader takes two figures for one."""


def kind_of(name: str) -> Kind:
    """The kind of a document by its file's name, such as "news.md"; text where nothing tells."""
    return _KINDS.get(name.rpartition(".")[2].lower(), "text")


def paragraphs(document: str, kind: Kind = "text") -> tuple[str, ...]:
    """The paragraphs of a document that hold text, each in one line."""
    return tuple(part.text for part in parts(document, kind))


def parts(document: str, kind: Kind = "text") -> tuple[Part, ...]:
    """The paragraphs with their roles. Of a text without any marks nothing tells a heading."""
    match kind:
        case "text":
            found: Iterator[Part] = (Part("text", line) for line in document.splitlines())
        case "markdown":
            found = _of_markdown(document)
        case "html":
            found = _of_html(document)
        case _:
            assert_never(kind)
    return tuple(Part(role, text) for role, one in found if (text := " ".join(one.split())))


# --- Markdown ------------------------------------------------------------------------------------


_MARKDOWN_ROLES: dict[str, Role] = {
    "heading_open": "heading", "bullet_list_open": "item", "ordered_list_open": "step",
}  # fmt: skip


def _of_markdown(document: str) -> Iterator[Part]:
    from markdown_it import MarkdownIt

    text = document.replace("\r\n", "\n")
    parser = MarkdownIt("commonmark").enable("table")
    row: list[str] | None = None
    roles: list[Role] = ["text"]
    for token in parser.parse(_FRONT_MATTER.sub("", text)):
        match token.type:
            case "tr_open":
                row = []
            case "tr_close":
                yield Part("row", _CELLS.join(row or ()))
                row = None
            case "heading_open" | "bullet_list_open" | "ordered_list_open":
                roles.append(_MARKDOWN_ROLES[token.type])
            case "heading_close" | "bullet_list_close" | "ordered_list_close":
                roles.pop()
            case "inline":
                said = _inline(token.children or ())
                if row is None:
                    yield Part(roles[-1], said)
                else:
                    row.append(said)
            case "fence" | "code_block":
                yield Part("code", token.content)
            case "html_block":
                yield from _of_html(token.content)
            case _:
                pass


def _inline(tokens: "Sequence[Token]") -> str:
    """What a reader sees of a line; of a picture its alternative text."""
    said = []
    for token in tokens:
        match token.type:
            case "softbreak" | "hardbreak":
                said.append(" ")
            case "html_inline":
                said.append(" " if token.content.lower().startswith("<br") else "")
            case _:
                said.append(token.content)
    return "".join(said)


# --- HTML ----------------------------------------------------------------------------------------

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section "
    "summary table tbody tfoot thead tr ul".split()
)
_SILENT = frozenset("head script style template noscript iframe object svg math select".split())
_HTML_ROLES: dict[str, Role] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("nav", "footer", "aside", "form", "dialog"), "aside"),
    "figcaption": "caption", "caption": "caption", "ul": "item", "ol": "step", "table": "row", "tr": "row",
    "pre": "code",
}  # fmt: skip
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_UNSEEN = frozenset(("template", "noscript"))
_CELL = frozenset(("td", "th"))
_ROW = _CELL | {"tr"}
_ROWS = _ROW | {"caption", "tbody", "tfoot", "thead"}
_ENDED_BY: dict[str, frozenset[str]] = {
    "li": frozenset(("li",)), "option": frozenset(("option",)),
    **dict.fromkeys(("dd", "dt"), frozenset(("dd", "dt"))),
    **dict.fromkeys(_CELL, _CELL), "tr": _ROW, **dict.fromkeys(("tbody", "tfoot", "thead"), _ROWS),
}  # fmt: skip
"""Which open tags a tag ends that starts beside them."""
_HIDING = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)
_HUGE = re.compile(r"(?<=&#)[0-9]{1000,}")
"""The number of a sign that is none, which no program can hold."""
_POWER = re.compile(r"[-+\u2212]?\d")
_DEEPEST = 100
"""Tags within one another whose roles are kept apart."""
_BREAK = "\x00"
_TWO_BREAKS = re.compile(rf"{_BREAK}\s*{_BREAK}")


class _Hidden:
    """An element that no reader sees: where it ends, also where its end was left out.

    Of what is within, only the tags are kept that may tell the end.
    """

    def __init__(self, tag: str) -> None:
        self._kept = _BLOCKS | {"td", "th", tag}
        self._open = [tag]
        self._count = Counter(self._open)

    def goes_on_at_start(self, tag: str) -> bool:
        """Whether it still goes on where this tag starts."""
        ended = _ENDED_BY.get(tag, frozenset())
        while self._open and (
            self._open[-1] in ended or (self._open[-1] == "p" and tag in _BLOCKS)
        ):
            self._pop()
        if self._open and tag in self._kept and tag not in _VOID:
            self._open.append(tag)
            self._count[tag] += 1
        return bool(self._open)

    def goes_on_at_end(self, tag: str) -> bool:
        """Whether it still goes on before this tag ends; with what it stands in it ends first."""
        if self._count[tag]:
            while self._pop() != tag:
                pass
            return True
        return tag not in _BLOCKS or tag == "p"

    @property
    def is_over(self) -> bool:
        """Whether its own end was read."""
        return not self._open

    def _pop(self) -> str:
        tag = self._open.pop()
        self._count[tag] -= 1
        return tag


class _Page(HTMLParser):
    """Collects the texts between the tags of blocks, in a time that grows as the page does."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Part] = []
        self._said: list[str] = []
        self._within: list[str] = []
        self._silent: list[str] = []
        self._hidden: _Hidden | None = None
        self._is_raised = False
        self._unended: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._hidden is not None:
            if self._hidden.goes_on_at_start(tag):
                return
            self._hidden = None
        if tag in _UNSEEN or _is_hidden(attrs):
            if tag in _BLOCKS:
                self.end()
            if tag not in _VOID:
                self._hidden = _Hidden(tag)
        else:
            self._start(tag, attrs)

    def _start(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._silent = []  # a head or select whose end was left out ends where the page begins
            self.end()
            if tag in _HTML_ROLES and len(self._within) < _DEEPEST:
                self._within.append(tag)
        elif tag in _SILENT:
            if len(self._silent) < _DEEPEST:
                self._silent.append(tag)
        elif tag == "br":
            self._say(_BREAK)
        elif tag in ("td", "th") and self._said:
            self._say(_CELLS)
        elif tag == "sup":
            self._is_raised = True
        elif tag == "img":
            self._say(dict(attrs).get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        if self._hidden is not None:
            goes_on = self._hidden.goes_on_at_end(tag)
            if not goes_on or self._hidden.is_over:
                self._hidden = None
            if goes_on:
                return
        if tag in self._silent:
            self._silent.remove(tag)
        elif tag in _BLOCKS:
            self.end()
            if tag in self._within:
                del self._within[len(self._within) - 1 - self._within[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if not self._silent and self._hidden is None:
            power = "^" if self._is_raised and _POWER.match(data) else ""
            self._say(power + data.replace(_BREAK, ""))
        self._is_raised = False

    def _say(self, text: str) -> None:
        """Space in front of a paragraph is none of it."""
        if self._said or text.strip():
            self._said.append(text)

    def end(self) -> None:
        """What was collected is a paragraph, or several with two line breaks between them."""
        if self._said:
            role = self._role()
            texts = _TWO_BREAKS.split("".join(self._said))
            self.found += [Part(role, text.replace(_BREAK, " ")) for text in texts]
        self._said = []

    def _role(self) -> Role:
        """That of the innermost tag that gives one; all that stands in an aside is one."""
        roles: list[Role] = [_HTML_ROLES[tag] for tag in self._within]
        return "aside" if "aside" in roles else roles[-1] if roles else "text"

    # What never ends is looked for to the end of the page once, not from each of its starts.

    def parse_comment(self, i: int, report: bool = True) -> int:
        """As the parser has it."""
        return self._once("comment", lambda: super(_Page, self).parse_comment(i, report))

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """As the parser has it; what is no marked section of its own ends with the tag."""
        try:
            section = super().parse_marked_section
            return self._once("section", lambda: section(i, report))
        except AssertionError:
            return self.parse_bogus_comment(i, report)

    def _once(self, what: str, parse: Callable[[], int]) -> int:
        """Where it ends; -1 where it does not, and then no later one does."""
        if what in self._unended:
            return -1
        if (end := parse()) < 0:
            self._unended.add(what)
        return end


def _is_hidden(attrs: Sequence[tuple[str, str | None]]) -> bool:
    return any(
        name == "hidden" or (name == "style" and value and _HIDING.search(value))
        for name, value in attrs
    )


def _of_html(document: str) -> Iterator[Part]:
    page = _Page()
    last = document.rfind(">") + 1  # no tag behind it ends: all of that is text
    page.feed(_HUGE.sub("9999999", document[:last]))
    page.close()
    if page.cdata_elem is None:
        page.handle_data(unescape(_HUGE.sub("9999999", document[last:])))
    page.end()
    return iter(page.found)
