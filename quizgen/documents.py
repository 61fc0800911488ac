"""The text of a document to its paragraphs, counted from 1: what items cite and drafts are drawn from.

There are three kinds of document, told apart by the end of the file's name:

- text: a paragraph is a line with text;
- markdown: a paragraph, heading, list entry or code block, and a row of a table, is a paragraph;
- html: what stands between the tags that start a line of their own, and a row of a table. Two line
  breaks part as well. What is raised is a power ("10^6"); what no reader sees is left out.

White space is made single spaces. Whoever counts paragraphs does so here, so that all count alike;
digests in banks rest on it, so that it never changes for documents that were read before.
"""

import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, assert_never

if TYPE_CHECKING:
    from markdown_it.token import Token

Kind: TypeAlias = Literal["text", "markdown", "html"]
Role: TypeAlias = Literal["text", "heading", "caption", "item", "step", "row", "code", "aside"]
"""What a paragraph is: an entry of a list is an item or, in a numbered one, a step; an aside is what
stands around a page, such as its menu."""


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
_POWER = re.compile(r"[-+\u2212]?\d")
_DEEPEST = 100
"""Tags within one another whose roles are kept apart."""
_BREAK = "\x00"
_TWO_BREAKS = re.compile(rf"{_BREAK}\s*{_BREAK}")


class _Page(HTMLParser):
    """Collects the texts between the tags of blocks."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Part] = []
        self._open = ""
        self._within: list[str] = []
        self._silent: list[str] = []
        self._is_raised = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._silent = []  # a head or select whose end was left out ends where the page begins
            self.end()
            if tag in _HTML_ROLES and len(self._within) < _DEEPEST:
                self._within.append(tag)
        elif tag in _SILENT:
            self._silent.append(tag)
        elif tag == "br":
            self._open += _BREAK
        elif tag in ("td", "th") and self._open.strip():
            self._open += _CELLS
        elif tag == "sup":
            self._is_raised = True
        elif tag == "img":
            self._open += dict(attrs).get("alt") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            self._silent.remove(tag)
        elif tag in _BLOCKS:
            self.end()
            if tag in self._within:
                del self._within[len(self._within) - 1 - self._within[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if not self._silent:
            power = "^" if self._is_raised and _POWER.match(data) else ""
            self._open += power + data.replace(_BREAK, "")
        self._is_raised = False

    def end(self) -> None:
        """What was collected is a paragraph, or several with two line breaks between them."""
        if self._open.strip():
            role = self._role()
            texts = _TWO_BREAKS.split(self._open)
            self.found += [Part(role, text.replace(_BREAK, " ")) for text in texts]
        self._open = ""

    def _role(self) -> Role:
        """That of the innermost tag that gives one; all that stands in an aside is one."""
        roles: list[Role] = [_HTML_ROLES[tag] for tag in self._within]
        return "aside" if "aside" in roles else roles[-1] if roles else "text"


def _of_html(document: str) -> Iterator[Part]:
    page = _Page()
    page.feed(document)
    page.close()
    page.end()
    return iter(page.found)
