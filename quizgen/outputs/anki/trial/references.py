"""The files that a rendered card or a style sheet refers to, in whatever form.

More than Anki follows: what it does not follow is what a learner will miss.
"""

import re
import unicodedata
from collections.abc import Collection
from html import unescape
from html.parser import HTMLParser
from urllib.parse import unquote

_SOUND = re.compile(r"\[sound:([^\]]{1,1000})\]", re.IGNORECASE)
_STYLED = re.compile(r"url\(\s*(?:\"([^\"]*)\"|'([^']*)'|([^\"')\s]+))\s*\)", re.IGNORECASE)
_ELSEWHERE = re.compile(r"(?!file:)[a-z][a-z0-9+.-]+:|/|#|\{\{", re.IGNORECASE)


def files_of(html: str) -> frozenset[str]:
    """The names of files beside the page that it shows, plays, links to or is styled by.

    As they are written, but for HTML's own escapes. Sounds are found wherever their sign stands,
    as Anki finds them; of what scripts say, nothing else is.
    """
    page = _Page()
    page.feed(html)
    page.close()
    found = page.found | {unescape(name) for name in _SOUND.findall(html)}
    return frozenset(name for one in found if is_local(name := one.strip()))


def styled_by(css: str) -> frozenset[str]:
    """The names of files that a style sheet refers to."""
    found = ("".join(groups).strip() for groups in _STYLED.findall(css))
    return frozenset(name for name in found if is_local(name))


def is_local(name: str) -> bool:
    """Whether this names a file rather than a page of the web or a place on this page."""
    return bool(name) and not _ELSEWHERE.match(name)


def file_among(name: str, files: Collection[str]) -> str | None:
    """The one of the files that a page finds under this name, as it is or decoded (`%20`)."""
    whole = name.partition("#")[0].partition("?")[0]
    tried = (name, unquote(name), whole, unquote(whole))
    normal = (unicodedata.normalize("NFC", one) for one in tried)
    return next((one for one in normal if one in files), None)


class _Page(HTMLParser):
    """Reads a page and gathers all that its elements and styles refer to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self._is_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take what this element shows or links to, and note whether a style sheet begins."""
        self._is_style = tag == "style"
        for name, value in attrs:
            if value:
                self._take(tag, name, value)

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the parser's own name
        """A style sheet ends here."""
        self._is_style = False

    def handle_data(self, data: str) -> None:
        """Take the pictures of a style sheet."""
        if self._is_style:
            self.found |= styled_by(data)

    def _take(self, tag: str, name: str, value: str) -> None:
        match name:
            case "src" | "href" | "xlink:href" | "poster":
                self.found.add(value)
            case "srcset":
                self.found |= {part.split()[0] for part in value.split(",") if part.strip()}
            case "data" if tag == "object":
                self.found.add(value)
            case "style":
                self.found |= styled_by(value)
            case _:
                pass
